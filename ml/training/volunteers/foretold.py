"""Whether chances of a yes came true."""

from typing import Any, Final

import numpy as np

from ml.arrays import BoolArray, FloatArray

#: Rows in a bin at least: the share of fewer says nothing.
FEWEST: Final = 25
_BINS: Final = 8


def foretold(chance: FloatArray, agreed: BoolArray) -> dict[str, Any] | None:
    """Compare chances with what came; None with too few rows.

    chance, agreed : shape (n_rows,); rows without a chance, NaN, are left out. foretold, came, count : of bins of as
    many rows each. error : the expected calibration error. Source: Naeini et al. (2015).
    """
    known = ~np.isnan(chance)
    chance, came = chance[known], agreed[known].astype(np.float64)
    bins = min(_BINS, len(chance) // FEWEST)
    if not bins:
        return None
    parts = np.array_split(np.argsort(chance, kind="stable"), bins)
    means = [[float(column[part].mean()) for part in parts] for column in (chance, came)]
    count = [len(part) for part in parts]
    error = np.average(np.abs(np.array(means[0]) - np.array(means[1])), weights=count)
    return {"foretold": _rounded(means[0]), "came": _rounded(means[1]), "count": count, "error": round(float(error), 6)}


def _rounded(values: list[float]) -> list[float]:
    return [round(value, 6) for value in values]
