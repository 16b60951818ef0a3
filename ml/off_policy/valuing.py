"""What an order would earn a slate, by every estimator, with its interval and what it rests on."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

import numpy as np

from ml.arrays import FloatArray
from ml.metrics import Interval
from ml.off_policy import estimators
from ml.off_policy.attention import learned
from ml.off_policy.examination import Examination, influence, refuse_vague
from ml.off_policy.intervals import TWO_SIDED, bootstrap
from ml.off_policy.refusal import OffPolicyError, refuse_few
from ml.off_policy.reward_model import cross_fitted
from ml.off_policy.slates import LoggedSlates
from ml.off_policy.weights import USUAL_CLIP, Weights, clipped

#: ``examined``: what is chosen depends on the item and on whether its place is looked at; a row tells of every place.
#: ``placed``: nothing is said of places, so a row tells only of its own, and only slates drawn by chance count.
Assumption = Literal["examined", "placed"]
#: The estimator that decides.
DECISIVE: Final = "dr"
#: The least change of the fall by which a slope is told.
_STEP: Final = 0.01
Slopes = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Log:
    """Slates ready for any number of targets. predicted : (n_rows, n_places), what a model expects of each place.

    moved : (n_queries,), how each slate moved the fall of attention. rest : its error that other slates made.
    """

    slates: LoggedSlates
    assumption: Assumption
    predicted: FloatArray
    attention: Examination | None
    moved: FloatArray
    rest: float
    clip: float


@dataclass(frozen=True, slots=True)
class Value:
    """What an order would earn. of : estimator → (n_queries,).

    slopes : how far each moves with the fall of attention, per unit, on the way to either end of its interval: below
    and above. Where attention falls steeply they differ much, and one slope for both would make intervals too short
    just where the fall was taken for too small.
    """

    of: Mapping[str, FloatArray]
    slopes: Mapping[str, Slopes]
    weights: Weights


def ready(slates: LoggedSlates, *, assumption: Assumption = "examined", clip: float = USUAL_CLIP,
          attention: Examination | None = None) -> Log:  # fmt: skip
    """Fit what all targets share. attention : learned elsewhere, from these slates when None.

    Raises OffPolicyError when too few slates are in an order that chance had a hand in.
    """
    kept, curve = slates, None
    if assumption == "placed":
        kept = slates.where(slates.by_chance)
    else:
        curve = attention or learned(slates)
        refuse_vague(curve)
    predicted = cross_fitted(kept.X, kept.reward, kept.position, kept.query_sizes, kept.table.shape[1])
    moved, rest = np.zeros(kept.query_sizes.size), 0.0
    if curve is not None:
        moved, rest = influence(curve, kept.chosen, kept.table, kept.position, kept.query_sizes)
    return Log(kept, assumption, predicted, curve, moved, rest, clip)


def value_of(log: Log, target: FloatArray) -> Value:
    """What the order `target`, shape (n_rows, n_places), would earn; TooFewError when the log hardly speaks of it."""
    slates = log.slates
    if target.shape != slates.table.shape or not np.allclose(target.sum(axis=1), 1.0):
        raise ValueError("a target must give each row its chance of each place, and they must sum to 1")
    weights = _weights(log, target)
    refuse_few(weights.ess)
    found = _estimates(log, target, weights)
    if log.attention is None:
        return Value(found, dict.fromkeys(found, (0.0, 0.0)), weights)
    step = max(TWO_SIDED * log.attention.error, _STEP)
    down, up = (_estimates(log, target, _weights(log, target, more), more) for more in (-step, step))
    means = {name: [float(one[name].mean()) for one in (down, found, up)] for name in found}
    slopes = {name: ((mid - low) / step, (high - mid) / step) for name, (low, mid, high) in means.items()}
    return Value(found, slopes, weights)


def naive(log: Log, seed: int) -> Interval:
    """What the log itself earned a slate."""
    return bootstrap(estimators.naive(log.slates.reward, log.slates.query_sizes), seed=seed)


def interval_of(log: Log, value: Value, name: str, *, seed: int) -> Interval:
    """The 95 % interval of one estimator."""
    return _bootstrapped(log, value.of[name], value.slopes[name], seed)


def difference(log: Log, mine: Value, other: Value, *, seed: int) -> Interval:
    """How much more `mine` would earn than `other`, paired by slate, by the estimator that decides."""
    (down, up), (other_down, other_up) = mine.slopes[DECISIVE], other.slopes[DECISIVE]
    return _bootstrapped(log, mine.of[DECISIVE] - other.of[DECISIVE], (down - other_down, up - other_up), seed)


def told(log: Log, target: FloatArray, *, seed: int) -> tuple[dict[str, Any], Value | None]:
    """Every estimate of one order as plain values, or the sentence of the refusal and no number."""
    try:
        value = value_of(log, target)
    except OffPolicyError as refusal:
        return {"refused": str(refusal), "ess": round(_weights(log, target).ess, 1)}, None
    weights = value.weights
    return {
        "refused": None,
        "ess": round(weights.ess, 1),
        "clipped": {"above": weights.clip, "weights": weights.clipped, "share_kept": round(weights.share_kept, 6)},
        "estimates": {name: interval_of(log, value, name, seed=seed).as_dict() for name in value.of},
    }, value


def _weights(log: Log, target: FloatArray, more: float = 0.0) -> Weights:
    """How much each logged row counts for the target, by what is assumed of places."""
    slates = log.slates
    if log.attention is None:
        rows = np.arange(slates.position.size)
        raw = target[rows, slates.position] / slates.propensity
    else:
        looked = log.attention.of(slates.table.shape[1], more=more)
        raw = (target @ looked) / (slates.table @ looked)
    return clipped(np.asarray(raw), slates.query_sizes, log.clip)


def _estimates(log: Log, target: FloatArray, weights: Weights, more: float = 0.0) -> dict[str, FloatArray]:
    slates, weight = log.slates, weights.value
    rows, predicted = np.arange(slates.position.size), _by_place(log, more)
    expected = estimators.per_query((target * predicted).sum(axis=1), slates.query_sizes)
    return {
        "dr": estimators.doubly_robust(
            slates.reward,
            weight,
            slates.query_sizes,
            predicted_logged=predicted[rows, slates.position],
            predicted_target=expected,
        ),
        "snips": _normalised(log, target, weight),
        "ips": estimators.ips(slates.reward, weight, slates.query_sizes),
        "dm": estimators.direct(expected),
    }


def _by_place(log: Log, more: float) -> FloatArray:
    """What the model expects of each row at each place, in the form that the weights presume.

    A weight for attention moves a row's reward from place to place as attention has it. The model must too, or what
    the weights take away of it is not what it had put in, and the doubly robust estimate is neither.
    """
    if log.attention is None:
        return log.predicted
    looked = log.attention.of(log.predicted.shape[1], more=more)
    return np.asarray(np.outer(log.predicted.sum(axis=1) / looked.sum(), looked))


def _normalised(log: Log, target: FloatArray, weight: FloatArray) -> FloatArray:
    """The self-normalised estimate; where places are looked at unlike, what is normalised is how much was looked at."""
    slates = log.slates
    if log.attention is None:
        return estimators.snips(slates.reward, weight, slates.query_sizes)
    looked = log.attention.of(slates.table.shape[1])
    seen = estimators.per_query(target @ looked, slates.query_sizes)
    return estimators.snips(slates.reward, weight, slates.query_sizes, logged=looked[slates.position], target=seen)


def _bootstrapped(log: Log, values: FloatArray, slopes: Slopes, seed: int) -> Interval:
    """The interval of a mean that leans on the fall of attention; each end by the slope on its own side."""
    ends = slopes if sum(slopes) >= 0 else slopes[::-1]
    lower, upper = (bootstrap(values + one * log.moved, seed=seed, also=abs(one) * log.rest) for one in ends)
    return Interval(lower.mean, lower.low, upper.high, lower.queries)
