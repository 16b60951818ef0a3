"""What coordinators see of dispatch: how soon tasks are taken, how many, what was given back, how asks are shared."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import ceil
from statistics import median
from typing import Any, Final

Doc = Mapping[str, Any]

#: States of a claim that came to nothing, and of one that is over.
_ABANDONED: Final = ("released", "lapsed")
_ENDED: Final = (*_ABANDONED, "done")
_P95: Final = 0.95


@dataclass(frozen=True, slots=True)
class PickUp:
    """Figures of some tasks.

    tasks : that went out or were taken. taken : by somebody, at least once. fill_rate : of those taken or expired, the
    share taken. pickup_median_s, pickup_p95_s : seconds from the first ask to the first claim, of those asked about.
    claims : in all. abandonment : of claims that ended, the share given back or lapsed. asks_per_taken : asks of all
    tasks for each one taken. volunteers : whose asks the Gini is about. gini : 0 when all were asked equally often.
    None where there is nothing to count.
    """

    tasks: int
    taken: int
    done: int
    fill_rate: float | None
    pickup_median_s: float | None
    pickup_p95_s: float | None
    claims: int
    abandonment: float | None
    asks: int
    asks_per_taken: float | None
    volunteers: int
    gini: float | None


@dataclass(frozen=True, slots=True)
class Report:
    """All tasks together, over all volunteers who give time; and by district and by type, over those asked there."""

    overall: PickUp
    by_district: Mapping[str, PickUp]
    by_type: Mapping[str, PickUp]


def report(
    tasks: Mapping[str, Doc], asks: Iterable[Doc], claims: Iterable[Doc], volunteers: Collection[str], since: str
) -> Report:
    """Work out the figures of the tasks that went out, or were taken, since an instant.

    tasks : documents by id. volunteers : ids of those who give time. since : UTC instant as text.
    """
    asks_of, claims_of = _by_task(asks), _by_task(claims)
    out = {
        name: task
        for name, task in tasks.items()
        if (begun := _begun(asks_of[name], claims_of[name])) is not None and begun >= since
    }

    def figures(names: Sequence[str], among: Collection[str]) -> PickUp:
        return _figures({name: out[name] for name in names}, asks_of, claims_of, among)

    return Report(
        overall=figures(list(out), volunteers),
        by_district={where: figures(names, ()) for where, names in _grouped(out, "district").items()},
        by_type={what: figures(names, ()) for what, names in _grouped(out, "type").items()},
    )


def _figures(
    tasks: Mapping[str, Doc], asks_of: Mapping[str, list[Doc]], claims_of: Mapping[str, list[Doc]],
    among: Collection[str],
) -> PickUp:  # fmt: skip
    taken = [name for name in tasks if claims_of[name]]
    expired = sum(tasks[name]["status"] == "expired" for name in tasks if not claims_of[name])
    claims = [claim for name in tasks for claim in claims_of[name]]
    ended = [claim for claim in claims if claim["status"] in _ENDED]
    times = sorted(seconds for name in taken if (seconds := _pickup_s(asks_of[name], claims_of[name])) is not None)
    counts = Counter(ask["volunteer_id"] for name in tasks for ask in asks_of[name])
    shared = [counts[name] for name in {*among, *counts}]
    return PickUp(
        tasks=len(tasks),
        taken=len(taken),
        done=sum(task["status"] == "done" for task in tasks.values()),
        fill_rate=_share(len(taken), len(taken) + expired),
        pickup_median_s=median(times) if times else None,
        pickup_p95_s=times[ceil(_P95 * len(times)) - 1] if times else None,
        claims=len(claims),
        abandonment=_share(sum(claim["status"] in _ABANDONED for claim in ended), len(ended)),
        asks=counts.total(),
        asks_per_taken=_share(counts.total(), len(taken)),
        volunteers=len(shared),
        gini=gini(shared),
    )


def gini(counts: Collection[int]) -> float | None:
    """Return the Gini coefficient of counts of at least 0; None when there are none or all are 0.

    Source: the mean of all differences over twice the mean, worked out from the sorted counts.
    """
    total, number = sum(counts), len(counts)
    if not total:
        return None
    return sum((2 * place - number - 1) * count for place, count in enumerate(sorted(counts), 1)) / (number * total)


def _by_task(docs: Iterable[Doc]) -> defaultdict[str, list[Doc]]:
    found: defaultdict[str, list[Doc]] = defaultdict(list)
    for doc in docs:
        found[doc["task_id"]].append(doc)
    return found


def _begun(asks: Sequence[Doc], claims: Sequence[Doc]) -> str | None:
    """Say when a task first went out, or was taken by somebody whom nobody asked."""
    return min((*(ask["asked_at"] for ask in asks), *(claim["claimed_at"] for claim in claims)), default=None)


def _pickup_s(asks: Sequence[Doc], claims: Sequence[Doc]) -> float | None:
    if not asks:
        return None
    asked, claimed = min(ask["asked_at"] for ask in asks), min(claim["claimed_at"] for claim in claims)
    return max(0.0, (datetime.fromisoformat(claimed) - datetime.fromisoformat(asked)).total_seconds())


def _grouped(tasks: Mapping[str, Doc], field: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, task in sorted(tasks.items(), key=lambda one: one[1].get(field) or ""):
        found.setdefault(task.get(field) or "", []).append(name)
    return found


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
