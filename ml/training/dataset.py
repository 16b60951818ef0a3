"""From the log of exposures to query groups with features and labels, as things were on one day.

Features come from the inputs that each exposure logged, so nothing that happened later can reach them.
"""

from collections import Counter
from collections.abc import Callable
from datetime import date, datetime
from typing import Any, Final, TypeAlias

import polars as pl

from ml.features import FEATURE_NAMES, matrix, schema_hash
from ml.inputs import stacked_columns
from ml.training.choices import Choices, Item, read_choices
from ml.training.context import CONTEXT, Providers, context_of, provider_sizes
from ml.training.groups import META, Dataset
from ml.training.labels import Label, State, end_of, text_of
from ml.training.tables import TableError, Tables

#: The tables that a data set is made of.
KINDS: Final = ("exposure", "placement", "referral")
#: Slates whose features are worked out together.
_TOGETHER: Final = 2_000
#: An exposure's id, its document and the labels of its items.
_Slate: TypeAlias = tuple[str, dict[str, Any], dict[Item, Label]]
#: How many damaged exposures the report names.
_NAMED: Final = 20


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
    gathered = _Gathered(choices, scheme, provider_sizes(tables))
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

    def __init__(self, choices: Choices, scheme: str, providers: Providers) -> None:
        self.choices = choices
        self.scheme = scheme
        self.providers = providers
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
            self._frames.append(_frame(self._waiting, self.providers))
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


def _frame(slates: list[_Slate], providers: Providers) -> pl.DataFrame:
    kept = [(name, exposure, _kept(exposure, labels), labels) for name, exposure, labels in slates]
    X = matrix(stacked_columns([(exposure["query"], _inputs(items)) for _, exposure, items, _ in kept]))
    rows = [
        (*_row(name, exposure, item, labels), *context_of(exposure, item, providers))
        for name, exposure, items, labels in kept
        for item in items
    ]
    frame = pl.DataFrame(rows, schema={**META, **CONTEXT}, orient="row")
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
