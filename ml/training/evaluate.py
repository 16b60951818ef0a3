"""Judge a version on slates that neither it nor the champion learned from, beside what it has to beat."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final, TypeAlias

import numpy as np

from ml import metrics
from ml.arrays import FloatArray, IntArray
from ml.models.baselines import baselines
from ml.models.registry import PACK, Version
from ml.models.stored import load_ranker
from ml.models.walker import Pack
from ml.training.groups import Dataset
from ml.training.labels import text_of
from ml.training.recipe import Recipe
from ml.training.split import FEWEST, held_out
from ml.training.train import fit, refuse_other_features

Scorer: TypeAlias = Callable[[FloatArray], FloatArray]

#: The measure on which promotion is decided.
DECISIVE: Final = "ndcg@10"
#: How many resamples make an interval.
RESAMPLES: Final = 2000
#: How many random orders are averaged.
_SHUFFLES: Final = 30
#: Rows on which the pack is compared with the model, byte by byte.
_COMPARED: Final = 500


def evaluate(version: Version, dataset: Dataset, *, champion: Version | None = None, seed: int = 1) -> dict[str, Any]:
    """Measure `version`, the champion and every baseline on the slates that neither version learned from.

    seed : of the bootstrap and of the random orders. Returns what the registry keeps as evaluation.json. Raises
    TableError when too few slates are left to judge on, or the data set has other features.
    """
    refuse_other_features(dataset)
    rival = None if champion is None or champion.name == version.name else champion
    judged_from, learned_until = bounds_of([version, *([rival] if rival else [])])
    judged = held_out(dataset, judged_from, learned_until)
    scorers = _scorers(version, dataset, rival, learned_until)
    gain = metrics.gains_of(judged.relevance)
    values = {name: measure(gain, score(judged.X), judged.query_sizes) for name, score in scorers.items()}
    values["random"] = measure_random(gain, judged.query_sizes, seed)
    return {
        "version": version.name,
        "model_sha256": version.pack_sha256,
        "data": {"sha256": dataset.sha256, "as_of": dataset.report["as_of"], "inputs": dataset.report["inputs"]},
        "judged_from": text_of(judged_from),
        "queries": _counts(judged),
        "bootstrap": {"seed": seed, "resamples": RESAMPLES},
        "quality": {name: _intervals(found, seed) for name, found in values.items()},
        "over": differences(values, "version", seed),
        "champion": None if rival is None else rival.name,
        "pack_scores_alike": _pack_scores_alike(version, judged.X[:_COMPARED]),
    }


def measure(gain: FloatArray, score: FloatArray, query_sizes: IntArray) -> dict[str, FloatArray]:
    """Every measure of an order by name, one value a query, NaN for queries without a positive."""
    found = {f"ndcg@{k}": metrics.ndcg(gain, score, query_sizes, k) for k in (1, 5, 10)}
    found["mrr"] = metrics.mrr(gain, score, query_sizes)
    return found | {f"recall@{k}": metrics.recall(gain, score, query_sizes, k) for k in (3, 5)}


def differences(values: Mapping[str, Mapping[str, FloatArray]], name: str, seed: int) -> dict[str, Any]:
    """How far `name` is above each other ranker in the decisive measure, paired by query."""
    mine = values[name][DECISIVE]
    return {
        other: metrics.interval(mine - found[DECISIVE], seed=seed, resamples=RESAMPLES).as_dict()
        for other, found in values.items()
        if other != name
    }


def measure_random(gain: FloatArray, query_sizes: IntArray, seed: int) -> dict[str, FloatArray]:
    """What an order that knows nothing can expect: the mean of `_SHUFFLES` random orders, one value a query."""
    rng = np.random.default_rng(seed)
    drawn = [measure(gain, rng.random(gain.size), query_sizes) for _ in range(_SHUFFLES)]
    return {name: np.mean([found[name] for found in drawn], axis=0) for name in drawn[0]}


def bounds_of(versions: Sequence[Version]) -> tuple[datetime, datetime]:
    """From when to judge, and until when any of `versions` learned."""
    judged_from = max(datetime.fromisoformat(one.manifest["held_out_from"]) for one in versions)
    return judged_from, max(datetime.fromisoformat(one.manifest["learned_until"]) for one in versions)


def _scorers(version: Version, dataset: Dataset, rival: Version | None, learned_until: datetime) -> dict[str, Scorer]:
    scorers: dict[str, Scorer] = {"version": load_ranker(version.folder).score}
    if rival is not None and rival.manifest["features"]["schema_sha256"] == dataset.report["features"]["schema_sha256"]:
        scorers["champion"] = load_ranker(rival.folder).score
    scorers |= {name: ranker.score for name, ranker in baselines(dataset.feature_names).items()}
    learned = dataset.where((dataset.queries["shown_at"] < learned_until).to_numpy())
    if len(learned.rows) and learned.queries["positive"].sum() >= FEWEST:
        scorers["logistic"] = fit(Recipe(ranker="logistic"), learned).score
    return scorers


def _counts(judged: Dataset) -> dict[str, Any]:
    queries, positive = len(judged.query_sizes), int(judged.queries["positive"].sum())
    return {
        "judged": positive,
        "without_a_positive": queries - positive,
        "share_without_a_positive": round(1 - positive / queries, 6),
    }


def _intervals(found: Mapping[str, FloatArray], seed: int) -> dict[str, Any]:
    return {name: metrics.interval(values, seed=seed, resamples=RESAMPLES).as_dict() for name, values in found.items()}


def _pack_scores_alike(version: Version, X: FloatArray) -> bool:
    """Whether the pack gives the model's scores to the last bit."""
    pack = Pack.load((version.folder / PACK).read_bytes())
    return pack.score(X).tobytes() == load_ranker(version.folder).score(X).tobytes()
