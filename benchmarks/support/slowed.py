"""A phone whose processor can be slowed down, and how long each answer to a key or a tap took on it."""

from playwright.sync_api import CDPSession, Page

from tests.system.phone import Phone

#: How many times slower than this machine a phone of the middle price is taken to be.
SLOW = 4

#: Keeps how long each key and tap took until the next frame was painted, as the browser's own Event Timing tells it.
_WATCH = """() => {
  window.kithSlowest = 0;
  new PerformanceObserver((list) => {
    const answers = list.getEntries().filter((one) => one.interactionId);
    window.kithSlowest = Math.max(window.kithSlowest, ...answers.map((one) => one.duration));
  }).observe({ type: "event", durationThreshold: 16, buffered: false });
}"""
_SLOWEST = "() => new Promise((done) => setTimeout(() => done(window.kithSlowest), 300))"


class Slowed:
    """A signed-in phone, measured at one speed after another."""

    def __init__(self, phone: Phone) -> None:
        self.phone = phone
        self.page: Page = phone.page
        assert phone.context is not None
        self._line: CDPSession = phone.context.new_cdp_session(self.page)

    def slow_down(self, times: int) -> None:
        """Slow the processor of the page down; 1 is full speed."""
        self._line.send("Emulation.setCPUThrottlingRate", {"rate": times})

    def watch(self) -> None:
        """Begin to time keys and taps on the page that is open."""
        self.page.evaluate(_WATCH)

    def slowest(self) -> float:
        """Give the slowest answer since `watch`, in milliseconds."""
        slowest: float = self.page.evaluate(_SLOWEST)
        return slowest
