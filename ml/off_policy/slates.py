"""Logged slates as an estimator reads them: what was shown where, with which chance, and what it earned."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from typing import Final, Literal

import numpy as np
import polars as pl
from numpy.typing import NDArray

from ml.arrays import BoolArray, FloatArray, IntArray
from ml.models.slates import MOST_RELEVANT
from ml.off_policy.placing import as_logged, drawn_by_chance
from ml.off_policy.refusal import OffPolicyError, refuse_mixture
from ml.training.choices import CHOICE_WINDOW
from ml.training.groups import Dataset
from ml.training.labels import WINDOW, end_of

Reward = Literal["chosen", "outcome"]
_NOT_CHOSEN: Final = "skipped"
_WAITING: Final = "waiting"


@dataclass(frozen=True, slots=True)
class LoggedSlates:
    """Slates of known policies.

    X : shape (n_rows, n_features). reward : (n_rows,), 0 to 1. chosen : (n_rows,). position : (n_rows,), from 0.
    table : (n_rows, n_places), the chance that the log showed a row at each place, given the slate's rows.
    query_sizes : rows in each slate. by_chance : (n_queries,), whether the slate might have been in any order.
    left_out : how many slates were left out, by why. policies : how many there are of each policy.
    """

    X: FloatArray
    reward: FloatArray
    chosen: BoolArray
    position: IntArray
    table: FloatArray
    query_sizes: IntArray
    by_chance: BoolArray
    left_out: dict[str, int]
    policies: dict[str, int] = field(default_factory=dict)

    @property
    def propensity(self) -> FloatArray:
        """The chance of what was logged, shape (n_rows,)."""
        return np.asarray(self.table[np.arange(self.position.size), self.position])

    def where(self, keep: BoolArray) -> "LoggedSlates":
        """The slates for which `keep`, shape (n_queries,), is true; OffPolicyError when none is."""
        if not keep.any():
            raise OffPolicyError("No slate is left to estimate from.")
        rows = np.repeat(keep, self.query_sizes)
        return LoggedSlates(
            self.X[rows], self.reward[rows], self.chosen[rows], self.position[rows], self.table[rows],
            self.query_sizes[keep], self.by_chance[keep], self.left_out, self.policies,
        )  # fmt: skip


def logged_slates(dataset: Dataset, reward: Reward, policies: Collection[str] | None = None) -> LoggedSlates:
    """Read the slates of a data set.

    policies : read slates of these alone; when it is empty, all, which must then be of one policy; None for all.

    reward : ``chosen`` is 1 for what was chosen; ``outcome`` is how far it went, in quarters (relevance / 4), and asks
    for older slates, whose outcomes are known. Slates of an unknown policy are left out and counted. Raises
    OffPolicyError when none is left, when they are of several policies and none was named, or when a propensity is not
    above 0 and at most 1.
    """
    rows = dataset.rows
    if "policy" not in rows.columns:
        mend = "ranking data of others cannot" if dataset.foreign else "make it again with `kith ml dataset`"
        raise OffPolicyError(f"The data set does not say by which policy slates came about; {mend}.")
    names, tables = _tables(dataset)
    known = np.array([table is not None for table in tables])
    young = _young(dataset, reward)
    wanted = np.isin(names, list(policies)) if policies else np.ones(known.size, dtype=np.bool_)
    keep = known & ~young & wanted
    left_out = {
        "of an unknown policy": int((~known).sum()),
        "too new to be judged": int((known & young).sum()),
        "of other policies": int((known & ~young & ~wanted).sum()),
    }
    if not keep.any():
        raise OffPolicyError("No slate is left to estimate from: " + _told(left_out))
    of = Counter(sorted(names[keep].tolist()))
    if policies is not None and not policies:
        refuse_mixture(of)
    kept = dataset.where(keep)
    table = np.concatenate([one for one, kept_one in zip(tables, keep, strict=True) if kept_one and one is not None])
    return LoggedSlates(
        X=kept.X,
        reward=_reward(kept, reward),
        chosen=_chosen(kept),
        position=kept.position,
        table=table,
        query_sizes=kept.query_sizes,
        by_chance=drawn_by_chance(table, kept.position, kept.query_sizes),
        left_out={why: count for why, count in left_out.items() if count},
        policies=dict(of),
    )


def _tables(dataset: Dataset) -> tuple[NDArray[np.str_], list[FloatArray | None]]:
    """By which policy each slate came about, and where it would have put the slate's rows, None where nobody knows."""
    places = int(dataset.position.max()) + 1
    grouped = dataset.rows.group_by("query", maintain_order=True)
    columns = grouped.agg(pl.col("policy").first(), pl.col("propensity", "position"))
    tables = [
        as_logged(policy or "", np.array(propensity), np.array(position, dtype=np.int64), places)
        for _, policy, propensity, position in columns.iter_rows()
    ]
    return np.array(columns["policy"].fill_null("").to_list(), dtype=np.str_), tables


def _young(dataset: Dataset, reward: Reward) -> BoolArray:
    """Which slates are too new, shape (n_queries,).

    All that are, and not only those with a choice: those that are left would else be the ones that earned nothing. For
    an outcome that is the longest a choice may take and the window of its outcome from then on.
    """
    window = CHOICE_WINDOW if reward == "chosen" else CHOICE_WINDOW + WINDOW
    newest = end_of(date.fromisoformat(dataset.report["as_of"])) - window
    young = (dataset.queries["shown_at"] > newest).to_numpy()
    if reward == "chosen":
        return np.asarray(young)
    return young | _any(dataset, (dataset.rows["state"] == _WAITING).to_numpy())


def _chosen(dataset: Dataset) -> BoolArray:
    return np.asarray((dataset.rows["state"] != _NOT_CHOSEN).to_numpy())


def _reward(dataset: Dataset, reward: Reward) -> FloatArray:
    if reward == "chosen":
        return _chosen(dataset).astype(np.float64)
    return dataset.relevance / MOST_RELEVANT


def _any(dataset: Dataset, rows: BoolArray) -> BoolArray:
    sizes = dataset.query_sizes
    return np.asarray(np.logical_or.reduceat(rows, np.cumsum(sizes) - sizes))


def _told(left_out: dict[str, int]) -> str:
    return ", ".join(f"{count} {why}" for why, count in left_out.items()) + "."
