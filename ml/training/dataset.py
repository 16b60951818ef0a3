"""From the log of exposures to query groups with features and labels, as things were on one day.

Features come from the inputs that each exposure logged, so nothing that happened later can reach them. The data
set is one Parquet file, a row for each shown item, and a JSON report; the same tables give the same bytes.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final, TypeAlias

import numpy as np
import polars as pl

from ml.arrays import BoolArray, FloatArray, IntArray
from ml.features import FEATURE_NAMES, matrix, schema_hash
from ml.files import read_json, sha256_of, sha256_of_file, write_bytes, write_json
from ml.inputs import stacked_columns
from ml.training.choices import Choices, Item, read_choices
from ml.training.labels import Label, State, end_of, text_of
from ml.training.tables import TableError, Tables

ROWS: Final = "dataset.parquet"
REPORT: Final = "report.json"
KINDS: Final = ("exposure", "placement", "referral")

#: Slates whose features are worked out together.
_TOGETHER: Final = 2_000
#: An exposure's id, its document and the labels of its items.
_Slate: TypeAlias = tuple[str, dict[str, Any], dict[Item, Label]]
#: How many damaged exposures the report names.
_NAMED: Final = 20


@dataclass(frozen=True, slots=True)
class Dataset:
    """Query groups, oldest first; the rows of a query lie side by side in the order of their items' ids.

    rows : columns query, referral, shown_at, kind, item, position, propensity, relevance, state and one a feature.
    report : how it was made, from what, and what was left out.
    """

    rows: pl.DataFrame
    report: dict[str, Any]

    @property
    def X(self) -> FloatArray:  # noqa: N802 - a matrix is called X in this field
        """Features, shape (n_rows, n_features), NaN where not known."""
        return np.ascontiguousarray(self.rows.select(self.feature_names).to_numpy(), dtype=np.float64)

    @property
    def feature_names(self) -> list[str]:
        """The names of the features, in the order of the columns of `X`."""
        return list(self.report["features"]["names"])

    @property
    def relevance(self) -> IntArray:
        """Graded relevance 0 to 4, shape (n_rows,)."""
        return self._whole("relevance")

    @property
    def position(self) -> IntArray:
        """Where each row was shown, from 0, shape (n_rows,)."""
        return self._whole("position")

    @property
    def query_sizes(self) -> IntArray:
        """Rows in each query, shape (n_queries,)."""
        return self._whole_of(self.rows.group_by("query", maintain_order=True).len()["len"])

    @property
    def queries(self) -> pl.DataFrame:
        """One row a query: query, referral, shown_at, positive (whether any of its rows has a relevance above 0)."""
        grouped = self.rows.group_by("query", maintain_order=True)
        return grouped.agg(pl.col("referral", "shown_at").first(), (pl.col("relevance") > 0).any().alias("positive"))

    @property
    def sha256(self) -> str:
        """The hash of everything that a ranker learns from."""
        ids = "\n".join(self.rows["query"]).encode()
        columns = (self.X, self.relevance, self.position, self.query_sizes)
        return sha256_of(b"".join((ids, *(column.tobytes() for column in columns))))

    def where(self, keep: BoolArray) -> "Dataset":
        """The queries for which `keep`, shape (n_queries,), is true."""
        return Dataset(self.rows.filter(pl.Series(np.repeat(keep, self.query_sizes))), self.report)

    def save(self, folder: Path) -> None:
        """Write the rows and the report into `folder`."""
        folder.mkdir(parents=True, exist_ok=True)
        partial = folder / f".{ROWS}"
        self.rows.write_parquet(partial, compression="zstd", row_group_size=50_000)
        write_bytes(folder / ROWS, partial.read_bytes())
        partial.unlink()
        write_json(folder / REPORT, self.report | {"rows_sha256": sha256_of_file(folder / ROWS)})

    @classmethod
    def load(cls, folder: Path) -> "Dataset":
        """Read what `save` wrote; TableError when it is missing or was changed since."""
        if not (folder / REPORT).is_file() or not (folder / ROWS).is_file():
            raise TableError(f"There is no data set in {folder}; `kith ml dataset` makes one.")
        report = read_json(folder / REPORT)
        if sha256_of_file(folder / ROWS) != report["rows_sha256"]:
            raise TableError(f"{folder / ROWS} is not the file that its report describes; make the data set again.")
        return cls(pl.read_parquet(folder / ROWS), report)

    def _whole(self, name: str) -> IntArray:
        return self._whole_of(self.rows[name])

    @staticmethod
    def _whole_of(column: pl.Series) -> IntArray:
        return np.ascontiguousarray(column.cast(pl.Int64).to_numpy())


def build_dataset(
    tables: Tables,
    *,
    as_of: date | None = None,
    scheme: str = "choice",
    progress: Callable[[int], None] = lambda done: None,
) -> Dataset:
    """Make the data set of `tables` as it could have been made at the end of `as_of`.

    as_of : the day of the newest exposure or choice when None. scheme : ``choice`` takes choices at relevance 1
    while their outcome is awaited; ``outcome`` leaves such slates out. progress : told how many exposures were read.
    Raises TableError when nothing can be learned from.
    """
    day = as_of or newest_day(tables)
    choices = read_choices(tables.documents("placement"), tables.documents("referral", optional=True), as_of=day)
    gathered = _Gathered(choices, scheme)
    for count, (name, exposure) in enumerate(tables.documents("exposure"), start=1):
        gathered.take(name, exposure)
        progress(count)
    rows = gathered.finish()
    return Dataset(rows, _report(tables, gathered, rows, day, scheme))


def newest_day(tables: Tables) -> date:
    """The day of the newest exposure or choice; TableError when there is none."""
    instants = [doc["shown_at"] for _, doc in tables.documents("exposure")]
    instants += [doc["chosen_at"] for _, doc in tables.documents("placement")]
    if not instants:
        raise TableError("There are no exposures yet, so there is nothing to learn from.")
    return datetime.fromisoformat(max(instants)).date()


class _Gathered:
    """Slates turned into rows, a batch at a time, with counts of what became of each exposure."""

    def __init__(self, choices: Choices, scheme: str) -> None:
        self.choices = choices
        self.scheme = scheme
        self.counts: Counter[str] = Counter()
        self.damaged: list[dict[str, str]] = []
        self._waiting: list[_Slate] = []
        self._frames: list[pl.DataFrame] = []

    def take(self, name: str, exposure: dict[str, Any]) -> None:
        """Label one exposure and keep it, or count why it is left out."""
        self.counts["exposures"] += 1
        fault = _fault(exposure)
        if fault:
            self.counts["damaged"] += 1
            self.damaged.append({"exposure": name, "fault": fault})
        elif datetime.fromisoformat(exposure["shown_at"]) >= end_of(self.choices.as_of):
            self.counts["later"] += 1
        else:
            self._label(name, exposure)

    def finish(self) -> pl.DataFrame:
        """All rows, oldest query first; TableError when there are none."""
        self._flush()
        if not self._frames:
            raise TableError("No exposure has a choice yet, so there is nothing to learn from.")
        return pl.concat(self._frames).sort("shown_at", "query", "kind", "item")

    def _label(self, name: str, exposure: dict[str, Any]) -> None:
        labels = self.choices.label_items(name, exposure)
        if isinstance(labels, str):
            self.counts[labels] += 1
            return
        waiting = any(label.state is State.WAITING for label in labels.values())
        self.counts["waiting_for_outcome" if waiting else "mature"] += 1
        if not (waiting and self.scheme == "outcome"):
            self._waiting.append((name, exposure, labels))
        if len(self._waiting) >= _TOGETHER:
            self._flush()

    def _flush(self) -> None:
        if self._waiting:
            self._frames.append(_frame(self._waiting))
            self._waiting = []


def _fault(exposure: dict[str, Any]) -> str | None:
    """What makes an exposure unfit to learn from, None when nothing does."""
    items = exposure.get("items") or []
    if not items:
        return "it shows nothing"
    if len({(item["kind"], item["id"]) for item in items}) < len(items):
        return "it shows an item twice"
    if len({item["position"] for item in items}) < len(items):
        return "it shows two items at one position"
    if not all(0 < item["propensity"] <= 1 for item in items):
        return "a propensity is not above 0 and at most 1"
    if not exposure.get("query") or not all(item.get("inputs") for item in items):
        return "it does not say what the ranker knew"
    return None


def _frame(slates: list[_Slate]) -> pl.DataFrame:
    kept = [(name, exposure, _kept(exposure, labels), labels) for name, exposure, labels in slates]
    X = matrix(stacked_columns([(exposure["query"], _inputs(items)) for _, exposure, items, _ in kept]))
    rows = [_row(name, exposure, item, labels) for name, exposure, items, labels in kept for item in items]
    frame = pl.DataFrame(rows, schema=_COLUMNS, orient="row")
    return frame.with_columns(pl.Series(name, X[:, place]) for place, name in enumerate(FEATURE_NAMES))


def _kept(exposure: dict[str, Any], labels: dict[Item, Label]) -> list[dict[str, Any]]:
    return [item for item in exposure["items"] if (item["kind"], item["id"]) in labels]


def _inputs(items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [item["inputs"] for item in items]


def _row(name: str, exposure: dict[str, Any], item: dict[str, Any], labels: dict[Item, Label]) -> tuple[Any, ...]:
    label = labels[item["kind"], item["id"]]
    shown_at = datetime.fromisoformat(exposure["shown_at"])
    about = (name, exposure["referral_id"], shown_at, item["kind"], item["id"])
    return (*about, item["position"], item["propensity"], label.relevance, label.state.value)


_COLUMNS: Final[dict[str, pl.DataType]] = {
    "query": pl.String(),
    "referral": pl.String(),
    "shown_at": pl.Datetime("us", "UTC"),
    "kind": pl.String(),
    "item": pl.String(),
    "position": pl.Int16(),
    "propensity": pl.Float64(),
    "relevance": pl.Int8(),
    "state": pl.String(),
}


def _report(tables: Tables, gathered: _Gathered, rows: pl.DataFrame, day: date, scheme: str) -> dict[str, Any]:
    grouped = rows.group_by("query").agg((pl.col("relevance") > 0).any())
    relevance = rows["relevance"].value_counts().sort("relevance")
    return {
        "as_of": day.isoformat(),
        "labels": scheme,
        "inputs": tables.hashes(KINDS),
        "features": {"names": list(FEATURE_NAMES), "schema_sha256": schema_hash()},
        "queries": len(grouped),
        "queries_with_a_positive": int(grouped["relevance"].sum()),
        "rows": len(rows),
        "first_shown_at": text_of(rows["shown_at"][0]),
        "last_shown_at": text_of(rows["shown_at"][-1]),
        "relevance": {str(value): count for value, count in relevance.iter_rows()},
        "states": dict(rows["state"].value_counts().sort("state").iter_rows()),
        "exposures": dict(sorted(gathered.counts.items())),
        "choices": dict(sorted((name, count) for name, count in gathered.choices.counts.items() if count)),
        "damaged": gathered.damaged[:_NAMED],
    }
