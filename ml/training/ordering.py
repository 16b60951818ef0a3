"""Rows put in the order of time without holding all of them: parts of a span of time each, kept on disk meanwhile."""

import tempfile
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Final, Self

import numpy as np
import polars as pl

from ml.arrays import IntArray

#: Slates in a part, about. A part is sorted in memory: 20,000 slates of ten need some 100 MB.
PART: Final = 20_000
#: Rows gathered before they are dealt out to their parts.
_DEALT: Final = 200_000
#: What the rows of a data set are sorted by; a query's id settles ties of time.
ORDER: Final = ("shown_at", "query", "kind", "item")


def bounds_of(instants: Sequence[datetime], part: int = PART) -> list[datetime]:
    """The instants with which every part but the first begins, so that each has about `part` of `instants`.

    One instant is never divided, so a part is as large as the most slates that were shown at one instant.
    """
    ordered = sorted(instants)
    return sorted(set(ordered[part::part]))


class Ordering:
    """Takes frames in any order and gives them back sorted, part by part; a context that tidies up after itself."""

    def __init__(self, bounds: Sequence[datetime], folder: Path | None = None) -> None:
        """Begin. bounds : see `bounds_of`; without any, everything stays in memory. folder : where parts are kept."""
        self._bounds = np.array([_microseconds(bound) for bound in bounds], dtype=np.int64)
        self._kept = tempfile.TemporaryDirectory(dir=folder, prefix=".parts-") if len(bounds) else None
        self._frames: list[pl.DataFrame] = []
        self._rows = 0
        self._deals = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._kept is not None:
            self._kept.cleanup()

    def add(self, frame: pl.DataFrame) -> None:
        """Take rows; those of a query come together."""
        self._frames.append(frame)
        self._rows += len(frame)
        if self._kept is not None and self._rows >= _DEALT:
            self._deal(Path(self._kept.name))

    def parts(self) -> Iterator[pl.DataFrame]:
        """Give all rows, oldest first; no query lies in two parts."""
        if self._kept is None:
            if self._frames:
                yield pl.concat(self._frames).sort(ORDER)
            return
        folder = Path(self._kept.name)
        self._deal(folder)
        for part in range(len(self._bounds) + 1):
            files = sorted(folder.glob(f"{part}-*.arrow"))
            if files:
                yield pl.concat([pl.read_ipc(file) for file in files]).sort(ORDER)
            for file in files:
                file.unlink()

    def _deal(self, folder: Path) -> None:
        """Write the gathered rows to the files of their parts."""
        if not self._frames:
            return
        frame = pl.concat(self._frames)
        part = self._part_of(frame)
        for number in np.unique(part):
            target = folder / f"{number}-{self._deals:06}.arrow"
            frame.filter(pl.Series(part == number)).write_ipc(target, compression="lz4")
        self._frames, self._rows, self._deals = [], 0, self._deals + 1

    def _part_of(self, frame: pl.DataFrame) -> IntArray:
        at = frame["shown_at"].dt.epoch("us").to_numpy()
        return np.searchsorted(self._bounds, at, side="right").astype(np.int64)


def _microseconds(at: datetime) -> int:
    return int(pl.Series([at]).dt.epoch("us")[0])
