"""Folds inside the side that is learned from: each learns from what came before and is judged on what came after."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from typing import Final

import numpy as np

from ml.arrays import BoolArray
from ml.training.groups import Dataset
from ml.training.learnable import is_timed
from ml.training.split import FEWEST
from ml.training.tables import TableError

#: Before this share of the queries with a positive nothing is judged, as too little was learned from.
_BEGIN: Final = 0.4


@dataclass(frozen=True, slots=True)
class Fold:
    """Queries to learn from and queries to judge on, none of which share a referral."""

    learn: Dataset
    judge: Dataset


def folds(dataset: Dataset, *, count: int, embargo: timedelta, seed: int) -> list[Fold]:
    """Cut `dataset` into `count` folds: an expanding window over time, or groups by chance where no time is known.

    embargo : before each judged part, over time only. seed : of the groups. Raises TableError when fewer than two
    folds have enough queries with a positive on both sides.
    """
    made = _over_time(dataset, count, embargo) if is_timed(dataset) else _by_group(dataset, count, seed)
    kept = [fold for fold in made if min(_positives(fold.learn), _positives(fold.judge)) >= FEWEST]
    if len(kept) < 2:
        raise TableError(
            f"There is too little to tune on: {len(kept)} of {count} folds have {FEWEST} slates with a choice on both "
            "sides, and two are needed. The usual recipe stands."
        )
    return kept


def _over_time(dataset: Dataset, count: int, embargo: timedelta) -> Iterator[Fold]:
    shown = dataset.queries["shown_at"]
    positive = np.flatnonzero(dataset.queries["positive"].to_numpy())
    if not len(positive):
        return
    shares = np.linspace(_BEGIN, 1.0, count + 1)
    places = positive[np.minimum((shares * len(positive)).astype(np.int64), len(positive) - 1)]
    for first, last in pairwise(places):
        begin, end = shown[int(first)], shown[int(last)]
        until = shown <= end if last == places[-1] else shown < end  # where the next fold begins
        learned = dataset.where((shown < begin - embargo).to_numpy())
        if len(learned.rows) and _positives(learned) >= FEWEST:
            yield _fold(learned, dataset.where((until & (shown >= begin)).to_numpy()))


def _fold(learned: Dataset, judged: Dataset) -> Fold:
    known = judged.queries["referral"].is_in(learned.rows["referral"].unique().implode()).to_numpy()
    return Fold(learned, judged.where(~known))


def _by_group(dataset: Dataset, count: int, seed: int) -> Iterator[Fold]:
    names = dataset.queries["referral"].to_numpy().astype(str)
    _, group = np.unique(names, return_inverse=True)
    drawn = np.random.default_rng(seed).permutation(group.max() + 1)
    for number in range(count):
        judged: BoolArray = drawn[group] % count == number
        yield Fold(dataset.where(~judged), dataset.where(judged))


def _positives(side: Dataset) -> int:
    return int(side.queries["positive"].sum()) if len(side.rows) else 0
