"""Two versions, or a version and a plain order, side by side on slates that neither learned from."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from ml import metrics
from ml.arrays import FloatArray, IntArray
from ml.audit.attention import ranks
from ml.models.baselines import baselines
from ml.models.packed import pack_of
from ml.models.registry import Registry, RegistryError, Version
from ml.models.stored import load_ranker
from ml.training.evaluate import DECISIVE, RESAMPLES, bounds_of, measure
from ml.training.groups import Dataset
from ml.training.labels import text_of
from ml.training.slices import by_slice, slices_of
from ml.training.split import held_out
from ml.training.train import refuse_other_features
from ml.training.verdict import verdict

#: How many features are named.
_NAMED: Final = 8
#: Rows that contributions are worked out on: they cost two hundred times a score.
_TAKEN_APART: Final = 2_000
#: What a manifest says of the data that may differ.
_DATA: Final = ("labels", "queries_learned", "queries_held_out", "sha256")


@dataclass(frozen=True, slots=True)
class Side:
    """One of two orders. version : None for a plain order."""

    name: str
    version: Version | None

    def score(self, X: FloatArray, names: list[str]) -> FloatArray:
        """The score of each row, shape (n_rows,)."""
        if self.version is not None:
            return load_ranker(self.version.folder).score(X)
        return baselines(names)[self.name].score(X)

    def contributions(self, X: FloatArray, names: list[str]) -> FloatArray | None:
        """What each feature adds to each score, shape (n_rows, n_features); None for a model without a pack."""
        if self.version is None:
            return np.asarray(np.nan_to_num(X) * baselines(names)[self.name].weights_)
        return pack_of(self.version).contributions(X) if self.version.has_pack else None


def side(kept: Registry, name: str) -> Side:
    """The version or plain order called `name`; RegistryError when there is neither."""
    from ml.features import FEATURE_NAMES

    plain = baselines(FEATURE_NAMES)
    if name in plain:
        return Side(name, None)
    try:
        version = kept.version(name)
    except RegistryError as error:
        raise RegistryError(f"{error} It is none of the plain orders either: {', '.join(sorted(plain))}.") from error
    version.check()
    return Side(name, version)


def compare(first: Side, second: Side, dataset: Dataset, *, seed: int = 1) -> dict[str, Any]:
    """How far `first` is above `second`, overall and by slice, where their orders differ, and why they might.

    Differences are paired by slate, with 95 % intervals; above 0 the first is better. Raises RegistryError when
    neither is a version, TableError when too few slates are left to judge on, or the data set has other features.
    """
    refuse_other_features(dataset)
    versions = [one.version for one in (first, second) if one.version is not None]
    if not versions:
        raise RegistryError("One of the two must be a version.")
    if dataset.foreign and len(versions) < 2:
        raise RegistryError("Plain orders read Kith's own features; on ranking data of others compare two versions.")
    judged_from, learned_until = bounds_of(versions)
    judged = held_out(dataset, judged_from, learned_until)
    X, names, gain = judged.X, judged.feature_names, metrics.gains_of(judged.relevance)
    scores = {"first": first.score(X, names), "second": second.score(X, names)}
    values = {name: measure(gain, score, judged.query_sizes) for name, score in scores.items()}
    over = {name: _interval(values["first"][name] - found, seed) for name, found in values["second"].items()}
    slices = by_slice(slices_of(judged), gain, scores, judged, seed=seed)
    changed = changes(scores["first"], scores["second"], judged.query_sizes)
    return {
        "first": first.name,
        "second": second.name,
        "data": {"sha256": dataset.sha256, "as_of": dataset.report["as_of"], "inputs": dataset.report["inputs"]},
        "models": {one.name: one.manifest["files"] for one in versions},
        "judged_from": text_of(judged_from),
        "bootstrap": {"seed": seed, "resamples": RESAMPLES},
        "quality": {name: _interval(found[DECISIVE], seed) for name, found in values.items()},
        "over": over,
        "slices": slices,
        "changes": changed,
        "features": _features(first, second, X[:_TAKEN_APART], judged.query_sizes, names),
        "differences": _differences(first.version, second.version),
        "verdict": verdict(first.name, second.name, over[DECISIVE], slices, changed),
    }


def changes(first: FloatArray, second: FloatArray, query_sizes: IntArray) -> dict[str, Any]:
    """How many slates differ at all and at the top, and the mean rank correlation (Spearman) within slates."""
    starts = np.cumsum(query_sizes) - query_sizes
    mine, other = ranks(first, query_sizes), ranks(second, query_sizes)
    moved = np.add.reduceat((mine != other).astype(np.int64), starts) > 0
    top = np.add.reduceat(((mine == 0) & (other == 0)).astype(np.int64), starts) == 0
    squares = np.add.reduceat((mine - other) ** 2, starts)
    long = query_sizes > 1
    cubes = (query_sizes * (query_sizes**2 - 1))[long]
    return {
        "slates": int(query_sizes.size),
        "changed": int(moved.sum()),
        "top_changed": int(top.sum()),
        "rank_correlation": round(float(np.mean(1 - 6 * squares[long] / cubes)), 6) if long.any() else None,
    }


def shares(contributions: FloatArray, query_sizes: IntArray) -> FloatArray:
    """How much of what tells the rows of a slate apart each feature makes, shape (n_features,), sums to 1 or is 0.

    The mean distance of a feature's contribution from its mean in the slate: what is alike for all rows of a slate
    moves nothing. Shares and not sums, as the scores of two models have no common scale.
    """
    starts = np.cumsum(query_sizes) - query_sizes
    means = np.add.reduceat(contributions, starts, axis=0) / query_sizes[:, None]
    apart = np.abs(contributions - np.repeat(means, query_sizes, axis=0)).mean(axis=0)
    return np.asarray(apart / (apart.sum() or 1.0))


def _features(
    first: Side, second: Side, X: FloatArray, query_sizes: IntArray, names: list[str]
) -> list[dict[str, Any]]:
    """The features whose shares differ most."""
    sizes = query_sizes[np.cumsum(query_sizes) <= len(X)]
    whole = X[: sizes.sum()]
    parts = [one.contributions(whole, names) if len(whole) else None for one in (first, second)]
    if parts[0] is None or parts[1] is None:
        return []
    mine, other = (shares(part, sizes) for part in parts if part is not None)
    order = np.argsort(-np.abs(mine - other), kind="stable")[:_NAMED]
    return [
        {"feature": names[place], "first": round(float(mine[place]), 6), "second": round(float(other[place]), 6)}
        for place in order
    ]


def _differences(first: Version | None, second: Version | None) -> dict[str, list[Any]]:
    """Parameters and data that differ, by name: what the first has and what the second; none beside a plain order."""
    if first is None or second is None:
        return {}
    told = [_told(first.manifest), _told(second.manifest)]
    names = sorted(told[0].keys() | told[1].keys())
    return {name: [one.get(name) for one in told] for name in names if told[0].get(name) != told[1].get(name)}


def _told(manifest: Mapping[str, Any]) -> dict[str, Any]:
    parameters = dict(manifest["parameters"])
    trees = {f"trees.{name}": value for name, value in parameters.pop("trees", {}).items()}
    data = {f"data.{name}": manifest["data"].get(name) for name in _DATA}
    dates = {name: manifest[name] for name in ("trained_on", "learned_until", "held_out_from")}
    return {**parameters, **trees, **data, **dates, "features": manifest["features"]["schema_sha256"]}


def _interval(values: FloatArray, seed: int) -> dict[str, float]:
    return metrics.interval(values, seed=seed, resamples=RESAMPLES).as_dict()
