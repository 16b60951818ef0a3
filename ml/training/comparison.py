"""Every ranker on several made-up worlds, compared with their truth: what decides which ranker Kith uses."""

import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any, Final

import numpy as np

from ml import metrics
from ml.arrays import FloatArray
from ml.features import FEATURE_NAMES, schema_hash
from ml.models.baselines import baselines
from ml.models.ranker import LinearPlusTrees
from ml.training.dataset import build_dataset
from ml.training.evaluate import DECISIVE, RESAMPLES, measure
from ml.training.groups import Dataset
from ml.training.recipe import MAKERS, Recipe
from ml.training.split import split_by_time
from ml.training.tables import Tables
from ml.training.train import fit
from ml.training.truth import read_truth
from ml.training.world import make_world

#: The ranker whose lead over the others is told.
OURS: Final = "hybrid"


#: The same ranker, which is not told where anything was shown.
BLIND: Final = "hybrid without position"


@dataclass(frozen=True, slots=True)
class Task:
    """One world to make, and the rankers to train there. settings : single dials turned."""

    dial: str
    seed: int
    referrals: int
    rankers: tuple[str, ...]
    settings: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class WorldResult:
    """NDCG@10 of each ranker in one world, one value a judged query."""

    dial: str
    seed: int
    learned: int
    values: dict[str, FloatArray]


def compare(
    dials: Sequence[str],
    seeds: Sequence[int],
    referrals: int,
    *,
    rankers: Sequence[str] = tuple(MAKERS),
    settings: Mapping[str, float] | None = None,
    jobs: int = 1,
    progress: Callable[[str], None] = lambda _: None,
) -> dict[str, Any]:
    """Make each world, train every ranker on its older part, and measure all on the truth of its newest part.

    rankers : of `recipe.MAKERS`, and `BLIND`. settings : dials turned in every world. jobs : worlds at a time, each in
    a process of its own; they change no figure.
    """
    turned = tuple(sorted((settings or {}).items()))
    tasks = [Task(dial, seed, referrals, tuple(rankers), turned) for dial in dials for seed in seeds]
    results = list(_results(tasks, jobs, progress))
    return {
        "referrals": referrals,
        "seeds": list(seeds),
        "settings": dict(turned),
        "features_sha256": schema_hash(),
        "recipe": Recipe().parameters,
        "worlds": [_told(result) for result in results],
        "dials": {dial: _over_seeds([one for one in results if one.dial == dial]) for dial in dials},
    }


def _results(tasks: Sequence[Task], jobs: int, progress: Callable[[str], None]) -> Iterator[WorldResult]:
    if jobs == 1:
        for task in tasks:
            progress(f"World {task.dial}, seed {task.seed}")
            yield one_world(task)
        return
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        for done, result in enumerate(pool.map(one_world, tasks), start=1):
            progress(f"{done} of {len(tasks)} worlds measured")
            yield result


def one_world(task: Task) -> WorldResult:
    """Make a world, train there and measure."""
    with tempfile.TemporaryDirectory() as folder:
        world = Path(folder)
        make_world(world, seed=task.seed, referrals=task.referrals, dial=task.dial, settings=dict(task.settings))
        split = split_by_time(build_dataset(Tables(world)))
        truth = read_truth(world, split.held_out_from)
    rankers = baselines(FEATURE_NAMES) | {name: _fitted(name, split.train) for name in task.rankers}
    values = {
        name: measure(truth.gain, ranker.score(truth.X), truth.query_sizes)[DECISIVE]
        for name, ranker in rankers.items()
    }
    return WorldResult(task.dial, task.seed, len(split.train.query_sizes), values)


def _fitted(name: str, train: Dataset) -> LinearPlusTrees:
    if name == BLIND:
        return Recipe(ranker=OURS).make().fit(train.X, train.relevance, train.query_sizes)
    return fit(Recipe(ranker=name), train)


def _told(result: WorldResult) -> dict[str, Any]:
    quality = {name: _interval(values, result.seed) for name, values in result.values.items()}
    return {"dial": result.dial, "seed": result.seed, "queries_learned": result.learned, "quality": quality}


def _over_seeds(results: Sequence[WorldResult]) -> dict[str, Any]:
    """Mean of the worlds' means, with an interval over all their queries, and the paired lead of ours."""
    together = {name: np.concatenate([one.values[name] for one in results]) for name in results[0].values}
    return {
        "quality": {name: _interval(values, 1) for name, values in together.items()},
        "mean_of_seeds": {
            name: round(float(np.mean([np.nanmean(one.values[name]) for one in results])), 6) for name in together
        },
        "lead": {name: _interval(together[OURS] - values, 1) for name, values in together.items() if name != OURS},
    }


def _interval(values: FloatArray, seed: int) -> dict[str, float]:
    return metrics.interval(values, seed=seed, resamples=RESAMPLES).as_dict()


def as_markdown(found: dict[str, Any]) -> str:
    """The comparison as two tables: means over seeds with intervals, and each world by itself."""
    return "\n\n".join((_summary(found), _worlds(found)))


def _summary(found: dict[str, Any]) -> str:
    lines = []
    for dial, over in found["dials"].items():
        lines += [
            f"**{dial}**, {found['referrals']} referrals, seeds {', '.join(map(str, found['seeds']))}",
            "",
            "| ranker | NDCG@10, mean of seeds | 95 % interval | hybrid is better by |",
            "|---|---|---|---|",
        ]
        for name, quality in over["quality"].items():
            lead = over["lead"].get(name)
            told = "" if lead is None else f"{lead['mean']:+.3f} ({lead['low']:+.3f} to {lead['high']:+.3f})"
            span = f"{quality['low']:.3f} to {quality['high']:.3f}"
            lines.append(f"| {name} | {over['mean_of_seeds'][name]:.3f} | {span} | {told} |")
        lines.append("")
    return "\n".join(lines).rstrip()


def _worlds(found: dict[str, Any]) -> str:
    names = list(found["worlds"][0]["quality"])
    lines = [f"| world | slates learned from | {' | '.join(names)} |", "|---|---|" + "---|" * len(names)]
    for world in found["worlds"]:
        measured = " | ".join(f"{world['quality'][name]['mean']:.3f}" for name in names)
        lines.append(f"| {world['dial']}, seed {world['seed']} | {world['queries_learned']} | {measured} |")
    return "\n".join(lines)
