"""A split by time with an embargo, whole queries and whole referrals on one side."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Final

import numpy as np
import polars as pl

from ml.training.groups import Dataset
from ml.training.labels import WINDOW
from ml.training.learnable import is_timed
from ml.training.tables import TableError

#: With fewer queries that have a positive on either side nothing can be said.
FEWEST: Final = 20


@dataclass(frozen=True, slots=True)
class Split:
    """Queries to learn from, all shown before `learned_until`, and held-out ones, all shown from `held_out_from` on."""

    train: Dataset
    held_out: Dataset
    learned_until: datetime
    held_out_from: datetime


def split_of(dataset: Dataset, *, share: float, embargo: timedelta) -> Split:
    """Split `dataset` at the day that its report names (where its test file begins), else at its newest `share`.

    An embargo is kept where times are told; where queries are only in order, there is nothing to wait for.
    """
    named = dataset.report.get("held_out_from")
    if named is not None:
        return _at(dataset, datetime.fromisoformat(named), timedelta())
    return split_by_time(dataset, share=share, embargo=embargo if is_timed(dataset) else timedelta())


def split_by_time(dataset: Dataset, *, share: float = 0.2, embargo: timedelta = WINDOW) -> Split:
    """Hold out the newest `share` of the queries with a positive, from midnight of the day where it begins.

    embargo : slates shown this long before the first held-out one are on neither side, as their outcomes were not
    known when it was shown. Raises TableError when too few queries are left on a side.
    """
    if not 0 < share < 1:
        raise ValueError("the share held out must lie between 0 and 1")
    return _at(dataset, _day_of_share(dataset.queries, share), embargo)


def _at(dataset: Dataset, held_out_from: datetime, embargo: timedelta) -> Split:
    learned_until = held_out_from - embargo
    train = dataset.where((dataset.queries["shown_at"] < learned_until).to_numpy())
    _refuse_few(train, f"were shown before {learned_until:%d %B %Y}, when learning has to stop")
    return Split(train, held_out(dataset, held_out_from, learned_until), learned_until, held_out_from)


def held_out(dataset: Dataset, held_out_from: datetime, learned_until: datetime) -> Dataset:
    """The queries shown from `held_out_from` on, without referrals that were learned from before `learned_until`.

    Raises TableError when too few are left.
    """
    queries = dataset.queries
    learned = queries.filter(pl.col("shown_at") < learned_until)["referral"]
    new = (queries["shown_at"] >= held_out_from) & ~queries["referral"].is_in(learned.implode())
    kept = dataset.where(new.to_numpy())
    _refuse_few(kept, f"were shown from {held_out_from:%d %B %Y} on, when judging begins")
    return kept


def _day_of_share(queries: pl.DataFrame, share: float) -> datetime:
    positive = queries.filter("positive")["shown_at"].sort()
    if positive.is_empty():
        raise TableError("No query has a positive, so nothing can be learned.")
    place = min(int(np.floor(len(positive) * (1 - share))), len(positive) - 1)
    return datetime.combine(positive[place].date(), time(), UTC)


def _refuse_few(side: Dataset, what: str) -> None:
    found = int(side.queries["positive"].sum()) if len(side.rows) else 0
    if found < FEWEST:
        raise TableError(_too_few(found, side, what))


def _too_few(found: int, side: Dataset, what: str) -> str:
    if side.foreign:
        early = is_timed(side) and what.startswith("were shown before")
        sooner = " Where labels need no time, use `kith ml train --embargo-days 0`." if early else ""
        return f"Queries with a positive that {what}: {found}; {FEWEST} are needed. Give the data set more.{sooner}"
    return f"Only {found} slates with a choice {what}; {FEWEST} are needed. Wait for more of them."
