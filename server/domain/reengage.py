"""Whom to write to again: volunteers of whom nothing was heard for a while, each with the reason that fits best."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from server.domain.enquiries import ENDS

Doc = Mapping[str, Any]

#: Reasons in the order in which they are tried.
REASONS: Final[Mapping[str, str]] = {
    "pause_over": "Their break is over, and they have taken on nothing since",
    "no_time_then": "Had no time then, and may have now",
    "waiting": "Enquired, and has heard nothing since",
    "done_well": "Gave time often, and not lately",
    "lapsed": "Gave time before, and not lately",
}
#: From so many finished tasks on somebody gave time often.
_OFTEN: Final = 3
#: Why somebody withdrew or said no who might come back.
_NO_TIME: Final = frozenset({"time", "took_too_long", "enough"})
_DAY: Final = 10


@dataclass(frozen=True, slots=True)
class Again:
    """A volunteer to write to. since : the day from which nothing was heard. done : tasks that they finished."""

    volunteer_id: str
    reason: str
    since: str
    done: int
    commitment: str


@dataclass(frozen=True, slots=True)
class Heard:
    """What is known of volunteers' doings: documents of claims, asks and enquiries, and of enquiries' steps."""

    claims: Iterable[Doc]
    asks: Iterable[Doc]
    enquiries: Mapping[str, Doc]
    steps: Iterable[Doc]


@dataclass(slots=True)
class _Past:
    """What one volunteer did. last : the last day on which they did anything. no_time : when they last had none."""

    done: int = 0
    last: str = ""
    no_time: str = ""
    waiting: str = ""
    busy: bool = False

    def on(self, day: str) -> None:
        self.last = max(self.last, day[:_DAY])


def reengage(volunteers: Mapping[str, Doc], heard: Heard, today: str, quiet_days: int) -> list[Again]:
    """List whom to write to again, those of whom nothing was heard longest first.

    Nobody who has left, is on a break, or is doing something now. quiet_days : as long as nothing was heard.
    """
    pasts = _pasts(heard)
    before = (date.fromisoformat(today) - timedelta(quiet_days)).isoformat()
    found: list[Again] = []
    for name, doc in volunteers.items():
        past = pasts.get(name, _Past())
        if doc["status"] != "left" and not past.busy and (fits := _reason(doc, past, today, before)):
            found.append(Again(name, *fits, past.done, doc["commitment"]))
    return sorted(found, key=lambda one: (one.since, one.volunteer_id))


def _reason(volunteer: Doc, past: _Past, today: str, before: str) -> tuple[str, str] | None:
    """Say why to write, and since when; None when there is no reason yet."""
    back = volunteer.get("paused_until_on") or ""
    if back > today or (volunteer["status"] == "paused" and not back):
        return None
    if back and past.last < back:
        return "pause_over", back
    if not past.last or past.last > before:
        return None
    if past.no_time == past.last:
        return "no_time_then", past.last
    if past.waiting:
        return "waiting", past.waiting
    if past.done:
        return ("done_well" if past.done >= _OFTEN else "lapsed"), past.last
    return None


def _pasts(heard: Heard) -> dict[str, _Past]:
    found: dict[str, _Past] = {}
    for claim in heard.claims:
        past = found.setdefault(claim["volunteer_id"], _Past())
        past.on(claim["ended_at"] or claim["claimed_at"])
        past.done += claim["status"] == "done"
        past.busy |= claim["status"] in ("active", "en_route")
    for ask in heard.asks:
        if ask["status"] == "declined":
            past = found.setdefault(ask["volunteer_id"], _Past())
            _said(past, ask["answered_at"] or ask["asked_at"], ask["reason"])
    reasons = {step["enquiry_id"]: step["reason"] for step in sorted(heard.steps, key=lambda step: step["number"])}
    for name, enquiry in heard.enquiries.items():
        _enquired(found.setdefault(enquiry["volunteer_id"], _Past()), enquiry, reasons.get(name))
    return found


def _said(past: _Past, at: str, reason: str | None) -> None:
    past.on(at)
    if reason in _NO_TIME:
        past.no_time = max(past.no_time, at[:_DAY])


def _enquired(past: _Past, enquiry: Doc, reason: str | None) -> None:
    stepped = enquiry["stepped_on"] or enquiry["enquired_on"]
    if enquiry["status"] in ENDS:
        _said(past, stepped, reason)
        return
    past.on(stepped)
    if enquiry["status"] in ("enquiry", "interview"):
        past.waiting = max(past.waiting, stepped)
    else:
        past.busy = True
