"""Judge a version on asks that it did not learn from, and on the truth of a made-up centre, beside plain orders."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import numpy as np

from ml import metrics
from ml.arrays import FloatArray, IntArray
from ml.features.volunteers import VOLUNTEERS
from ml.models.baselines import FixedRanker
from ml.models.packed import pack_of
from ml.models.registry import RegistryError, Version
from ml.models.stored import load_ranker
from ml.training.evaluate import DECISIVE, RESAMPLES, Scorer, bounds_of, differences, measure, measure_random
from ml.training.groups import Dataset
from ml.training.labels import text_of
from ml.training.pairing import refuse_strangers
from ml.training.promote import about_champion
from ml.training.recipe import Recipe
from ml.training.split import held_out
from ml.training.tables import TableError
from ml.training.train import fit
from ml.training.volunteers.slices import slices
from ml.training.volunteers.town import BEGINS
from ml.training.volunteers.world import graded, read_volunteers_truth

#: How a version is made: what becomes of an ask is known in a fortnight. The trust led in even centres of seeds 1, 2.
RECIPE: Final = Recipe(embargo_days=14, linear_trust=40.0)
#: Orders that a version has to be better than.
PLAIN: Final[Mapping[str, Mapping[str, float]]] = {
    "nearest first": {"distance_of_reach": -1.0},
    "least asked": {"asks_30d": -1.0},
    "rules": {name: weight for name, (weight, _) in VOLUNTEERS.plain.items()},
}
#: Rows on which the pack is compared with the model, byte by byte; and the fewest tasks that make a volunteer's list.
_COMPARED: Final = 500
_FEWEST_TASKS: Final = 5
_WEEK: Final = 7


def evaluate(
    version: Version, dataset: Dataset, *, champion: Version | None = None, world: Path | None = None, seed: int = 1
) -> dict[str, Any]:
    """Measure `version`, the champion and plain orders on asks that neither version learned from.

    world : a made-up centre whose truth is asked too. Returns what the registry keeps as evaluation.json. Raises
    TableError when the data set is of another schema, or too few asks are left to judge on.
    """
    refuse_other_sets(dataset)
    refuse_strangers(version, dataset)
    rival = None if champion is None or champion.name == version.name else champion
    judged_from, learned_until = bounds_of([version, *([rival] if rival else [])])
    kept = held_out(dataset, judged_from, learned_until)
    judged = _comparable(kept)
    scorers = {"version": load_ranker(version.folder).score, **plain_orders()}
    if rival is not None and rival.manifest["features"]["schema_sha256"] == VOLUNTEERS.schema_hash():
        scorers["champion"] = load_ranker(rival.folder).score
    scorers["logistic"] = fit(Recipe(ranker="logistic"), _learned(dataset, learned_until)).score
    values = _values(scorers, judged.X, metrics.gains_of(judged.relevance), judged.query_sizes)
    values["random"] = measure_random(metrics.gains_of(judged.relevance), judged.query_sizes, seed)
    found = {
        "version": version.name,
        "model_sha256": version.pack_sha256,
        "data": {"sha256": dataset.sha256, "as_of": dataset.report["as_of"], "inputs": dataset.report["inputs"]},
        "judged_from": text_of(judged_from),
        "queries": _counts(kept, judged),
        "bootstrap": {"seed": seed, "resamples": RESAMPLES},
        "quality": {name: _intervals(each, seed) for name, each in values.items()},
        "over": differences(values, "version", seed),
        "slices": slices(judged, {name: each[DECISIVE] for name, each in values.items()}),
        "champion": None if rival is None else rival.name,
        "pack_scores_alike": _pack_scores_alike(version, judged.X[:_COMPARED]),
    }
    return found if world is None else found | {"truth": against_truth(world, judged_from, scorers, seed)}


def plain_orders() -> dict[str, Scorer]:
    """The orders that need no learning, by name."""
    return {name: FixedRanker(weights, VOLUNTEERS.names).score for name, weights in PLAIN.items()}


def refuse_other_sets(dataset: Dataset) -> None:
    """Raise TableError unless `dataset` has today's features of the volunteers' set."""
    if dataset.report["features"]["schema_sha256"] != VOLUNTEERS.schema_hash():
        raise TableError("This data set is not of the volunteers' features of today; run `kith ml volunteers dataset`.")


def against_truth(world: Path, judged_from: datetime, scorers: Mapping[str, Scorer], seed: int) -> dict[str, Any]:
    """Measure orders by the true chance of a yes, among all who are eligible, for both questions.

    volunteers : for each task posted from `judged_from` on, everybody eligible. tasks : for each volunteer and week,
    the tasks that they could have done, at least five.
    """
    truth = read_volunteers_truth(world)
    late = truth.day >= (judged_from.date() - BEGINS).days
    X, chance = truth.X[late], truth.chance[late]
    scores = {name: score(X) for name, score in scorers.items()}
    week = truth.volunteer[late] * 10_000 + truth.day[late] // _WEEK
    return {
        "volunteers": _true_quality(scores, chance, truth.task[late], 1, seed),
        "tasks": _true_quality(scores, chance, week, _FEWEST_TASKS, seed),
    }


def _true_quality(
    scores: Mapping[str, FloatArray], chance: FloatArray, query: IntArray, fewest: int, seed: int
) -> dict[str, Any]:
    order = np.argsort(query, kind="stable")
    sizes = np.unique(query, return_counts=True)[1]
    kept = order[np.repeat(sizes >= fewest, sizes)]
    sizes = sizes[sizes >= fewest]
    gain = metrics.gains_of(graded(chance[kept], sizes))
    values = {name: {DECISIVE: metrics.ndcg(gain, score[kept], sizes, 10)} for name, score in scores.items()}
    quality = {name: _intervals(each, seed)[DECISIVE] for name, each in values.items()}
    return {"queries": len(sizes), "quality": quality, "over": differences(values, "version", seed)}


def refusals(version: Version, champion: Version | None = None) -> list[str]:
    """Say every reason not to let `version` serve in the place of `champion`; none when it may."""
    found = version.evaluation
    if version.manifest["features"]["schema_sha256"] != VOLUNTEERS.schema_hash():
        return ["It was trained with other features than phones and server work out today: train again."]
    if found is None or found["model_sha256"] != version.pack_sha256:
        return [f"It was not evaluated: run `kith ml volunteers evaluate {version.name}`."]
    reasons = [] if found["pack_scores_alike"] else ["Its pack does not give the model's scores to the last bit."]
    worse = [name for name in (*PLAIN, "random") if found["over"][name]["low"] <= 0]
    reasons += [f"It is not better than {name} on {found['queries']['judged']} tasks." for name in worse]
    return reasons + about_champion(version, champion, found, command="kith ml volunteers evaluate")


class RefusalError(RegistryError):
    """A version may not serve; the message says every reason."""

    def __init__(self, version: str, reasons: Sequence[str]) -> None:
        super().__init__(f"Version {version} was not promoted:\n" + "\n".join(f"- {reason}" for reason in reasons))


def _learned(dataset: Dataset, until: datetime) -> Dataset:
    return dataset.where((dataset.queries["shown_at"] < until).to_numpy())


def _values(
    scorers: Mapping[str, Scorer], X: FloatArray, gain: FloatArray, sizes: IntArray
) -> dict[str, dict[str, FloatArray]]:
    return {name: measure(gain, score(X), sizes) for name, score in scorers.items()}


def _intervals(found: Mapping[str, FloatArray], seed: int) -> dict[str, Any]:
    return {name: metrics.interval(values, seed=seed, resamples=RESAMPLES).as_dict() for name, values in found.items()}


def _comparable(kept: Dataset) -> Dataset:
    """The tasks with a yes beside another answer: on one alone, or on noes alone, all orders are as good."""
    starts = np.cumsum(kept.query_sizes) - kept.query_sizes
    low, high = (each.reduceat(kept.relevance, starts) for each in (np.minimum, np.maximum))
    if not (low < high).any():
        raise TableError("No task that was kept for judging has a yes beside another answer, so orders are all alike.")
    return kept.where(low < high)


def _counts(kept: Dataset, judged: Dataset) -> dict[str, Any]:
    queries, positive = len(kept.query_sizes), int(kept.queries["positive"].sum())
    return {
        "judged": len(judged.query_sizes),
        "without_a_positive": queries - positive,
        "nothing_beside_a_yes": positive - len(judged.query_sizes),
    }


def _pack_scores_alike(version: Version, X: FloatArray) -> bool:
    pack = pack_of(version, VOLUNTEERS)
    return pack.score(X).tobytes() == load_ranker(version.folder).score(X).tobytes()
