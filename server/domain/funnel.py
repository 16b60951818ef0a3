"""The funnel of a volunteer centre: of those who enquired, how many came how far, and how long that took."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median
from typing import Any, Final

from server.domain.disclosure import Table, protect
from server.domain.enquiries import ENDS, STAYS, WAY

Doc = Mapping[str, Any]

#: Of enquiries at volunteer centres, the share that become placements: what there is to beat.
BENCHMARK: Final = 0.31


@dataclass(frozen=True, slots=True)
class Way:
    """How far one enquiry came. reached : step → the day of it. end, reason : None while it is under way."""

    origin: str
    centre_id: str
    reached: Mapping[str, str]
    end: str | None
    reason: str | None

    @property
    def furthest(self) -> str:
        """Name the last step that it reached."""
        return max(self.reached, key=WAY.index)


@dataclass(frozen=True, slots=True)
class Reach:
    """How many reached a step.

    of : all enquiries; for a stay, those who began so long ago that it can be told. open : of these, how many may
    still come to it, or have not been asked yet. share : reached of all, None where there are none. days : median from
    the step before. days_in_all : median from the enquiry.
    """

    step: str
    reached: int
    of: int
    open: int
    share: float | None
    days: float | None
    days_in_all: float | None


@dataclass(frozen=True, slots=True)
class Funnel:
    """The enquiries of some days. ended : how many ended in which way. reasons : why."""

    enquiries: int
    steps: Sequence[Reach]
    ended: Mapping[str, int]
    reasons: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Report:
    """All enquiries together, and by origin and by centre."""

    overall: Funnel
    by_origin: Mapping[str, Funnel]
    by_centre: Mapping[str, Funnel]
    benchmark: float = BENCHMARK


def ways_of(steps: Iterable[Doc], since: str, until: str) -> list[Way]:
    """Follow the steps of each enquiry that was made between two days, both included. since, until : ISO dates."""
    found: dict[str, list[Doc]] = {}
    for step in steps:
        found.setdefault(step["enquiry_id"], []).append(step)
    ways = (way_of(sorted(each, key=lambda step: step["number"])) for each in found.values())
    return [way for way in ways if way is not None and since <= way.reached["enquiry"] <= until]


def way_of(steps: Sequence[Doc]) -> Way | None:
    """Follow one enquiry's steps, in their order; a step back undoes what came after it. None without a beginning."""
    if not steps or steps[0]["number"] != 1:
        return None
    reached: dict[str, str] = {}
    last = steps[-1]
    for step in steps:
        if step["step"] in WAY:
            earlier = WAY[: WAY.index(step["step"])]
            days = {name: day for name, day in reached.items() if name in earlier}
            reached = days | {step["step"]: reached.get(step["step"]) or step["stepped_on"]}
    ended = last["step"] in ENDS
    end, reason = (last["step"], last["reason"]) if ended else (None, None)
    return Way(steps[0]["origin"] or "other", steps[0]["centre_id"], reached, end, reason)


def report(ways: Sequence[Way], today: str) -> Report:
    """Work out the figures. today : ISO date, on which stays are judged."""
    return Report(
        funnel(ways, today),
        {name: funnel(each, today) for name, each in _grouped(ways, "origin").items()},
        {name: funnel(each, today) for name, each in _grouped(ways, "centre_id").items()},
    )


def funnel(ways: Sequence[Way], today: str) -> Funnel:
    """Count some enquiries step by step."""
    ends = Counter(way.end for way in ways if way.end)
    reasons = Counter(way.reason for way in ways if way.reason)
    return Funnel(len(ways), [_reach(step, ways, today) for step in WAY[1:]], dict(ends), dict(reasons))


def _reach(step: str, ways: Sequence[Way], today: str) -> Reach:
    asked = [way for way in ways if _can_be_told(step, way, today)]
    there = [way for way in asked if _came_to(step, way)]
    count = sum(way.end is None and not _came_to(step, way) for way in asked)
    dated = [way for way in there if step in way.reached]
    between = [_days(_before(step, way), way.reached[step]) for way in dated]
    in_all = [_days(way.reached["enquiry"], way.reached[step]) for way in dated]
    share = len(there) / len(asked) if asked else None
    return Reach(step, len(there), len(asked), count, share, _median(between), _median(in_all))


def _can_be_told(step: str, way: Way, today: str) -> bool:
    """Say whether it can be told by today if an enquiry came to a step: a stay takes its weeks."""
    if step not in STAYS:
        return True
    began = way.reached.get("placed")
    return began is not None and (date.fromisoformat(began) + timedelta(STAYS[step])).isoformat() <= today


def _came_to(step: str, way: Way) -> bool:
    return WAY.index(way.furthest) >= WAY.index(step)


def _before(step: str, way: Way) -> str:
    return next(way.reached[name] for name in reversed(WAY[: WAY.index(step)]) if name in way.reached)


def _days(since: str, until: str) -> int:
    return (date.fromisoformat(until) - date.fromisoformat(since)).days


def _median(days: Sequence[int]) -> float | None:
    return median(days) if days else None


def _grouped(ways: Iterable[Way], field: str) -> dict[str, list[Way]]:
    found: dict[str, list[Way]] = {}
    for way in sorted(ways, key=lambda way: str(getattr(way, field))):
        found.setdefault(getattr(way, field), []).append(way)
    return found


@dataclass(frozen=True, slots=True)
class Shown:
    """What may leave the centres: enquiries by centre and by the furthest step that each came to.

    rows : centre, ``*`` for all → the count of each step, then of all, None where it is held back.
    """

    steps: Sequence[str]
    rows: Mapping[str, Sequence[int | None]]


def shown(ways: Sequence[Way]) -> Shown:
    """Count enquiries for others than their centres, small counts held back so that none follows from what is left."""
    groups = _grouped(ways, "centre_id")
    counts = [[sum(way.furthest == step for way in each) for step in WAY] for each in groups.values()]
    table: Table = protect(counts)
    names = [*groups, "*"]
    columns = range(len(WAY) + 1)
    rows = (
        {name: [table.shown((row, column)) for column in columns] for row, name in enumerate(names)} if groups else {}
    )
    return Shown(WAY, rows)
