"""Whether the chances that a version foretells come true, on first places that it never saw."""

from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np

from ml.arrays import BoolArray, FloatArray
from ml.models.walker import Pack
from ml.training.choices import CHOICE_WINDOW
from ml.training.groups import Dataset
from ml.training.labels import WINDOW, State, end_of

#: Attended at least once: what the chance is of.
ATTENDED: Final = 2
#: Rows in a bin at least: the share of fewer says nothing.
FEWEST: Final = 25
_BINS: Final = 8


@dataclass(frozen=True, slots=True)
class Reliability:
    """Foretold and observed, a bin of foretold chances each, and the expected calibration error.

    foretold, came : shape (n_bins,), means of 0 to 1. count : (n_bins,). error : the bins' gaps, weighed by count.
    Source: Naeini et al. (2015), with bins of as many rows each.
    """

    foretold: FloatArray
    came: FloatArray
    count: FloatArray
    error: float


def reliability(pack: Pack, judged: Dataset) -> Reliability | None:
    """Compare chances with what came of the first places of `judged`; None without chances or with too few rows.

    Only first places count, as what stands first is always looked at; and only slates so old that what came of them
    is known: of younger ones the skipped are known and the chosen are not. What was chosen late and is still awaited
    counts neither way.
    """
    awaited = (judged.rows["state"] == State.WAITING.value).to_numpy()
    known = (judged.position == 0) & _old_enough(judged) & ~awaited
    chance = pack.chance(pack.score(judged.X[known]))
    bins = min(_BINS, int(known.sum()) // FEWEST)
    if chance is None or not bins:
        return None
    came = (judged.relevance[known] >= ATTENDED).astype(np.float64)
    parts = np.array_split(np.argsort(chance, kind="stable"), bins)
    foretold, seen = (np.array([column[part].mean() for part in parts]) for column in (chance, came))
    count = np.array([float(len(part)) for part in parts])
    return Reliability(foretold, seen, count, float((count * np.abs(foretold - seen)).sum() / count.sum()))


def _old_enough(judged: Dataset) -> BoolArray:
    day = date.fromisoformat(judged.report["as_of"])
    return np.asarray((judged.rows["shown_at"] <= end_of(day) - WINDOW - CHOICE_WINDOW).to_numpy())
