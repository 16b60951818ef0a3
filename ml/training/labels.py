"""What became of a choice, as a graded relevance, or that it is not known yet.

The decision (`docs/decisions` has the reasons): a choice counts 1 at once, because that it was chosen is known at
once. It becomes 0 to 4 when its window of 12 weeks is over, not a day earlier: bad news travels faster than good,
so labels taken as they come in would call every recent choice a failure.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Any, Final

#: How long an outcome may take.
WINDOW: Final = timedelta(weeks=12)

#: Sessions that make an attendance sustained: a placement counts them without dates, so later ones count too.
SUSTAINED_SESSIONS: Final = 4

#: Ends that say nothing of what the person likes.
NOT_TASTE: Final = frozenset({"full", "no_transport", "unwell", "no_contact", "moved"})


class State(StrEnum):
    """How far the label of a shown item is known."""

    SKIPPED = "skipped"
    WAITING = "waiting"
    MATURE = "mature"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Label:
    """A relevance of 0 to 4 and how far it is known; the relevance of a missing label means nothing."""

    relevance: int
    state: State


SKIPPED: Final = Label(0, State.SKIPPED)
MISSING: Final = Label(0, State.MISSING)


def end_of(day: date) -> datetime:
    """The first instant after `day`, in UTC."""
    return datetime.combine(day, time(), UTC) + timedelta(days=1)


def text_of(instant: datetime) -> str:
    """`instant` as the contract writes it: ``2026-11-21T09:30:00Z``."""
    return instant.astimezone(UTC).isoformat().replace("+00:00", "Z")


def label_of(placement: Mapping[str, Any], *, as_of: date) -> Label:
    """Label the choice `placement` with what was known at the end of `as_of`.

    Raises ValueError for a choice made later.
    """
    chosen_at = datetime.fromisoformat(placement["chosen_at"])
    if chosen_at >= end_of(as_of):
        raise ValueError("a choice after the day of the data set cannot have a label")
    if chosen_at + WINDOW > end_of(as_of) or _told_later(placement, as_of):
        return Label(1, State.WAITING)
    return _outcome(placement)


def _told_later(placement: Mapping[str, Any], as_of: date) -> bool:
    told_on = placement.get("outcome_on")
    return told_on is not None and date.fromisoformat(told_on) > as_of


def _outcome(placement: Mapping[str, Any]) -> Label:
    attended = placement.get("attended") or 0
    if attended:
        return Label(_benefit(placement, attended), State.MATURE)
    if placement.get("reason") in NOT_TASTE:
        return MISSING
    refused = placement["status"] in ("declined", "ended")
    return Label(0 if refused else 1, State.MATURE)


def _benefit(placement: Mapping[str, Any], attended: int) -> int:
    if placement.get("wellbeing_gain") == "yes":
        return 4
    return 3 if attended >= SUSTAINED_SESSIONS else 2
