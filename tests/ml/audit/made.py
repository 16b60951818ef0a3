"""Slates for audits, whose answers can be worked out by hand."""

from datetime import date

import numpy as np

from ml.audit.slates import Slates
from ml.features import FEATURE_NAMES

DAY = date(2026, 6, 1).toordinal()


def slates(gains, *, wait=None, merit=None) -> Slates:
    """Build slates from the gains of each query's rows, in the order of the rows; all features are 0."""
    sizes = np.array([len(one) for one in gains], dtype=np.int64)
    gain = np.concatenate([np.asarray(one, dtype=np.float64) for one in gains])
    X = np.zeros((gain.size, len(FEATURE_NAMES)))
    if wait is not None:
        X[:, FEATURE_NAMES.index("wait_days")] = np.concatenate(wait)
    return Slates(
        X=X,
        gain=gain,
        merit=gain if merit is None else merit,
        items=tuple(("asset", f"a{row}") for row in range(gain.size)),
        query_sizes=sizes,
        queries=tuple(f"e{query}" for query in range(sizes.size)),
        days=np.full(sizes.size, DAY),
    )
