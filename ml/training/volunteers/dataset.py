"""From the log of waves to query groups: all who were asked about a task are a query, their answers its labels.

A wave is a document with all who were asked at once, as the server exports it and `ml.training.volunteers.log` writes
it. Features come from the inputs that were logged with each ask, so nothing that happened later can reach them. Whoever
was not asked is absent, and so is whoever had no time to answer because somebody else took the task: nothing is known
of what they would have said. An ask comes to one volunteer alone, who sees no list: so all count as shown first.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from itertools import islice
from typing import Any, Final

import polars as pl

from ml.columns import stacked
from ml.features.volunteers import VOLUNTEERS
from ml.features.volunteers.inputs import TASK_INPUTS, VOLUNTEER_INPUTS
from ml.training.groups import META, Dataset
from ml.training.labels import State, end_of, text_of
from ml.training.tables import TableError, Tables
from ml.training.volunteers.asked import WAVES, Item, Wave, as_known, newest, says

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
    "wave": pl.String(),
    "chance": pl.Float64(),
}
#: Waves whose features are worked out together.
_TOGETHER: Final = 2_000
#: A wave, and those of its items that teach something.
_Told = tuple[str, Wave, list[Item]]


def build_volunteers_dataset(tables: Tables, *, as_of: date | None = None) -> Dataset:
    """Make the data set of the asks in `tables` as it could have been made at the end of `as_of`.

    as_of : the day of the newest ask when None. A wave whose task was not over by then is left out, as a yes may still
    be given back. Raises TableError when nothing can be learned from.
    """
    day = as_of or newest(tables)
    counts: Counter[str] = Counter()
    left_out: Counter[str] = Counter()
    told = _telling(tables, day, counts, left_out)
    parts = []
    while some := list(islice(told, _TOGETHER)):
        parts.append(_frame(some))
    if not parts:
        raise TableError("No task that was put to volunteers is over yet, so there is nothing to learn from.")
    rows = pl.concat(parts, rechunk=True)
    rows = rows.with_columns(pl.col("shown_at").min().over("query")).sort("shown_at", "query", "item")
    return Dataset(rows, _report(tables, rows, day, counts, left_out))


def _telling(tables: Tables, day: date, counts: Counter[str], left_out: Counter[str]) -> Iterator[_Told]:
    """Yield the waves that teach something, and count what does not."""
    for name, wave in tables.documents(WAVES):
        counts["waves"] += 1
        if datetime.fromisoformat(wave["asked_at"]) >= end_of(day):
            counts["later"] += 1
        elif date.fromisoformat(wave["ends_on"]) > day:
            counts["waiting_for_outcome"] += 1
        elif fault(wave):
            counts["damaged"] += 1
        else:
            items = as_known(wave, day)
            left_out.update(why for item in items if (why := says(item)))
            kept = [item for item in items if not says(item)]
            counts["without_an_answer"] += not kept
            if kept:
                yield name, wave, kept


def fault(wave: Wave) -> str | None:
    """Say what makes a wave unfit to learn from, None when nothing does."""
    items = wave.get("items") or []
    if not items or not wave.get("query"):
        return "it asks nobody, or for nothing"
    if len({item["id"] for item in items}) < len(items):
        return "it asks somebody twice"
    if not all(0 < item["propensity"] <= 1 for item in items):
        return "a propensity is not above 0 and at most 1"
    return None


def _frame(told: list[_Told]) -> pl.DataFrame:
    slates = [(wave["query"], [item["inputs"] for item in items]) for _, wave, items in told]
    X = VOLUNTEERS.matrix(stacked(slates, TASK_INPUTS, VOLUNTEER_INPUTS))
    rows = [_row(name, wave, item) for name, wave, items in told for item in items]
    frame = pl.DataFrame(rows, schema={**META, **CONTEXT}, orient="row")
    return frame.with_columns(pl.Series(name, X[:, place]) for place, name in enumerate(VOLUNTEERS.names))


def _row(name: str, wave: Wave, item: Item) -> tuple[Any, ...]:
    task, asked_at = wave["task_id"], datetime.fromisoformat(wave["asked_at"])
    label = (0, item["propensity"], relevance_of(item), State.MATURE.value)
    district, skills = wave["query"].get("district"), wave["query"].get("skills_asked_mask")
    return (
        task, task, asked_at, item["kind"], item["id"], *label, None if district is None else int(district),
        int(skills or 0), item["answer"], item["hours"], int(item["inputs"].get("asks_30d", 0)), name,
        item.get("chance"),
    )  # fmt: skip


def relevance_of(item: Item) -> int:
    """Return 2 for a yes, 1 for one that was given back, 0 for a no and for no answer."""
    if item["answer"] != "yes":
        return 0
    return GIVEN_BACK if item["ended"] == "given_back" else AGREED


def _report(
    tables: Tables, rows: pl.DataFrame, day: date, counts: Counter[str], left_out: Counter[str]
) -> dict[str, Any]:
    found = pl.col("relevance")
    grouped = rows.group_by("query").agg((found > 0).any(), (found.min() < found.max()).alias("mixed"))
    return {
        "as_of": day.isoformat(),
        "labels": "answer",
        "inputs": tables.hashes((WAVES,)),
        "features": {"names": list(VOLUNTEERS.names), "schema_sha256": VOLUNTEERS.schema_hash()},
        "queries": len(grouped),
        "queries_with_a_positive": int(grouped["relevance"].sum()),
        "queries_to_compare": int(grouped["mixed"].sum()),
        "rows": len(rows),
        "first_shown_at": text_of(rows["shown_at"][0]),
        "last_shown_at": text_of(rows["shown_at"][-1]),
        "relevance": {
            str(value): count for value, count in rows["relevance"].value_counts().sort("relevance").iter_rows()
        },
        "waves": dict(sorted((+counts).items())),
        "asks_left_out": dict(sorted(left_out.items())),
    }
