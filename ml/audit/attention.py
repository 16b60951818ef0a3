"""How much attention a line of a slate gets, and how much each candidate gets from an order.

Position model: 1 / log2(rank + 2) for the ten lines of a slate and nothing below, the discount of NDCG read as the
chance of being looked at. Source: Singh and Joachims (2018), Fairness of Exposure in Rankings, section 3.
"""

from typing import Final

import numpy as np

from ml.arrays import FloatArray, IntArray

#: Lines of a slate; what stands lower is not shown.
LINES: Final = 10


def attention(rank: IntArray) -> FloatArray:
    """The attention that each rank gets, counted from 0: 1 at the top, 0 from `LINES` on."""
    return np.where(rank < LINES, 1.0 / np.log2(rank + 2.0), 0.0)


def ranks(score: FloatArray, query_sizes: IntArray) -> IntArray:
    """The rank of each row within its query by falling score, from 0; equal scores keep the order of the rows."""
    query = np.repeat(np.arange(query_sizes.size), query_sizes)
    order = np.lexsort((-score, query))
    found = np.empty(score.size, dtype=np.int64)
    found[order] = np.arange(score.size) - np.repeat(np.cumsum(query_sizes) - query_sizes, query_sizes)
    return found
