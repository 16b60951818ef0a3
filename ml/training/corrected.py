"""Quality on logged slates, corrected for position: what stood low and was chosen all the same counts for more.

What was put first was looked at, so plain figures flatter whatever order resembles the one that was served. Here the
label of a row is divided by how far its place is looked at, which is learned from slates in whose order chance had a
hand. Source: Joachims, Swaminathan and Schnabel, Unbiased learning-to-rank with biased feedback (2017), section 4.
"""

from collections.abc import Mapping
from typing import Any, Final

import numpy as np

from ml import metrics
from ml.arrays import FloatArray, IntArray
from ml.off_policy.attention import attention_of
from ml.off_policy.examination import Examination, refuse_vague
from ml.off_policy.refusal import OffPolicyError
from ml.training.groups import Dataset

_K: Final = 10
_RESAMPLES: Final = 2000


def corrected(
    whole: Dataset, judged: Dataset, gain: FloatArray, scores: Mapping[str, FloatArray], *, seed: int
) -> dict[str, Any]:
    """The corrected NDCG@10 of each order, and the paired lead of the first over the others; or why there is none.

    whole : what the curve of attention is learned from. gain, and each of `scores` : shape (n_rows,) of `judged`.
    """
    try:
        curve = attention_of(whole)
        refuse_vague(curve)
    except OffPolicyError as refusal:
        return {"refused": str(refusal)}
    values = {name: shares(gain, judged.position, score, judged.query_sizes, curve) for name, score in scores.items()}
    first, *others = values
    return {
        "refused": None,
        "attention": {"fall": round(curve.fall, 6), "error": round(curve.error, 6)},
        "quality": {name: _interval(found, seed) for name, found in values.items()},
        "over": {name: _interval(values[first] - values[name], seed) for name in others},
    }


def shares(
    gain: FloatArray, position: IntArray, score: FloatArray, query_sizes: IntArray, curve: Examination
) -> FloatArray:
    """One value a query, NaN without a positive, whose mean is the corrected NDCG@10 of the whole log.

    It is the discounted gain of all queries over the best that they could have, each gain divided by how far its place
    was looked at. In a mean of NDCGs that division would cancel within every query with one positive, so queries are
    weighed by their best; the values are the ratio and each query's influence on it.
    """
    weighted = gain / curve.of(int(position.max()) + 1)[position]
    ideal = metrics.dcg(weighted, weighted, query_sizes, _K)
    found = metrics.dcg(weighted, score, query_sizes, _K)
    ratio = found.sum() / ideal.sum()
    mean = ideal[ideal > 0].mean()
    return np.where(ideal > 0, ratio + (found - ratio * ideal) / mean, np.nan)


def _interval(values: FloatArray, seed: int) -> dict[str, float]:
    return metrics.interval(values, seed=seed, resamples=_RESAMPLES).as_dict()
