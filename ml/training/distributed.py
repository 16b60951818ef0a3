"""Training on several machines: LightGBM's ranker over Dask, whole queries a part, each read where it is needed.

The linear part is fitted here, on the newest rows alone. LightGBM takes no positions over Dask, so what the linear
part found that position did is added to the score from which the trees begin, and so nothing is left of it for them to
learn.
"""

import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from operator import attrgetter
from typing import Any, Final

import lightgbm
import numpy as np

from ml.arrays import BoolArray, FloatArray, IntArray
from ml.models.logistic import MOST_ROWS, LogisticRanker, as_choices
from ml.models.ranker import LinearPlusTrees, begun_by, share_of
from ml.models.slates import begin_of_newest
from ml.models.stored import StoredRanker
from ml.models.trees import AT_CHOICES, chances, finished, settings_of
from ml.training.groups import Dataset
from ml.training.learnable import position_of, signs_of
from ml.training.parted import Outline, Part, read_part, refuse_cut, shares_of
from ml.training.recipe import Recipe
from ml.training.tables import TableError

#: Parts for each worker: a worker joins its own before it trains, so more of them change little.
_PARTS: Final = 2
#: Seconds to wait for workers that are about to start.
_PATIENCE: Final = 60
_INSTALL: Final = '.venv/bin/pip install "dask[distributed,dataframe]>=2025.1"'


@dataclass(frozen=True, slots=True)
class Fitted(StoredRanker):
    """A hybrid that was fitted on several machines; see `ml.models.ranker.LinearPlusTrees`."""

    means_: FloatArray


@dataclass(frozen=True, slots=True)
class Engine:
    """The workers of a cluster as what `ml.training.train` fits with."""

    client: Any

    def __call__(self, recipe: Recipe, dataset: Dataset) -> LinearPlusTrees:
        """Fit `recipe` on all of `dataset`."""
        return fit_on(self.client, recipe, dataset)

    @property
    def told(self) -> dict[str, Any]:
        """What a manifest says of it."""
        return {"name": "dask", "workers": len(_workers(self.client))}


@contextmanager
def cluster(workers: int, scheduler: str | None) -> Iterator[Any]:
    """The Dask cluster at the address `scheduler`, or one of `workers` processes on this machine's loopback.

    Raises TableError when Dask is not installed, or nobody answers at that address.
    """
    dask = _dask("distributed")
    if scheduler is not None:
        with _connected(dask, scheduler) as client:
            yield client
        return
    local = {"host": "127.0.0.1", "dashboard_address": None, "threads_per_worker": 1}
    with dask.LocalCluster(n_workers=workers, processes=True, **local) as here, dask.Client(here) as client:
        client.wait_for_workers(workers, timeout=_PATIENCE)
        yield client


def _connected(dask: Any, address: str) -> Any:
    try:
        return dask.Client(address, timeout="10s")
    except (OSError, ValueError) as error:
        raise TableError(f"No Dask scheduler answers at {address}.") from error


def _dask(module: str) -> Any:
    """A module of Dask, which is no part of every installation."""
    try:
        return import_module(module)
    except ImportError as error:
        raise TableError(f"Training on several machines needs Dask; `{_INSTALL}` adds it.") from error


def fit_on(client: Any, recipe: Recipe, dataset: Dataset) -> LinearPlusTrees:
    """The hybrid of `recipe`, its trees fitted by the workers of `client`, which read the rows of `dataset` themselves.

    Raises TableError for a ranker without trees, when a query would be cut in two, and for what `read_part` refuses.
    """
    if recipe.ranker == "logistic":
        raise TableError("The logistic ranker has no trees to fit on several machines; leave out --engine dask.")
    parts = _read(client, dataset)
    straight = _linear(recipe, dataset)
    share = share_of(recipe.linear_trust, len(dataset.query_sizes))
    began = partial(_first_scores, straight=straight)
    booster = _boosted(client, recipe, signs_of(dataset, recipe.monotone), parts, began)
    return Fitted(straight.weights_ * share, straight.intercept_ * share, booster, straight.means_)


@dataclass(frozen=True, slots=True)
class _Held:
    """A part that a worker holds. part : the future of it."""

    part: Any
    worker: str
    rows: int
    queries: int
    features: int


def _workers(client: Any) -> list[str]:
    """The addresses of all workers; TableError when none comes."""
    try:
        client.wait_for_workers(1, timeout=_PATIENCE)
    except TimeoutError as error:
        raise TableError("The Dask cluster has no workers.") from error
    return sorted(client.scheduler_info(n_workers=-1)["workers"])


def _read(client: Any, dataset: Dataset) -> list[_Held]:
    """Let each worker in turn read a part; TableError when one cannot, or when a query was cut."""
    workers = _workers(client)
    held = []
    for number, share in enumerate(shares_of(dataset, _PARTS * len(workers))):
        worker = workers[number % len(workers)]
        part = client.submit(read_part, share, workers=[worker], pure=False)
        held.append(_Held(part, worker, *share.rows.shape[:1], share.queries, share.rows.shape[1]))
    refuse_cut(client.gather([client.submit(Outline.of, each.part, workers=[each.worker]) for each in held]))
    return held


def _linear(recipe: Recipe, dataset: Dataset) -> LogisticRanker:
    """The linear part, fitted here on the newest rows; all of its weights 0 for a ranker of trees alone."""
    sizes = dataset.query_sizes
    newest = dataset.where(np.cumsum(sizes) - sizes >= begin_of_newest(sizes, MOST_ROWS))
    ranker = LogisticRanker(strength=recipe.strength, grade=recipe.grade)
    ranker.fit(newest.features, newest.relevance, newest.query_sizes, position=position_of(newest))
    if recipe.ranker == "lightgbm":
        ranker.weights_, ranker.intercept_ = np.zeros_like(ranker.weights_), 0.0
    return ranker


def _first_scores(part: Part, *, straight: LogisticRanker) -> FloatArray:
    """From where the trees begin: a share of the linear score, and what its place added to each row's log-odds."""
    return begun_by(straight, part.X) + straight.standing(part.position, len(part.X))


def _choice(part: Part, *, which: int, grade: float) -> BoolArray | FloatArray:
    """What trees that aim at choices learn from: whether each row was chosen (0), or its weight (1)."""
    return as_choices(part.y, grade, None)[which]


def _a_row(held: _Held) -> tuple[int]:
    return (held.rows,)


def _boosted(
    client: Any, recipe: Recipe, signs: Sequence[int], parts: Sequence[_Held], began: Callable[[Part], FloatArray]
) -> lightgbm.Booster:
    settings = settings_of(recipe.parameters["trees"], monotone=signs, seed=recipe.seed, threads=1)
    trees, seeds = settings.pop("trees"), settings.pop("seeds")
    del settings["num_threads"]  # each worker uses those that it has
    data = {
        "X": _array(client, attrgetter("X"), parts, lambda held: (held.rows, held.features), np.float64),
        "group": _array(client, attrgetter("query_sizes"), parts, lambda held: (held.queries,), np.int64),
        "init_score": _array(client, began, parts, _a_row, np.float64),
    }
    boosters = []
    for told, labels in _aims(client, recipe, parts):
        for number in range(seeds):
            figures = settings | told | chances(recipe.seed, number)
            ranker = lightgbm.DaskLGBMRanker(client=client, n_estimators=trees, **figures)
            with warnings.catch_warnings():  # of settings that LightGBM makes itself and then ignores
                warnings.filterwarnings("ignore", "Parameter .* will be ignored", UserWarning)
                boosters.append(ranker.fit(**data, **labels).booster_)
    return finished(boosters)


def _aims(client: Any, recipe: Recipe, parts: Sequence[_Held]) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """What LightGBM is told for each aim of the trees, and the labels: as `ml.models.trees.train_trees` does."""
    yield {}, {"y": _array(client, attrgetter("y"), parts, _a_row, np.int64)}
    if recipe.ranker == "hybrid":
        chosen, weight = (partial(_choice, which=which, grade=recipe.grade) for which in (0, 1))
        labels = {"y": _array(client, chosen, parts, _a_row, np.bool_)}
        yield AT_CHOICES, labels | {"sample_weight": _array(client, weight, parts, _a_row, np.float64)}


def _array(
    client: Any,
    of: Callable[[Part], FloatArray | IntArray | BoolArray],
    parts: Sequence[_Held],
    shape: Callable[[_Held], tuple[int, ...]],
    kind: type,
) -> Any:
    """A Dask array of what `of` gives of each part, which stays on the worker that read it."""
    arrays = _dask("dask.array")
    there = [client.submit(of, held.part, workers=[held.worker], pure=False) for held in parts]
    blocks = [arrays.from_delayed(one, shape(held), kind) for one, held in zip(there, parts, strict=True)]
    return arrays.concatenate(blocks)
