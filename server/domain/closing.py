"""When something of fieldwork may be told of: once it is over for good, so that it is told of once. Pure rules."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any, Final

Document = Mapping[str, Any]

#: Days for which phones that were out are waited for.
GRACE: Final = timedelta(days=14)


def round_is_over(found: Document, visits: Iterable[Document], today: date) -> bool:
    """Say whether a round is closed, and its end and its last visit lie two weeks back."""
    days = [one["visited_on"] for one in visits] + ([found["ends_on"]] if found["ends_on"] else [])
    return found["status"] == "closed" and bool(days) and date.fromisoformat(max(days)) + GRACE <= today


def months_over(sessions: Iterable[Document], today: date) -> list[str]:
    """Name the months that have sessions and ended two weeks ago or longer, such as 2026-10."""
    months = {one["held_on"][:7] for one in sessions}
    return sorted(month for month in months if _after(month) + GRACE <= today)


def _after(month: str) -> date:
    """Give the first day after a month."""
    return (date.fromisoformat(f"{month}-01") + timedelta(days=31)).replace(day=1)
