"""What a volunteer centre has to look at: who is still there, what runs out, which references have not come."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from server.domain.youth import ADULT, age_on

Doc = Mapping[str, Any]

#: Days after which a reference that was asked for is asked for again.
_CHASE_DAYS: Final = 21
#: Days for which what ran out stays on the list.
_LATE_DAYS: Final = 90


@dataclass(frozen=True, slots=True)
class Upcoming:
    """One thing to look at. what : its sort. on : the day it is due, or was. days : until then, below 0 when late."""

    volunteer_id: str
    what: str
    on: str
    days: int


@dataclass(frozen=True, slots=True)
class Centre:
    """The records of a centre, or of several, by id."""

    volunteers: Mapping[str, Doc]
    enquiries: Mapping[str, Doc]
    checks: Mapping[str, Doc]


def upcoming(centre: Centre, today: str, within: int) -> list[Upcoming]:
    """List what is due within so many days, or was lately, soonest first. today : ISO date.

    Nothing of those who have left. A stay that nobody asked about stays on the list until somebody says.
    """
    here = {name: doc for name, doc in centre.volunteers.items() if doc["status"] != "left"}
    first, last = _shifted(today, -_LATE_DAYS), _shifted(today, within)
    found = [*_stays(centre.enquiries, last), *_running_out(here, first, last), *_checks(centre.checks, first, last)]
    dated = (Upcoming(name, what, on, _between(today, on)) for name, what, on in found if name in here)
    return sorted(dated, key=lambda one: (one.on, one.volunteer_id, one.what))


def _stays(enquiries: Mapping[str, Doc], last: str) -> Iterable[tuple[str, str, str]]:
    for doc in enquiries.values():
        if doc["check_on"] is not None and doc["check_on"] <= last:
            what = "still there after 4 weeks" if doc["status"] == "placed" else "still there after 12 weeks"
            yield doc["volunteer_id"], what, doc["check_on"]


def _running_out(volunteers: Mapping[str, Doc], first: str, last: str) -> Iterable[tuple[str, str, str]]:
    for name, doc in volunteers.items():
        if doc.get("dbs_level", "none") != "none" and first <= (doc.get("dbs_until_on") or "") <= last:
            yield name, "background check", doc["dbs_until_on"]
        until = doc.get("guardian_until_on") or ""
        if first <= until <= last and doc.get("birth_on") and age_on(doc["birth_on"], _shifted(until, 1)) < ADULT:
            yield name, "guardian's consent", until


def _checks(checks: Mapping[str, Doc], first: str, last: str) -> Iterable[tuple[str, str, str]]:
    for doc in checks.values():
        name = doc["type"].replace("_", " ")
        if doc["status"] == "received" and first <= (doc["until_on"] or "") <= last:
            yield doc["volunteer_id"], name, doc["until_on"]
        if doc["status"] == "requested" and (asked := _shifted(doc["requested_on"], _CHASE_DAYS)) <= last:
            yield doc["volunteer_id"], f"{name} has not come", asked


def _shifted(day: str, days: int) -> str:
    return (date.fromisoformat(day) + timedelta(days)).isoformat()


def _between(today: str, on: str) -> int:
    return (date.fromisoformat(on) - date.fromisoformat(today)).days
