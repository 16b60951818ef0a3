"""A data set from anybody's ranking data: features of their own, labels 0 to 4, queries, perhaps positions.

Without a time each query counts as shown a day after the one before, in the order of the files, so that "the newest
share" means the last queries. A file given as test is what is held out.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import numpy as np
import polars as pl

from ml import metrics
from ml.arrays import FloatArray, IntArray
from ml.files import json_bytes, sha256_of, sha256_of_file
from ml.training.groups import META, Dataset
from ml.training.labels import State, text_of
from ml.training.protected import refuse_features
from ml.training.quality import Quality
from ml.training.ranking_files import Columns, Part, read_part
from ml.training.tables import TableError
from ml.training.tally import Tally

#: The day of the first query where no time is known.
FIRST_DAY: Final = datetime(2000, 1, 1, tzinfo=UTC)
#: More queries than this share days, as the calendar ends in the year 9999.
_DAYS: Final = 1_000_000
#: The last place at which something can have been shown.
_LAST_POSITION: Final = 499


def foreign_dataset(
    ranking: Path,
    *,
    sizes: Path | None = None,
    test: Path | None = None,
    test_sizes: Path | None = None,
    columns: Columns | None = None,
) -> Dataset:
    """Make a data set of the file `ranking`, and of `test` to be held out; see `ml.training.ranking_files.read_part`.

    Raises TableError when a file is damaged, a query is cut in two, a label is not 0 to 4, or a feature is one that
    no ranker may see.
    """
    named = columns or Columns()
    parts = [read_part(ranking, sizes, named)]
    if test is not None:
        parts.append(read_part(test, test_sizes, named))
    parts = _alike(parts)
    for part in parts:
        _check(part)
    _refuse_cut(parts)
    _refuse_mixed(parts)
    for part in parts:
        _refuse_alike(part)
    rows = _rows(parts, named)
    return Dataset(rows, _report(parts, rows, named, (sizes, test_sizes)))


def _alike(parts: Sequence[Part]) -> list[Part]:
    """The parts with the same columns: svmlight leaves out features that are 0 in all lines of a file."""
    if all(part.sparse for part in parts):
        return _widened(parts)
    for part in parts:
        if part.names != parts[0].names:
            raise TableError(f"{part.path} has other features than {parts[0].path}.")
    return list(parts)


def _widened(parts: Sequence[Part]) -> list[Part]:
    """Fill up with zeros, and drop the unused f0 of files that count from 1."""
    names = max((part.names for part in parts), key=len)
    first = int(not any(np.any(part.X[:, 0]) for part in parts))
    wide = [np.pad(part.X, ((0, 0), (0, len(names) - len(part.names)))) for part in parts]
    return [replace(part, X=X[:, first:], names=names[first:]) for part, X in zip(parts, wide, strict=True)]


def _check(part: Part) -> None:
    if not part.names:
        raise TableError(f"{part.path} has no features.")
    refuse_features(part.names)
    taken = META.keys() & set(part.names)
    if taken:
        raise TableError(f"The feature {min(taken)} of {part.path} has the name of a column that every set has.")
    _refuse_labels(part)
    if np.isinf(part.X).any():
        raise TableError(f"The feature {part.names[int(np.isinf(part.X).any(0).argmax())]} of {part.path} is infinite.")
    if part.query.null_count():
        raise TableError(f"{part.path} has rows without a query.")
    if part.position is not None and not _whole(part.position, _LAST_POSITION):
        raise TableError(f"Positions in {part.path} must be whole numbers from 0 to {_LAST_POSITION}.")


def _refuse_alike(part: Part) -> None:
    """Refuse labels among which nothing is to order, and positions that are none."""
    if not _differ(part.label, part.query):
        raise TableError(f"No query of {part.path} has rows with different labels, so there is nothing to order.")
    if part.position is not None and not _differ(part.position, part.query):
        raise TableError(
            f"No query of {part.path} has rows at different positions, so it was not kept where they were shown: leave "
            "out --position."
        )


def _differ(values: FloatArray, query: pl.Series) -> bool:
    """Whether some query has two rows with different values. values : shape (n_rows,)."""
    beside = (query == query.shift(1)).fill_null(False).to_numpy()
    return bool((np.diff(values) != 0)[beside[1:]].any())


def _refuse_labels(part: Part) -> None:
    most = len(metrics.GAINS) - 1
    if np.isnan(part.label).any():
        raise TableError(f"{part.path} has rows without a label.")
    if part.label.min() < 0:
        raise TableError(f"{part.path} has a label below 0.")
    if not _whole(part.label, most):
        worst = part.label.max() if part.label.max() > most else part.label[part.label % 1 != 0][0]
        raise TableError(f"{part.path} has the label {worst:g}, but there are gains only for 0 to {most}.")


def _whole(values: FloatArray, most: int) -> bool:
    return bool(np.all((values >= 0) & (values <= most)) and np.all(values % 1 == 0))


def _refuse_cut(parts: Sequence[Part]) -> None:
    """Refuse a query whose rows lie apart, or that lies in both files by its name or by all its rows."""
    seen: dict[str, Path] = {}
    for part in parts:
        first = _first_rows(part.query)
        names = part.query.gather(first)
        if names.n_unique() < len(names):
            cut = names.filter(names.is_duplicated())[0]
            raise TableError(f"The query {cut} in {part.path} is cut in two: its rows do not lie side by side.")
        contents = [f"={digest}" for digest in _contents(part, first)] if len(parts) > 1 else []
        for place, key in enumerate([*names, *contents]):
            if seen.get(key, part.path) != part.path:
                query = names[place % len(names)]
                raise TableError(f"The query {query} in {part.path} is in {seen[key]} too.")
            seen[key] = part.path


def _first_rows(query: pl.Series) -> IntArray:
    """The row with which each query begins."""
    changed = (query != query.shift(1)).fill_null(True).to_numpy()
    return np.flatnonzero(changed).astype(np.int64)


def _contents(part: Part, first: IntArray) -> list[str]:
    """A hash of the features and labels of each query."""
    ends = [*first[1:], len(part.label)]
    spans = zip(first, ends, strict=True)
    return [hashlib.sha256(part.X[a:b].tobytes() + part.label[a:b].tobytes()).hexdigest() for a, b in spans]


def _refuse_mixed(parts: Sequence[Part]) -> None:
    """Refuse a test file with a query that was shown before the last one to learn from."""
    times = [part.time for part in parts if part.time is not None]
    if len(times) > 1 and times[1].to_numpy().min() <= times[0].to_numpy().max():
        raise TableError(f"{parts[1].path} has queries that were shown before the last one in {parts[0].path}.")


def _rows(parts: Sequence[Part], named: Columns) -> pl.DataFrame:
    query = pl.concat([part.query for part in parts])
    frame = pl.DataFrame(
        {
            "query": query,
            "referral": query,
            "shown_at": _times(parts, query, named),
            "kind": pl.repeat("row", len(query), dtype=pl.String, eager=True),
            "item": pl.int_range(len(query), eager=True).cast(pl.String).str.zfill(9),
            "position": np.concatenate([_positions(part) for part in parts]),
            "propensity": pl.repeat(None, len(query), dtype=pl.Float64, eager=True),
            "relevance": np.concatenate([part.label for part in parts]),
            "state": pl.repeat(State.MATURE.value, len(query), dtype=pl.String, eager=True),
        },
        schema=dict(META),
        strict=False,
    )
    X = parts[0].X if len(parts) == 1 else np.concatenate([part.X for part in parts])
    frame = frame.with_columns(pl.Series(name, X[:, place]) for place, name in enumerate(parts[0].names))
    return frame.sort("shown_at", "query", "item") if named.time else frame


def _positions(part: Part) -> FloatArray:
    return np.zeros(len(part.label)) if part.position is None else part.position


def _times(parts: Sequence[Part], query: pl.Series, named: Columns) -> pl.Series:
    """When each row's query was shown: the earliest of its times, or a day after the query before it."""
    if named.time:
        told = pl.DataFrame({"query": query, "at": pl.concat([part.time for part in parts if part.time is not None])})
        return told.select(pl.col("at").min().over("query"))["at"]
    number = (query != query.shift(1)).fill_null(True).cum_sum().cast(pl.Int64) - 1
    shared = -(-(int(number[-1]) + 1) // _DAYS)
    days = pl.DataFrame({"day": number // shared})
    return days.select(pl.lit(FIRST_DAY).dt.cast_time_unit("us") + pl.duration(days=pl.col("day")))["literal"]


def _report(
    parts: Sequence[Part], rows: pl.DataFrame, named: Columns, sizes: tuple[Path | None, ...]
) -> dict[str, Any]:
    names = list(parts[0].names)
    tally = Tally()
    tally.take(rows)
    quality = Quality(names)
    quality.take_rows(rows)
    report = {
        "as_of": rows["shown_at"][-1].date().isoformat(),
        "labels": "given",
        "inputs": _inputs(parts, sizes),
        "features": {"names": names, "schema_sha256": sha256_of(json_bytes(names)), "foreign": True},
        "times": "told" if named.time else "order",
        "positions": "unknown" if parts[0].position is None else "told",
        **tally.report(),
        "exposures": {},
        "choices": {},
        "damaged": [],
        "quality": quality.report(),
    }
    return report | _held_out(parts, rows)


def _held_out(parts: Sequence[Part], rows: pl.DataFrame) -> dict[str, Any]:
    """From when the test file's queries were shown; nothing without one."""
    if len(parts) == 1:
        return {}
    return {"held_out_from": text_of(rows["shown_at"][len(parts[0].label)])}


def _inputs(parts: Sequence[Part], sizes: tuple[Path | None, ...]) -> dict[str, list[str]]:
    """The SHA-256 of each file that was read."""
    hashes = {"ranking": [sha256_of_file(part.path) for part in parts]}
    beside = [
        given or part.path.with_name(f"{part.path.name}.query") for part, given in zip(parts, sizes, strict=False)
    ]
    told = [sha256_of_file(path) for path in beside if path.is_file()]
    return hashes | ({"sizes": told} if told else {})
