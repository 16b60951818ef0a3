"""How well an order serves each group of people: quality and waiting, and how far apart the groups are."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from ml import metrics
from ml.arrays import BoolArray, FloatArray
from ml.audit.attention import attention, ranks
from ml.audit.slates import Slates
from ml.audit.small import is_small, rounded

#: NDCG@10 by which groups may differ.
WIDEST_GAP: Final = 0.02
#: Resamples of each interval.
RESAMPLES: Final = 2000


@dataclass(frozen=True, slots=True)
class Characteristic:
    """Who belongs to which group.

    groups : the group of each query, None where it is not told. people : the person of each query. judged : whether a
    gap can refuse a version.
    """

    name: str
    source: str
    groups: Sequence[str | None]
    people: Sequence[str]
    judged: bool = True


def served(slates: Slates, score: FloatArray) -> dict[str, FloatArray]:
    """NDCG@10 and the days of waiting of each query, shape (n_queries,), the latter weighed by attention."""
    weight = attention(ranks(score, slates.query_sizes))
    starts = np.cumsum(slates.query_sizes) - slates.query_sizes
    wait = np.nan_to_num(slates.feature("wait_days"))
    days = np.add.reduceat(wait * weight, starts) / np.add.reduceat(weight, starts)
    return {"ndcg@10": metrics.ndcg(slates.gain, score, slates.query_sizes, 10), "wait_days": days}


def audit_groups(characteristic: Characteristic, values: dict[str, FloatArray], *, seed: int) -> dict[str, Any]:
    """The figures of each group that is large enough, the names of those that are not, and the surest gap.

    values : as `served` gives them.
    """
    told = sorted({group for group in characteristic.groups if group is not None})
    members = {group: np.array([one == group for one in characteristic.groups]) for group in told}
    people = {group: len({who for who, own in zip(characteristic.people, members[group], strict=True) if own})
              for group in told}  # fmt: skip
    shown = {group: members[group] for group in told if _can_be_shown(people[group], values, members[group])}
    return {
        "characteristic": characteristic.name,
        "source": characteristic.source,
        "judged": characteristic.judged,
        "groups": [_figures(group, people[group], values, inside, seed) for group, inside in shown.items()],
        "suppressed": [group for group in told if group not in shown],
        "gaps": {measure: _surest(shown, found, seed) for measure, found in values.items()},
    }


def _can_be_shown(people: int, values: dict[str, FloatArray], inside: BoolArray) -> bool:
    return not is_small(people) and not is_small(int((~np.isnan(values["ndcg@10"][inside])).sum()))


def _figures(group: str, people: int, values: dict[str, FloatArray], inside: BoolArray, seed: int) -> dict[str, Any]:
    found = {name: metrics.interval(one[inside], seed=seed, resamples=RESAMPLES) for name, one in values.items()}
    plain = {name: {key: value for key, value in one.as_dict().items() if key != "queries"}
             for name, one in found.items()}  # fmt: skip
    return {"group": group, "people": rounded(people), **plain}


def _surest(shown: dict[str, BoolArray], values: FloatArray, seed: int) -> dict[str, Any] | None:
    """The group that is most surely apart from all the others that are shown, None with fewer than two.

    Not the widest gap: that is often a small group's, and would hide a large group's that chance does not explain.
    """
    if len(shown) < 2:
        return None
    told = np.any(list(shown.values()), axis=0)
    compared = len(shown) if len(shown) > 2 else 1
    gaps: list[dict[str, Any]] = [
        {"group": group, **_gap(values[inside], values[told & ~inside], seed, compared)}
        for group, inside in shown.items()
    ]
    return max(gaps, key=lambda gap: (max(gap["low"], -gap["high"], 0.0), abs(gap["mean"]), gap["group"]))


def _gap(inside: FloatArray, outside: FloatArray, seed: int, compared: int) -> dict[str, float]:
    """How far the mean of `inside` is above that of `outside`, with a 95 % interval widened for `compared` groups."""
    rng = np.random.default_rng(seed)
    sides = [side[~np.isnan(side)] for side in (inside, outside)]
    drawn = [metrics.resampled_means(side, rng, RESAMPLES) for side in sides]
    low, high = np.quantile(drawn[0] - drawn[1], (0.025 / compared, 1 - 0.025 / compared))
    mean = float(sides[0].mean() - sides[1].mean())
    return {"mean": round(mean, 6), "low": round(float(low), 6), "high": round(float(high), 6)}


def judge_groups(audits: Sequence[dict[str, Any]]) -> tuple[list[str], list[str]]:
    """What refuses a version, and what is only to be looked at."""
    reasons: list[str] = []
    warnings: list[str] = []
    for audit in audits:
        gap = audit["gaps"]["ndcg@10"]
        if gap is None or abs(gap["mean"]) <= WIDEST_GAP:
            continue
        shown = gap["low"] > WIDEST_GAP or gap["high"] < -WIDEST_GAP
        if gap["low"] <= 0 <= gap["high"] or not (shown or audit["judged"]):
            continue  # chance alone may have parted them
        words = (
            f"{audit['characteristic']} ({gap['group']}) is served otherwise than the others: NDCG@10 "
            f"{gap['mean']:+.3f} ({gap['low']:+.3f} to {gap['high']:+.3f}); at most {WIDEST_GAP} is wanted."
        )
        (reasons if shown and audit["judged"] else warnings).append(words)
    return reasons, warnings
