"""Replays visits at the moments they are due, whether or not the server keeps up; lateness counts as waiting."""

import queue
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from random import Random

from benchmarks.support.county import Visitor
from benchmarks.support.line import Line

#: Connections kept open, as a reverse proxy in front would.
CONNECTIONS = 32
#: What a visit is, and how often of a hundred.
MIX = {"idle pull": 70, "manifest": 15, "push and pull": 15}


@dataclass(frozen=True, slots=True)
class Stage:
    """Some time of the plan. rate : visits a second by the plan's clock, seconds : by the plan's clock as well."""

    rate: float
    seconds: float


@dataclass(slots=True)
class Replayed:
    """What came of it. waits_ms : of each visit, from when it was due to its last answer, by kind."""

    waits_ms: dict[str, list[float]] = field(default_factory=dict)
    errors: Counter[str] = field(default_factory=Counter)
    took_s: float = 0

    @property
    def all_ms(self) -> list[float]:
        """Give the waits of all visits, in order."""
        return sorted(wait for waits in self.waits_ms.values() for wait in waits)

    def percentile(self, share: float) -> float:
        """Give the wait that so large a share of all visits stays within."""
        waits = self.all_ms
        return waits[min(len(waits) - 1, int(share * len(waits)))] if waits else 0.0


def due(stages: Sequence[Stage], visitors: Sequence[Visitor], chance: Random) -> Iterator[tuple[float, Visitor, str]]:
    """Plan visits: everybody once before anybody twice, at moments drawn within each second of the plan's clock."""
    order: list[Visitor] = []
    began = 0.0
    kinds, weights = list(MIX), list(MIX.values())
    for stage in stages:
        count = round(stage.rate * stage.seconds)
        for moment in sorted(chance.random() * stage.seconds for _ in range(count)):
            if not order:
                order = chance.sample(visitors, len(visitors))
            yield began + moment, order.pop(), chance.choices(kinds, weights)[0]
        began += stage.seconds


def replay(visits: Sequence[tuple[float, Visitor, str]], port: int, faster: float, seed: int) -> Replayed:
    """Do the visits, the plan's clock going `faster` times as fast as ours."""
    came, lock = Replayed(), threading.Lock()
    waiting: queue.SimpleQueue[tuple[float, Visitor, str] | None] = queue.SimpleQueue()
    began = time.perf_counter() + 0.1
    threads = [
        threading.Thread(target=_visiting, args=(waiting, Line(port), came, lock, Random(seed + number)))
        for number in range(CONNECTIONS)
    ]
    for thread in threads:
        thread.start()
    for moment, visitor, kind in visits:
        at = began + moment / faster
        if (pause := at - time.perf_counter()) > 0:
            time.sleep(pause)
        waiting.put((at, visitor, kind))
    for _ in threads:
        waiting.put(None)
    for thread in threads:
        thread.join()
    came.took_s = time.perf_counter() - began
    return came


def _visiting(
    waiting: "queue.SimpleQueue[tuple[float, Visitor, str] | None]",
    line: Line,
    came: Replayed,
    lock: threading.Lock,
    chance: Random,
) -> None:
    while (next_one := waiting.get()) is not None:
        at, visitor, kind = next_one
        try:
            with visitor.lock:
                _deeds(visitor, line, chance)[kind]()
        except (SystemExit, OSError, EOFError, ValueError, KeyError) as error:
            with lock:
                came.errors[f"{kind}: {error}"[:200]] += 1
        else:
            wait = (time.perf_counter() - at) * 1000
            with lock:
                came.waits_ms.setdefault(kind, []).append(wait)


def _deeds(visitor: Visitor, line: Line, chance: Random) -> dict[str, Callable[[], None]]:
    return {
        "idle pull": lambda: visitor.pull(line),
        "manifest": lambda: visitor.manifest(line),
        "push and pull": lambda: visitor.write(line, chance),
    }
