"""A phone: a real Chromium with a profile of its own on disk, so that killing it is killing it."""

import os
import re
import shutil
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from playwright.sync_api import BrowserContext, CDPSession, Page, Playwright, sync_playwright
from playwright.sync_api import Error as PlaywrightError

WIDTH, HEIGHT = 360, 780
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--force-prefers-reduced-motion",
]  # fmt: skip

#: Room for the app and its records, and for a few photos.
ROOM = 12_000_000

#: Writes rows beside those of the app until not even the smallest finds room.
FILL = """async () => {
  const asked = indexedDB.open("photos");
  asked.onupgradeneeded = () => asked.result.createObjectStore("rows", { autoIncrement: true });
  await new Promise((done) => (asked.onsuccess = done));
  const put = (size) => new Promise((done) => {
    const tx = asked.result.transaction("rows", "readwrite", { durability: "strict" });
    [tx.oncomplete, tx.onabort] = [() => done(true), () => done(false)];
    tx.objectStore("rows").put(crypto.getRandomValues(new Uint8Array(size)));
  });
  for (const size of [60_000, 600, 6]) while (await put(size));
  asked.result.close();
}"""


def find_chromium() -> str | None:
    """The browser of this machine, if it has one."""
    return next(
        (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None
    )


class Phone:
    """One device: opens, goes offline, dies, comes back with what its disk holds."""

    def __init__(self, playwright: Playwright, profile: Path, url: str, flags: tuple[str, ...] = ()) -> None:
        self.playwright, self.profile, self.url, self.flags = playwright, profile, url, flags
        self.offline = False
        self.room: int | None = None
        self.devtools: CDPSession | None = None
        self.context: BrowserContext | None = None
        self.errors: list[str] = []
        self.foreign: list[str] = []

    def open(self, path: str = "/") -> Page:
        """Start the browser on this profile and go to `path`."""
        chromium = find_chromium()
        assert chromium is not None
        self.context = self.playwright.chromium.launch_persistent_context(
            str(self.profile),
            executable_path=chromium,
            headless=True,
            args=[*FLAGS, *self.flags],
            viewport={"width": WIDTH, "height": HEIGHT},
            has_touch=True,
            locale="en-GB",
            timezone_id="Europe/London",
            offline=self.offline,
        )
        self.context.set_default_timeout(20_000)
        page = self.context.pages[0] if self.context.pages else self.context.new_page()
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("request", lambda request: self._note_foreign(request.url))
        page.on("console", lambda message: self._note_refusal(message.text))
        self.devtools = None
        if self.room is not None:
            self._tell_room(page)
        page.goto(self.url + path)
        return page

    @property
    def page(self) -> Page:
        """The page that is open."""
        assert self.context is not None
        return self.context.pages[0]

    def set_offline(self, offline: bool) -> None:
        """Switch the browser's network off or on; it stays so over a restart."""
        self.offline = offline
        if self.context:
            self.context.set_offline(offline)

    def set_room(self, room: int) -> None:
        """Let this app have so many bytes from the next start on: a browser asks again only as they run out."""
        self.room = room

    def fill(self, page: Page) -> None:
        """Fill what room there is to the last row, as somebody's photos would."""
        assert self.room is not None
        self._tell_room(page)
        page.evaluate(FILL)

    def free(self, page: Page) -> None:
        """Give room again."""
        self.room = None
        self._tell_room(page)

    def forget(self, page: Page) -> None:
        """Delete the databases of the app that is open, as a browser does when somebody clears its data."""
        clear = {"origin": self.url, "storageTypes": "indexeddb"}
        page.context.new_cdp_session(page).send("Storage.clearDataForOrigin", clear)

    def kill(self) -> None:
        """Kill every process of this browser at once, as a dead battery would."""
        for pid in self._processes():
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
        if self.context:
            with suppress(PlaywrightError):  # the driver reports the death, which is what was wanted
                self.context.close()
        self.context = None
        for lock in self.profile.glob("Singleton*"):
            lock.unlink(missing_ok=True)

    def close(self) -> None:
        """Close the browser as a person would."""
        if self.context:
            self.context.close()
        self.context = None

    def _tell_room(self, page: Page) -> None:
        if self.devtools is None:
            self.devtools = page.context.new_cdp_session(page)
        wanted = {"origin": self.url} | ({} if self.room is None else {"quotaSize": self.room})
        self.devtools.send("Storage.overrideQuotaForOrigin", wanted)

    def _processes(self) -> list[int]:
        # Whole, as the profile of one phone may be called as another's begins.
        mark = re.compile(re.escape(f"--user-data-dir={self.profile}".encode()) + rb"(?![^\0 ])")
        found = []
        for folder in Path("/proc").iterdir():
            if folder.name.isdigit():
                try:
                    if mark.search((folder / "cmdline").read_bytes()):
                        found.append(int(folder.name))
                except OSError:
                    continue
        return found

    def _note_refusal(self, text: str) -> None:
        if "Content Security Policy" in text or "requires 'Trusted" in text or "Permissions-Policy" in text:
            self.errors.append(text)

    def _note_foreign(self, url: str) -> None:
        if not url.startswith((self.url, "data:", "blob:", "about:", "chrome")):
            self.foreign.append(url)


@contextmanager
def phones(folder: Path, url: str, flags: tuple[str, ...] = ()) -> Iterator["PhoneShop"]:
    """Give a maker of phones, whose browsers have more `flags`; all are closed at the end."""
    with sync_playwright() as playwright:
        shop = PhoneShop(playwright, folder, url, flags)
        try:
            yield shop
        finally:
            for phone in shop.sold:
                phone.close()


class PhoneShop:
    """Makes phones that talk to one server."""

    def __init__(self, playwright: Playwright, folder: Path, url: str, flags: tuple[str, ...] = ()) -> None:
        self.playwright, self.folder, self.url, self.flags = playwright, folder, url, flags
        self.sold: list[Phone] = []

    def new(self, name: str) -> Phone:
        """Make a phone with an empty profile."""
        phone = Phone(self.playwright, self.folder / name, self.url, self.flags)
        self.sold.append(phone)
        return phone
