"""Make a failing script small: leave deeds out while the same promise still breaks."""

import time
from collections.abc import Callable, Sequence
from dataclasses import replace

from server.simulation.model import Deed, Plan
from server.simulation.run import Result

#: Seconds after which what has been reached is small enough.
PATIENCE_S = 60


def shrink(
    plan: Plan, play: Callable[[Plan], Result], promise: str, patience_s: float = PATIENCE_S
) -> tuple[Plan, Result]:
    """Leave out as many deeds as can be, in halves, quarters and so on down to single ones (delta debugging).

    play : plays a plan on an empty store. Gives the smallest plan found and what came of it.
    Source: Zeller and Hildebrandt (2002), "Simplifying and isolating failure-inducing input".
    """
    deadline = time.monotonic() + patience_s
    best, result = plan, play(plan)
    size = max(len(plan.deeds) // 2, 1)
    while time.monotonic() < deadline:
        smaller = _first(best, _without(best.deeds, size), play, promise, deadline)
        if smaller:
            best, result = smaller
        elif size == 1:
            break
        else:
            size = max(size // 2, 1)
        size = min(size, max(len(best.deeds), 1))
    return best, result


def _first(
    plan: Plan, tries: Sequence[tuple[Deed, ...]], play: Callable[[Plan], Result], promise: str, deadline: float
) -> tuple[Plan, Result] | None:
    for deeds in tries:
        if time.monotonic() > deadline:
            return None
        fewer = replace(plan, deeds=deeds)
        result = play(fewer)
        if result.promise == promise:
            return fewer, result
    return None


def _without(deeds: tuple[Deed, ...], size: int) -> list[tuple[Deed, ...]]:
    """Leave out each stretch of `size` deeds in turn, the last first: what comes late matters least."""
    starts = reversed(range(0, len(deeds), size))
    return [deeds[:start] + deeds[start + size :] for start in starts]
