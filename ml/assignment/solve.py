"""The best way to share places that are not enough for all: minimum-cost flow, solved exactly as a linear program.

    maximise   sum of value[q, i] * x[q, i]
    such that  sum over i of x[q, i] <= most, sum over q of x[q, i] <= places[i], 0 <= x <= 1

These are the constraints of a transport from referrals to items, a totally unimodular matrix: every corner of the
feasible region is whole, and the simplex method ends in a corner (Ahuja, Magnanti, Orlin, Network Flows, 1993, 11.12).
"""

from typing import Final, NamedTuple

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import coo_array

from ml.arrays import FloatArray, IntArray

#: What the longest wait adds to a value: less than anybody would notice, so that it only decides between equals.
TIE: Final = 1e-4
#: How far from whole a share may be: the solver's own tolerance.
_WHOLE: Final = 1e-6


class Proposal(NamedTuple):
    """A place for a referral: rows of both, and what it is thought to be worth."""

    query: int
    item: int
    value: float


class AssignmentError(RuntimeError):
    """The solver found no whole answer; nothing is proposed."""


def assign(value: FloatArray, places: FloatArray, waited_days: FloatArray, *, most: int = 1) -> list[Proposal]:
    """Propose places so that their values together are the largest that can be; in order of referral, then item.

    value : shape (n_queries, n_items), 0 or more, NaN where an item may not be offered. places : (n_items,), infinite
    for no limit. waited_days : (n_queries,); of equals whoever waited longer comes first. most : proposals a referral.
    The same arguments give the same proposals. Raises ValueError for values below 0, AssignmentError.
    """
    query, item = np.nonzero(~np.isnan(value))
    if (value[query, item] < 0).any():
        raise ValueError("a value below 0")
    if not query.size:
        return []
    chosen = _solved(value[query, item] + _patience(waited_days)[query], query, item, value.shape, places, most)
    return [Proposal(int(q), int(i), float(value[q, i])) for q, i in zip(query[chosen], item[chosen], strict=True)]


def one_by_one(value: FloatArray, places: FloatArray, waited_days: FloatArray, *, most: int = 1) -> list[Proposal]:
    """Propose to each referral in turn, the longest wait first, the best that is left: the baseline."""
    left, found = places.copy(), []
    for query in np.argsort(-waited_days, kind="stable").tolist():
        best = [item for item in np.argsort(-value[query], kind="stable").tolist() if not np.isnan(value[query, item])]
        for item in [one for one in best if left[one] >= 1][:most]:
            left[item] -= 1
            found.append(Proposal(query, item, float(value[query, item])))
    return sorted(found)


def _patience(waited_days: FloatArray) -> FloatArray:
    """Return what each wait adds, from 0 to `TIE`."""
    longest = max(1.0, float(waited_days.max(initial=0.0)))
    return TIE * np.clip(waited_days, 0.0, None) / longest


def _solved(
    worth: FloatArray, query: IntArray, item: IntArray, shape: tuple[int, ...], places: FloatArray, most: int
) -> IntArray:
    """Return which of the pairs are chosen."""
    pairs, (queries, items) = np.arange(query.size), shape
    limited = np.clip(places, 0, queries)  # more places than referrals are no limit; more taken than there are, none
    rows = np.concatenate([query, queries + item])
    taking = coo_array((np.ones(rows.size), (rows, np.tile(pairs, 2))), shape=(queries + items, query.size))
    limits = np.concatenate([np.full(queries, float(most)), np.floor(limited)])
    found = linprog(-worth, A_ub=taking.tocsr(), b_ub=limits, bounds=(0, 1), method="highs-ds")
    if found.status != 0 or (np.abs(found.x - found.x.round()) > _WHOLE).any():
        raise AssignmentError(f"The places could not be shared out: {found.message}")
    chosen = np.flatnonzero(found.x > 0.5)
    if (taking.tocsr()[:, chosen].sum(axis=1) > limits).any():
        raise AssignmentError("The places could not be shared out: more were given than there are.")
    return chosen
