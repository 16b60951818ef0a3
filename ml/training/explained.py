"""How well scores explain what was chosen: it shows a small loss on a fifth of the slates that NDCG would need.

Within a slate the chance of a row is the softmax of a slope times its score and a fall times the logarithm of its
place, both fitted to the slates at hand, so that only the shape of the scores counts and not their unit. NDCG knows
whether rows change places; this knows how sure the ranker was. Source: McFadden (1974), the conditional logit.
"""

from collections.abc import Mapping
from typing import Any, Final

import numpy as np

from ml import metrics
from ml.arrays import FloatArray, IntArray

_STEPS: Final = 30
_RESAMPLES: Final = 2000


def explained(gain: FloatArray, score: FloatArray, position: IntArray, query_sizes: IntArray) -> FloatArray:
    """The mean log chance of what was chosen, in nats, one value a query; NaN where nothing was.

    gain : shape (n_rows,), what a row's choice counts. position : where it was shown, from 0.
    """
    spread = score.std() or 1.0
    columns = np.stack([score / spread, -np.log1p(position)], axis=1)
    slopes = np.zeros(2)
    for _ in range(_STEPS):
        step = _newton(gain, columns, slopes, query_sizes)
        slopes = slopes + step
        if np.abs(step).max() < 1e-9:
            break
    return _log_chance(gain, columns, slopes, query_sizes)


def _softmax(columns: FloatArray, slopes: FloatArray, query_sizes: IntArray) -> tuple[FloatArray, FloatArray]:
    """Each row's chance within its query and the logarithm of it."""
    starts = np.cumsum(query_sizes) - query_sizes
    value = columns @ slopes
    value = value - np.repeat(np.maximum.reduceat(value, starts), query_sizes)
    whole = np.add.reduceat(np.exp(value), starts)
    logarithm = value - np.repeat(np.log(whole), query_sizes)
    return np.exp(logarithm), logarithm


def _newton(gain: FloatArray, columns: FloatArray, slopes: FloatArray, query_sizes: IntArray) -> FloatArray:
    starts = np.cumsum(query_sizes) - query_sizes
    chance, _ = _softmax(columns, slopes, query_sizes)
    whole = np.repeat(np.add.reduceat(gain, starts), query_sizes)
    share = np.divide(gain, whole, out=np.zeros_like(gain), where=whole > 0)
    weight = chance * (whole > 0)
    mean = np.stack([np.repeat(np.add.reduceat(weight * one, starts), query_sizes) for one in columns.T], axis=1)
    centred = columns - mean
    curvature = (centred * weight[:, None]).T @ centred + 1e-9 * np.eye(2)
    return np.asarray(np.linalg.solve(curvature, columns.T @ (share - weight)))


def _log_chance(gain: FloatArray, columns: FloatArray, slopes: FloatArray, query_sizes: IntArray) -> FloatArray:
    starts = np.cumsum(query_sizes) - query_sizes
    _, logarithm = _softmax(columns, slopes, query_sizes)
    whole = np.add.reduceat(gain, starts)
    found = np.full(whole.shape, np.nan)
    np.divide(np.add.reduceat(gain * logarithm, starts), whole, out=found, where=whole > 0)
    return found


def compare_explained(
    gain: FloatArray, scores: Mapping[str, FloatArray], position: IntArray, query_sizes: IntArray, *, seed: int
) -> dict[str, Any] | None:
    """How much better the first of `scores` explains the choices than the champion does; None without a champion.

    share : that difference as a share of what the champion explains beyond the place where things stood.
    """
    if "champion" not in scores:
        return None
    mine, theirs, nobody = (
        explained(gain, score, position, query_sizes)
        for score in (next(iter(scores.values())), scores["champion"], np.zeros_like(gain))
    )
    lead = metrics.interval(mine - theirs, seed=seed, resamples=_RESAMPLES)
    beyond = float(np.nanmean(theirs - nobody))
    return {
        "over_champion": lead.as_dict(),
        "champion_beyond_place": round(beyond, 6),
        "share": round(lead.mean / beyond, 6) if beyond > 0 else 0.0,
    }
