"""Training on several machines: LightGBM's ranker over Dask, whole queries a part.

The linear part is fitted here, as it is small. LightGBM takes no positions over Dask, so what the linear part found
that position did is added to the score from which the trees begin, and so nothing is left of it for them to learn.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Final

import lightgbm
import numpy as np

from ml.arrays import FloatArray, IntArray, linear
from ml.models.logistic import LAST_POSITION, LogisticRanker
from ml.models.ranker import LinearPlusTrees
from ml.models.stored import StoredRanker
from ml.models.trees import chances, finished, settings_of
from ml.training.groups import Dataset
from ml.training.learnable import signs_of
from ml.training.parted import Part, parted, refuse_cut
from ml.training.recipe import Recipe
from ml.training.tables import TableError

#: Parts for each worker: a worker joins its own before it trains, so more of them change little.
_PARTS: Final = 2
#: Rows that the linear part is fitted on at most, the newest ones: fifty weights need no more.
MOST_LINEAR: Final = 2_000_000


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
        return {"name": "dask", "workers": len(self.client.scheduler_info()["workers"])}


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
        raise TableError("Training on several machines needs Dask: install kith with [distributed].") from error


def fit_on(client: Any, recipe: Recipe, dataset: Dataset) -> LinearPlusTrees:
    """The hybrid of `recipe`, its trees fitted by the workers of `client`.

    Raises TableError for a ranker without trees, and when a query would be cut in two.
    """
    if recipe.ranker == "logistic":
        raise TableError("The logistic ranker has no trees to fit on several machines; leave out --engine dask.")
    parts = list(parted(dataset, _PARTS * len(client.scheduler_info()["workers"])))
    refuse_cut(parts)
    straight = _linear(recipe, parts)
    weights, intercept = straight.weights_ * recipe.trust, straight.intercept_ * recipe.trust
    scores = [linear(part.X, weights, intercept) + _of_position(straight, part) for part in parts]
    booster = _boosted(client, recipe, signs_of(dataset, recipe.monotone), parts, scores)
    return Fitted(weights, intercept, booster, straight.means_)


def _linear(recipe: Recipe, parts: Sequence[Part]) -> LogisticRanker:
    """The linear part on the newest rows; all of its weights 0 for a ranker of trees alone."""
    newest: list[Part] = []
    rows = 0
    for part in reversed(parts):
        if rows and rows + len(part.X) > MOST_LINEAR:
            break
        newest.insert(0, part)
        rows += len(part.X)
    X, y = np.concatenate([part.X for part in newest]), np.concatenate([part.y for part in newest])
    sizes = np.concatenate([part.query_sizes for part in newest])
    known = [part.position for part in newest if part.position is not None]
    ranker = LogisticRanker(strength=recipe.strength, grade=recipe.grade)
    ranker.fit(X, y, sizes, position=np.concatenate(known) if known else None)
    if recipe.ranker == "lightgbm":
        ranker.weights_, ranker.intercept_ = np.zeros_like(ranker.weights_), 0.0
    return ranker


def _of_position(straight: LogisticRanker, part: Part) -> FloatArray:
    """What its place added to each row's log-odds, shape (n_rows,)."""
    if part.position is None:
        return np.zeros(len(part.X))
    last = min(LAST_POSITION, len(straight.position_bias_) - 1)
    return straight.position_bias_[np.minimum(part.position, last)]


def _boosted(
    client: Any, recipe: Recipe, signs: Sequence[int], parts: Sequence[Part], scores: Sequence[FloatArray]
) -> lightgbm.Booster:
    settings = settings_of(recipe.parameters["trees"], monotone=signs, seed=recipe.seed, threads=1)
    trees, seeds = settings.pop("trees"), settings.pop("seeds")
    del settings["num_threads"]  # each worker uses those that it has
    data = {
        "X": _array(client, [part.X for part in parts]),
        "y": _array(client, [part.y for part in parts]),
        "group": _array(client, [part.query_sizes for part in parts]),
        "init_score": _array(client, scores),
    }
    boosters = []
    for number in range(seeds):
        figures = settings | chances(recipe.seed, number)
        ranker = lightgbm.DaskLGBMRanker(client=client, n_estimators=trees, **figures)
        boosters.append(ranker.fit(**data).booster_)
    return finished(boosters)


def _array(client: Any, blocks: Sequence[FloatArray] | Sequence[IntArray]) -> Any:
    """A Dask array of `blocks`, block by block on one worker after the other, so that those of a part lie together."""
    arrays = _dask("dask.array")
    workers = sorted(client.scheduler_info()["workers"])
    held = [client.scatter(block, workers=[workers[place % len(workers)]]) for place, block in enumerate(blocks)]
    parts = [arrays.from_delayed(one, block.shape, block.dtype) for one, block in zip(held, blocks, strict=True)]
    return arrays.concatenate(parts)
