"""Which volunteers can do what, until when, and whose training runs out soon. Pure rules."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

Document = Mapping[str, Any]

#: States in which a volunteer is here at all.
_HERE: Final = ("enquiry", "active", "paused")
#: Days for which who is late with a renewal is told, where nobody says for how many.
_USUAL: Final = 42


@dataclass(frozen=True, slots=True)
class Due:
    """A training that runs out, or ran out. until_on : its last day. days : from today to then, below 0 when over."""

    volunteer_id: str
    training_id: str
    until_on: str
    days: int


@dataclass(frozen=True, slots=True)
class Able:
    """A volunteer who can do something. until_on : the last day, None for no end. away_until_on : of a break."""

    volunteer_id: str
    until_on: str | None
    away_until_on: str | None


def due(
    volunteers: Iterable[tuple[str, Document]], trainings: Mapping[str, Document], today: date, days: int | None
) -> list[Due]:
    """Say whose trainings run out within so many days, or did as many days ago and were not renewed, soonest first.

    volunteers : id and document. trainings : id → document; retired ones are renewed no more. days : None for as many
    as each training says.
    """
    found: list[Due] = []
    for name, doc in volunteers:
        for one in doc.get("trained") or () if doc.get("status", "active") in _HERE else ():
            training = trainings.get(one["training_id"], {})
            within = training.get("lead_days", _USUAL) if days is None else days
            if one["until_on"] is None or training.get("status") == "retired":
                continue
            left = (date.fromisoformat(one["until_on"]) - today).days
            if abs(left) <= within:
                found.append(Due(name, one["training_id"], one["until_on"], left))
    return sorted(found, key=lambda one: (one.until_on, one.volunteer_id, one.training_id))


def able(
    volunteers: Iterable[tuple[str, Document]], today: date, *, training_id: str | None, skill: str | None
) -> list[Able]:
    """Say who holds a training and has a skill today, those who are not named left aside, in order of id."""
    on, found = today.isoformat(), []
    for name, doc in volunteers:
        held = {one["training_id"]: one["until_on"] for one in doc.get("trained") or ()}
        until = held.get(training_id or "")
        trained = training_id is None or (training_id in held and (until is None or until >= on))
        skilled = skill is None or skill in (doc.get("skills") or ())
        if trained and skilled and doc.get("status", "active") in _HERE:
            found.append(Able(name, until, _away(doc, today)))
    return sorted(found, key=lambda one: one.volunteer_id)


def _away(volunteer: Document, today: date) -> str | None:
    until = volunteer.get("paused_until_on")
    return until if until and until > today.isoformat() else None
