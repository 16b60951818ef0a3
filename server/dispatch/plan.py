"""What a look of the dispatcher has decided to do, and how it is carried out, part by part."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple, Self

from server.domain.asks import Wave
from server.sync.context import Context
from server.sync.decisions.asking import close_tasks, end_asks, send_waves
from server.sync.model import Key

#: Waves, endings and tasks in one transaction, of each so many: phones are let in between.
_TOGETHER: Final = 50


@dataclass(frozen=True, slots=True)
class Looked:
    """What a look did: waves and asks sent, asks ended, tasks whose time was over."""

    waves: int = 0
    asks: int = 0
    ended: int = 0
    closed: int = 0

    def __add__(self, other: Self) -> "Looked":
        """Count both."""
        waves, asks = self.waves + other.waves, self.asks + other.asks
        return Looked(waves, asks, self.ended + other.ended, self.closed + other.closed)


class Plan(NamedTuple):
    """Waves to send, asks to end (id, state and reason of each), and ids of tasks to close."""

    waves: Sequence[Wave]
    ended: Sequence[tuple[str, str, str]]
    closed: Sequence[str]

    def parts(self) -> Iterator["Plan"]:
        """Give what is done together."""
        for at in range(0, max(map(len, self)), _TOGETHER):
            here = slice(at, at + _TOGETHER)
            yield Plan(self.waves[here], self.ended[here], self.closed[here])

    def carry_out(self, context: Context) -> Looked:
        """Do it in one transaction: tasks are locked before asks, as whoever claims one locks them."""
        context.batch.load([Key("task", name) for name in (*self.closed, *(wave.task_id for wave in self.waves))])
        closed, asked = close_tasks(self.closed, context), send_waves(self.waves, context)
        return Looked(sum(count > 0 for count in asked), sum(asked), end_asks(self.ended, context), closed)
