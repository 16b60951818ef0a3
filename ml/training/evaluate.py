"""Judge a version on slates that neither it nor the champion learned from, beside what it has to beat."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final, TypeAlias

import numpy as np

from ml import metrics
from ml.arrays import FloatArray, IntArray
from ml.models.baselines import baselines
from ml.models.packed import pack_of
from ml.models.registry import Version
from ml.models.stored import load_ranker
from ml.training.corrected import corrected
from ml.training.curve import learning_curve
from ml.training.explained import compare_explained
from ml.training.groups import Dataset
from ml.training.labels import text_of
from ml.training.pairing import refuse_strangers, refuse_volunteers
from ml.training.recipe import Recipe
from ml.training.slices import by_slice, slices_of
from ml.training.split import FEWEST, held_out
from ml.training.train import fit

Scorer: TypeAlias = Callable[[FloatArray], FloatArray]

#: The measure on which promotion is decided.
DECISIVE: Final = "ndcg@10"
#: How many resamples make an interval.
RESAMPLES: Final = 2000
#: Orders that every slice is measured with, beside the version.
TOLD_BY_SLICE: Final[tuple[str, ...]] = ("version", "champion", "rules", "logistic")
#: The least relevance that counts, by what is asked for.
LABELS: Final[Mapping[str, int]] = {"chosen": 1, "attended": 2, "sustained": 3}
#: How many random orders are averaged.
_SHUFFLES: Final = 30
#: Rows on which the pack is compared with the model, byte by byte.
_COMPARED: Final = 500


def evaluate(
    version: Version,
    dataset: Dataset,
    *,
    champion: Version | None = None,
    seed: int = 1,
    curve: bool = False,
    progress: Callable[[str], None] = lambda _: None,
) -> dict[str, Any]:
    """Measure `version`, the champion and every baseline on the slates that neither version learned from.

    seed : of the bootstrap and of the random orders. curve : also fit the recipe on growing parts. Returns what the
    registry keeps as evaluation.json. Raises TableError when too few slates are left to judge on, or the data set has
    other features.
    """
    refuse_strangers(version, dataset)
    refuse_volunteers(dataset)
    rival = None if champion is None or champion.name == version.name else champion
    judged_from, learned_until = bounds_of([version, *([rival] if rival else [])])
    judged = held_out(dataset, judged_from, learned_until)
    X, gain = judged.X, metrics.gains_of(judged.relevance)
    scores = {name: score(X) for name, score in _scorers(version, dataset, rival, learned_until).items()}
    values = {name: measure(gain, score, judged.query_sizes) for name, score in scores.items()}
    values["random"] = measure_random(gain, judged.query_sizes, seed)
    told = {name: scores[name] for name in TOLD_BY_SLICE if name in scores}
    return {
        "version": version.name,
        "model_sha256": version.model_sha256,
        "data": {"sha256": dataset.sha256, "as_of": dataset.report["as_of"], "inputs": dataset.report["inputs"]},
        "judged_from": text_of(judged_from),
        "queries": _counts(judged),
        "bootstrap": {"seed": seed, "resamples": RESAMPLES},
        "quality": {name: _intervals(found, seed) for name, found in values.items()},
        "over": differences(values, "version", seed),
        "by_label": _by_label(judged, scores, seed),
        "slices": by_slice(slices_of(judged), gain, told, judged, seed=seed),
        "corrected": corrected(dataset, judged, gain, scores, seed=seed),
        "choices": compare_explained(gain, scores, judged.position, judged.query_sizes, seed=seed),
        "champion": None if rival is None else rival.name,
        "pack_scores_alike": version.has_pack and _pack_scores_alike(version, X[:_COMPARED]),
        **({"learning_curve": learning_curve(version, dataset, judged, seed=seed, progress=progress)} if curve else {}),
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
    if not dataset.foreign:
        scorers |= {name: ranker.score for name, ranker in baselines(dataset.feature_names).items()}
    learned = dataset.where((dataset.queries["shown_at"] < learned_until).to_numpy())
    if len(learned.rows) and learned.queries["positive"].sum() >= FEWEST:
        scorers["logistic"] = fit(Recipe(ranker="logistic"), learned).score
    return scorers


def _by_label(judged: Dataset, scores: Mapping[str, FloatArray], seed: int) -> dict[str, Any]:
    """NDCG@10 where only some labels count, and all that count alike: whatever was chosen, or only what lasted."""
    relevance, sizes = judged.relevance, judged.query_sizes
    found = {}
    for name, least in LABELS.items():
        if np.count_nonzero(np.add.reduceat(relevance >= least, np.cumsum(sizes) - sizes)) < FEWEST:
            continue
        gain = (relevance >= least).astype(np.float64)
        values = {order: metrics.ndcg(gain, score, sizes, 10) for order, score in scores.items()}
        found[name] = {
            order: metrics.interval(one, seed=seed, resamples=RESAMPLES).as_dict() for order, one in values.items()
        }
    return found


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
    pack = pack_of(version)
    return pack.score(X).tobytes() == load_ranker(version.folder).score(X).tobytes()
