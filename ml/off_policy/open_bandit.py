"""One logging policy's value from the other's log, on the Open Bandit Dataset: real clicks, true propensities.

Each row is one item at one of three places of a page, with the chance that its policy gave it there. ``random`` gave
each item the same; ``bts``, Bernoulli Thompson sampling without context, changed its chances from batch to batch, so
what it would do on a row of the other log is taken as how often it showed that item at that place in its own.
Source: Saito, Aihara, Matsutani and Narita, Open Bandit Dataset and Pipeline (2021), sections 3 and 5.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import polars as pl

from ml.arrays import FloatArray, IntArray
from ml.off_policy import estimators
from ml.off_policy.intervals import bootstrap
from ml.off_policy.refusal import refuse_few
from ml.off_policy.weights import importance

POLICIES: Final = ("random", "bts")
CAMPAIGNS: Final = ("men", "women")
_FOLDS: Final = 5
#: Clicks are as rare as 1 in 200: an item's rate is drawn towards the mean as by so many impressions.
_PRIOR: Final = 400.0


@dataclass(frozen=True, slots=True)
class Impressions:
    """A log of one policy and campaign; all of shape (n_rows,). click : 0 or 1. item, position : from 0."""

    click: FloatArray
    propensity: FloatArray
    item: IntArray
    position: IntArray


def read(folder: Path, policy: str, campaign: str) -> Impressions:
    """Read ``<policy>/<campaign>/<campaign>.csv.gz`` below `folder`."""
    frame = pl.read_csv(
        folder / policy / campaign / f"{campaign}.csv.gz",
        columns=["item_id", "position", "click", "propensity_score"],
    )
    return Impressions(
        frame["click"].cast(pl.Float64).to_numpy(),
        frame["propensity_score"].to_numpy(),
        frame["item_id"].cast(pl.Int64).to_numpy(),
        frame["position"].cast(pl.Int64).to_numpy() - 1,
    )


def chances(log: Impressions, policy: str) -> FloatArray:
    """The chance of each item at each position under `policy`, shape (n_positions, n_items), rows that sum to 1.

    log : of that policy; one impression more is counted of each, so that none has no chance.
    """
    shape = (int(log.position.max()) + 1, int(log.item.max()) + 1)
    if policy == "random":
        return np.full(shape, 1.0 / shape[1])
    counts = np.ones(shape)
    np.add.at(counts, (log.position, log.item), 1.0)
    return np.asarray(counts / counts.sum(axis=1, keepdims=True))


def value_elsewhere(log: Impressions, target: FloatArray, *, seed: int, clip: float = np.inf) -> dict[str, Any]:
    """The click rate of `target`, shape (n_positions, n_items), from a log of the other policy.

    Returns estimator → interval, with ess and the naive mean. Raises TooFewError below the fewest effective rows.
    """
    sizes = np.ones(log.click.size, dtype=np.int64)
    weights = importance(target[log.position, log.item], log.propensity, sizes, clip=clip)
    refuse_few(weights.ess)
    rate = _rates(log, target.shape[1])
    expected = (target[log.position] * rate).sum(axis=1)
    values = {
        "naive": estimators.naive(log.click, sizes),
        "ips": estimators.ips(log.click, weights.value, sizes),
        "snips": estimators.snips(log.click, weights.value, sizes),
        "dr": estimators.doubly_robust(
            log.click, weights.value, sizes,
            predicted_logged=rate[np.arange(sizes.size), log.item], predicted_target=expected,
        ),
    }  # fmt: skip
    found = {name: bootstrap(value, seed=seed).as_dict() for name, value in values.items()}
    return {"ess": weights.ess, "clipped": weights.clipped, "estimates": found}


def _rates(log: Impressions, items: int) -> FloatArray:
    """What a row would earn with each item, shape (n_rows, n_items): the items' shrunken rates in the other folds."""
    fold = np.arange(log.click.size) % _FOLDS
    rates = np.empty((_FOLDS, items))
    for held in range(_FOLDS):
        train = fold != held
        clicks = np.bincount(log.item[train], log.click[train], items)
        shown = np.bincount(log.item[train], minlength=items)
        rates[held] = (clicks + _PRIOR * log.click[train].mean()) / (shown + _PRIOR)
    return rates[fold]
