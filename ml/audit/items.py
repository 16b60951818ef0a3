"""Exposure in proportion to merit: whether small providers and new items get the attention that they deserve.

Over all queries an order gives each side exposure, and each side has merit; the ratio of their quotients is 1 when
attention follows merit alike on both. Sources: Singh and Joachims (2018), disparate treatment; Biega, Gummadi and
Weikum (2018), Equity of Attention, for adding up over many queries.
"""

from collections.abc import Mapping
from typing import Any, Final

import numpy as np

from ml.arrays import BoolArray, FloatArray
from ml.audit.attention import attention, ranks
from ml.audit.slates import Slates

#: Side → lowest and highest exposure per merit beside the other side's.
WANTED: Final[Mapping[str, tuple[float, float]]] = {
    "new : old": (0.75, float("inf")),
    "untried : tried": (0.75, float("inf")),
    "small : large": (0.80, 1.25),
}
#: Fewer queries in which a side has merit tell nothing.
FEWEST_QUERIES: Final = 20
_RESAMPLES: Final = 2000


def exposure_per_merit(slates: Slates, score: FloatArray, inside: BoolArray, *, seed: int) -> dict[str, Any] | None:
    """Exposure per merit of the rows `inside` over that of the others, with a 95 % bootstrap interval by query.

    score, inside : shape (n_rows,). None when a side has merit in too few queries.
    """
    starts = np.cumsum(slates.query_sizes) - slates.query_sizes
    seen = attention(ranks(score, slates.query_sizes))
    parts = [
        np.add.reduceat(np.where(side, column, 0.0), starts)
        for side in (inside, ~inside)
        for column in (seen, slates.merit)
    ]
    if min((parts[1] > 0).sum(), (parts[3] > 0).sum()) < FEWEST_QUERIES:
        return None
    low, high = np.quantile(_resampled(np.stack(parts, axis=1), seed), (0.025, 0.975))
    mean = float(_ratio(np.array([[part.sum() for part in parts]]))[0])
    return {"mean": round(mean, 6), "low": round(float(low), 6), "high": round(float(high), 6)}


def _resampled(parts: FloatArray, seed: int) -> FloatArray:
    rng = np.random.default_rng(seed)
    queries = len(parts)
    return np.concatenate(
        [_ratio(rng.multinomial(queries, np.full(queries, 1 / queries), 100) @ parts) for _ in range(_RESAMPLES // 100)]
    )


def _ratio(sums: FloatArray) -> FloatArray:
    with np.errstate(all="ignore"):  # a resample without merit on a side has no ratio
        ratio = (sums[:, 0] / sums[:, 1]) / (sums[:, 2] / sums[:, 3])
    return np.where(np.isfinite(ratio), ratio, 1e6)


def audit_items(
    slates: Slates, score: FloatArray, sides: Mapping[str, BoolArray | None], *, seed: int
) -> list[dict[str, Any]]:
    """Exposure per merit of each pair of sides, beside that of the best possible order and of none at all.

    sides : name → rows on the first side, None where it cannot be told.
    """
    return [_one(name, slates, score, inside, seed) for name, inside in sides.items()]


def _one(name: str, slates: Slates, score: FloatArray, inside: BoolArray | None, seed: int) -> dict[str, Any]:
    low, high = WANTED[name]
    told: dict[str, Any] = {"sides": name, "wanted": {"low": low, "high": None if np.isinf(high) else high}}
    if inside is None:
        return told | {"ratio": None, "why": "the directory was not given"}
    found = exposure_per_merit(slates, score, inside, seed=seed)
    if found is None:
        return told | {"ratio": None, "why": f"fewer than {FEWEST_QUERIES} queries have merit on both sides"}
    best = exposure_per_merit(slates, slates.merit, inside, seed=seed)
    random = np.random.default_rng(seed).random(score.size)
    chance = exposure_per_merit(slates, random, inside, seed=seed)
    return told | {"ratio": found, "best_order": best, "random_order": chance, "rows": float(inside.mean().round(4))}


def judge_items(audits: list[dict[str, Any]]) -> tuple[list[str], list[str]]:
    """What refuses a version, and what is only to be looked at."""
    reasons: list[str] = []
    warnings: list[str] = []
    for audit in audits:
        found, low = audit["ratio"], audit["wanted"]["low"]
        high = float("inf") if audit["wanted"]["high"] is None else audit["wanted"]["high"]
        if found is None or low <= found["mean"] <= high:
            continue
        words = (
            f"Exposure per merit, {audit['sides']}: {found['mean']:.2f} ({found['low']:.2f} to {found['high']:.2f}); "
            f"{_wanted(low, high)} is wanted."
        )
        (reasons if found["high"] < low or found["low"] > high else warnings).append(words)
    return reasons, warnings


def _wanted(low: float, high: float) -> str:
    return f"at least {low}" if np.isinf(high) else f"{low} to {high}"
