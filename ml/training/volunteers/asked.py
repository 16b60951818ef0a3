"""The log of waves as a table tells it: which asks say something, as of a day, and who was asked how often."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any, Final

from ml.training.labels import end_of
from ml.training.tables import TableError, Tables

#: The table of waves, one document a wave with all who were asked at once.
WAVES: Final = "wave"
#: What says something of what a volunteer answers when they are asked; no answer in time is one too.
ANSWERS: Final = ("yes", "no", "none")
#: Reasons of a no that no ranker can foresee, and that say nothing of whether a task suits somebody.
NOT_SUITABILITY: Final = frozenset({"unwell"})

Wave = Mapping[str, Any]
Item = dict[str, Any]


def newest(tables: Tables) -> date:
    """The day of the newest ask; TableError when there is none."""
    told = [at for at in tables.values(WAVES, "asked_at", optional=True) if at]
    if not told:
        raise TableError(
            f"There are no asks with what was known when they were made in {tables.root}, so there is nothing to learn "
            "from: `kith export` writes those that `kith dispatch` made, and `kith ml volunteers world` makes some up."
        )
    return datetime.fromisoformat(max(told)).date()


def as_known(wave: Wave, day: date) -> list[Item]:
    """The items of a wave with what was known of each at the end of `day`; what came later is open."""
    asked_at = datetime.fromisoformat(wave["asked_at"])
    return [_as_known(item, asked_at, day) for item in wave["items"]]


def _as_known(item: Mapping[str, Any], asked_at: datetime, day: date) -> Item:
    hours, ended_on = item["hours"], item.get("ended_on")
    if hours is not None and asked_at + timedelta(hours=hours) >= end_of(day):
        return {**item, "answer": "open", "hours": None, "ended": None}
    later = ended_on is not None and date.fromisoformat(ended_on) > day
    return {**item, "ended": None if later else item["ended"]}


def says(item: Mapping[str, Any]) -> str | None:
    """Say why an ask teaches nothing, None when it does."""
    if item["answer"] not in ANSWERS:
        return str(item["answer"])
    return "unwell" if item.get("reason") in NOT_SUITABILITY else None


def until(tables: Tables, day: date) -> Iterator[tuple[str, Wave]]:
    """Yield the waves that went out up to the end of `day`."""
    for name, wave in tables.documents(WAVES, optional=True):
        if datetime.fromisoformat(wave["asked_at"]) < end_of(day):
            yield name, wave


def times_asked(tables: Tables, day: date) -> Counter[str]:
    """How often each volunteer was asked up to the end of `day`, whatever came of it: what a load is."""
    return Counter(item["id"] for _, wave in until(tables, day) for item in wave["items"])
