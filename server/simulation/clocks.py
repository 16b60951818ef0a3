"""Time: one true clock that the world moves, and phones' clocks that are wrong by years and step back."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

START = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
YEAR_S = 365 * 86_400
#: By how much a phone's clock may be wrong, seconds: mostly right, some minutes, a day, ten years.
ERRORS_S = (0, 0, 0, -40, 200, 86_400, -86_400, 10 * YEAR_S, -10 * YEAR_S, 10 * YEAR_S, -10 * YEAR_S)
#: Steps that a clock makes, such as when the network corrects it.
STEPS_S = (-3_600, -90, 45, 7_200, -YEAR_S, YEAR_S)


@dataclass(slots=True)
class Clock:
    """The truth, which only the world moves."""

    now: datetime = START

    def __call__(self) -> datetime:
        """Say what time it is."""
        return self.now

    def pass_s(self, seconds: float) -> None:
        """Let time pass."""
        self.now += timedelta(seconds=seconds)

    @property
    def ms(self) -> int:
        """Milliseconds since 1970."""
        return int(self.now.timestamp() * 1000)


@dataclass(slots=True)
class WrongClock:
    """A phone's clock. error_s : seconds ahead of the truth. steps : how often it was set."""

    truth: Clock
    error_s: int = 0
    steps: int = field(default=0)

    def __call__(self) -> float:
        """Say the phone's time in seconds since 1970."""
        return self.truth.now.timestamp() + self.error_s

    def step(self, seconds: int) -> None:
        """Set the clock."""
        self.error_s += seconds
        self.steps += 1
