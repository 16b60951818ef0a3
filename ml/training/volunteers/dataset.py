"""From the log of asks to query groups: those who were asked at once are a query, and what they answered its labels.

A query is one document a wave, as `ml.training.volunteers.log` writes it; the contract's kind `ask` is one document a
volunteer and logs no inputs, so a live programme's asks are refused. Features come from the inputs that each ask
logged, so nothing that happened later can reach them. Whoever was not asked is absent: nothing is known of their
answer.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, Final

import polars as pl

from ml.columns import stacked
from ml.features.volunteers import VOLUNTEERS
from ml.features.volunteers.inputs import TASK_INPUTS, VOLUNTEER_INPUTS
from ml.training.groups import META, Dataset
from ml.training.labels import State, end_of, text_of
from ml.training.tables import TableError, Tables

#: What a yes is worth, and one that was given back later.
AGREED: Final = 2
GIVEN_BACK: Final = 1
#: Columns that tell slices apart and are no features.
CONTEXT: Final[dict[str, pl.DataType]] = {
    "district": pl.Int32(),
    "skills_asked": pl.Int32(),
    "answer": pl.String(),
    "hours": pl.Float64(),
    "asks_before": pl.Int16(),
}
_Ask = tuple[str, dict[str, Any]]


def build_volunteers_dataset(tables: Tables, *, as_of: date | None = None) -> Dataset:
    """Make the data set of the asks in `tables` as it could have been made at the end of `as_of`.

    as_of : the day of the newest ask when None. A wave whose task was not over by then is left out, as a yes may still
    be given back. Raises TableError when nothing can be learned from.
    """
    found = list(tables.documents("ask", optional=True))
    if not found:
        raise TableError("There are no asks yet, so there is nothing to learn from.")
    if not any("items" in ask for _, ask in found):
        raise TableError(
            "These asks do not say what was known when they were made, so no ranker can learn from them: those of a "
            "live programme log none of the ranker's inputs so far. `kith ml volunteers world` makes some that do."
        )
    day = as_of or max(datetime.fromisoformat(ask["asked_at"]) for _, ask in found).date()
    counts: Counter[str] = Counter()
    kept = list(_usable(found, day, counts))
    if not kept:
        raise TableError("No task that was put to volunteers is over yet, so there is nothing to learn from.")
    rows = _frame(kept)
    return Dataset(rows, _report(tables, rows, day, counts))


def _usable(found: list[_Ask], day: date, counts: Counter[str]) -> Iterator[_Ask]:
    for name, ask in found:
        counts["asks"] += 1
        if datetime.fromisoformat(ask["asked_at"]) >= end_of(day):
            counts["later"] += 1
        elif date.fromisoformat(ask["ends_on"]) > day:
            counts["waiting_for_outcome"] += 1
        elif fault(ask):
            counts["damaged"] += 1
        else:
            yield name, ask


def fault(ask: dict[str, Any]) -> str | None:
    """Say what makes an ask unfit to learn from, None when nothing does."""
    items = ask.get("items") or []
    if not items or not ask.get("query"):
        return "it asks nobody, or for nothing"
    if len({item["id"] for item in items}) < len(items):
        return "it asks somebody twice"
    if not all(0 < item["propensity"] <= 1 for item in items):
        return "a propensity is not above 0 and at most 1"
    return None


def _frame(kept: list[_Ask]) -> pl.DataFrame:
    slates = [(ask["query"], [item["inputs"] for item in _by_id(ask)]) for _, ask in kept]
    X = VOLUNTEERS.matrix(stacked(slates, TASK_INPUTS, VOLUNTEER_INPUTS))
    rows = [_row(name, ask, item) for name, ask in kept for item in _by_id(ask)]
    frame = pl.DataFrame(rows, schema={**META, **CONTEXT}, orient="row")
    features = (pl.Series(name, X[:, place]) for place, name in enumerate(VOLUNTEERS.names))
    return frame.with_columns(features).sort("shown_at", "query", "item")


def _by_id(ask: dict[str, Any]) -> list[dict[str, Any]]:
    return sorted(ask["items"], key=lambda item: str(item["id"]))


def _row(name: str, ask: dict[str, Any], item: dict[str, Any]) -> tuple[Any, ...]:
    about = (name, ask["task_id"], datetime.fromisoformat(ask["asked_at"]), item["kind"], item["id"])
    label = (item["position"], item["propensity"], relevance_of(item), State.MATURE.value)
    district, skills = ask["query"].get("district"), ask["query"].get("skills_asked_mask")
    return (
        *about, *label, None if district is None else int(district), int(skills or 0), item["answer"], item["hours"],
        int(item["inputs"].get("asks_30d", 0)),
    )  # fmt: skip


def relevance_of(item: dict[str, Any]) -> int:
    """Return 2 for a yes, 1 for one that was given back, 0 for a no and for no answer."""
    if item["answer"] != "yes":
        return 0
    return GIVEN_BACK if item["ended"] == "given_back" else AGREED


def _report(tables: Tables, rows: pl.DataFrame, day: date, counts: Counter[str]) -> dict[str, Any]:
    grouped = rows.group_by("query").agg((pl.col("relevance") > 0).any())
    return {
        "as_of": day.isoformat(),
        "labels": "answer",
        "inputs": tables.hashes(("ask",)),
        "features": {"names": list(VOLUNTEERS.names), "schema_sha256": VOLUNTEERS.schema_hash()},
        "queries": len(grouped),
        "queries_with_a_positive": int(grouped["relevance"].sum()),
        "rows": len(rows),
        "first_shown_at": text_of(rows["shown_at"][0]),
        "last_shown_at": text_of(rows["shown_at"][-1]),
        "relevance": {
            str(value): count for value, count in rows["relevance"].value_counts().sort("relevance").iter_rows()
        },
        "asks": dict(sorted(counts.items())),
    }
