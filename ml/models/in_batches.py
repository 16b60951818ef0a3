"""Rows that are read when they are asked for, in the way that LightGBM asks for them."""

import lightgbm
import numpy as np

from ml.arrays import BLOCK, FloatArray, Matrix


class InBatches(lightgbm.Sequence):
    """A matrix whose bins LightGBM finds and fills a batch at a time; it learns the same bytes as from an array."""

    batch_size = BLOCK

    def __init__(self, rows: Matrix) -> None:
        """Begin. rows : shape (n_rows, n_features)."""
        self._rows = rows
        self._begin, self._batch = 0, np.empty((0, rows.shape[1]))

    def __len__(self) -> int:
        return len(self._rows)

    def __getitem__(self, asked: int | slice) -> FloatArray:  # type: ignore[override]  # it takes no subsets
        """Some rows, or one of the rising numbers of a sample, which is a copy so that its batch can go."""
        if isinstance(asked, slice):
            return self._rows[asked]
        if not 0 <= asked - self._begin < len(self._batch):
            self._begin = int(asked) // BLOCK * BLOCK
            self._batch = self._rows[self._begin : self._begin + BLOCK]
        return np.array(self._batch[asked - self._begin])


def sampled_by(seed: int) -> dict[str, int]:
    """The seed of the sample in which bins are found, as LightGBM draws it from `seed` for an array.

    For batches it draws the sample before it has looked at `seed`. Source: the first number of LightGBM's `Random`,
    a linear congruential generator, as `Config::Set` takes it.
    """
    state = (214_013 * seed + 2_531_011) % 2**32
    return {"data_random_seed": (state >> 16 & 0x7FFF) % 0x7FFF}
