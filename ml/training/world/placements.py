"""Documents of placements: one choice and what came of it, as far as it is known on the day of the export."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

import numpy as np

from ml.training.world.dials import USUAL, Dials

Document = dict[str, Any]
#: An outcome is known this long after the choice.
WINDOW_DAYS: Final = 84
_TASTE: Final = ("not_interested", "time", "not_interested", "other")
_CIRCUMSTANCE: Final = ("full", "no_transport", "moved", "unwell")


@dataclass(frozen=True, slots=True)
class Course:
    """What becomes of a choice, in truth.

    relevance : 0 to 4. reason : why it was declined or ended, if it was. start_days, end_days : from the choice.
    recorded : whether its outcome is ever written down, `delay_days` after its end.
    """

    relevance: int
    reason: str | None
    start_days: int
    end_days: int
    attended: int
    recorded: bool
    delay_days: int = 0

    @property
    def started(self) -> bool:
        """Whether the person went at least once."""
        return self.attended > 0

    @property
    def sustained(self) -> bool:
        """Whether the person went at least four times in twelve weeks."""
        return self.attended >= 4

    @property
    def told_days(self) -> int:
        """Days from the choice until its outcome can be read."""
        return self.end_days + self.delay_days

    @property
    def held_days(self) -> int:
        """How long a place is taken: half a year when it lasts."""
        return 182 if self.sustained else min(self.end_days, 28)


def course(rng: np.random.Generator, relevance: int, dials: Dials = USUAL) -> Course:
    """Draw the course of a choice with this relevance; a few fail for want of a place, transport or health."""
    failed, delay = rng.random() < dials.failed, round(dials.delay)
    if failed or relevance == 0:
        reasons = _CIRCUMSTANCE if failed else _TASTE
        reason = reasons[int(rng.integers(len(reasons)))]
        return Course(0, reason, 0, int(rng.integers(3, 29)), 0, recorded=True, delay_days=delay)
    attended = {1: 0, 2: int(rng.integers(1, 4))}.get(relevance, int(rng.integers(4, 13)))
    return Course(
        relevance,
        "other" if relevance == 2 else None,
        int(rng.integers(3, 22)),
        WINDOW_DAYS,
        attended,
        bool(rng.random() >= dials.lost),
        delay,
    )


def placement(course: Course, base: Document, chosen_on: date, today: date) -> Document:
    """Write the placement as it reads on `today`.

    base : the references, item and position. An outcome that lies ahead or was never recorded is missing, not 0.
    """
    days = (today - chosen_on).days
    begun = course.started and days >= course.start_days
    document = {**base, "status": _state(course, days), "wellbeing_gain": "unknown"}
    if begun:
        document["started_on"] = (chosen_on + timedelta(days=course.start_days)).isoformat()
        document["attended"] = _attended(course, days)
    if document["status"] in ("accepted", "started", "sustained") and days < course.held_days:
        document["place_held"] = "accepted"
    if course.recorded and days >= course.told_days:
        document["outcome_on"] = (chosen_on + timedelta(days=course.told_days)).isoformat()
        document |= {"reason": course.reason} if course.reason else {}
        document["wellbeing_gain"] = _gain(course)
    return document


def _gain(course: Course) -> str:
    return {3: "no", 4: "yes"}.get(course.relevance, "unknown")


def _state(course: Course, days: int) -> str:
    if course.recorded and days >= course.told_days:
        return ("declined", "accepted", "ended", "sustained", "sustained")[course.relevance]
    if course.started and days >= course.start_days:
        return "started"
    return "accepted" if days >= 3 and course.relevance else "offered" if days >= 1 else "chosen"


def _attended(course: Course, days: int) -> int:
    """How often by now: sessions spread over the weeks from the start to the end of the window."""
    share = min(1.0, (days - course.start_days + 1) / (WINDOW_DAYS - course.start_days))
    return max(1, round(course.attended * share))
