"""What waits for a made-up volunteer centre: checks and references due, a young volunteer, requests, a team's day."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, Final

from server.demo.recruiting import CENTRE, EMPLOYER
from server.sync.door import Put

_DISTRICT: Final = "E07000070"
_HALL: Final = "hall-mid"
_TEAM_ROLE: Final = "role-team"
_YOUNG: Final = "newcomer-5"
#: Volunteer, type, who gave it, status, days since it was asked for, days until it runs out.
_CHECKS: Final[tuple[tuple[str, str, str, str, int, int | None], ...]] = (
    ("newcomer-0", "reference", "Mr Made-Up, former neighbour", "received", 170, None),
    ("newcomer-0", "driving_licence", "Seen at the centre", "received", 170, 12),
    ("newcomer-1", "reference", "Ms Example, club secretary", "requested", 25, None),
    ("newcomer-1", "motor_insurance", "Seen at the centre", "received", 380, -4),
    ("newcomer-4", "identity", "Passport, seen", "received", 10, None),
    ("newcomer-4", "reference", "A teacher", "requested", 4, None),
)
#: Name, sort, how often, days since it was asked.
_ASKED: Final = (
    ("Sort donations on Saturdays", "other", "weekly", 3),
    ("Walk with a group that has just begun", "walking", "monthly", 16),
)


def made_up_upkeep(today: date) -> Iterator[Put]:
    """Give the documents, in an order in which nothing refers to what is not there yet."""
    for number, (volunteer, kind, referee, status, ago, ahead) in enumerate(_CHECKS):
        fixed = {"volunteer_id": volunteer, "centre_id": CENTRE, "type": kind, "requested_on": _day(today, -ago)}
        came = {"received_on": _day(today, 7 - ago)} if status == "received" else {}
        until = {} if ahead is None else {"until_on": _day(today, ahead)}
        yield Put("check", f"made-up-check-{number}", {**fixed, "referee": referee, "status": status, **came, **until})
    yield Put("guardian_consent", "made-up-consent", _consent(today))
    for number, (name, category, commitment, ago) in enumerate(_ASKED):
        what = {"name": name, "category": category, "commitment": commitment, "wanted": 2, "min_age": 16}
        asked = {"centre_id": CENTRE, "organisation_id": _HALL, "asked_on": _day(today, -ago)}
        yield Put("role_request", f"made-up-request-{number}", {**asked, **what})
    yield Put("opportunity", _TEAM_ROLE, _team_role())
    team = {"employer_id": EMPLOYER, "centre_id": CENTRE, "opportunity_id": _TEAM_ROLE, "places": 8, "minutes": 180}
    leave = {
        "volunteer_id": "newcomer-1",
        "employer_id": EMPLOYER,
        "employee": "P. Marrowby, pump hall",
        "minutes": 240,
    }
    yield Put("leave_request", "made-up-leave", {**leave, "leave_on": _day(today, 9)})
    yield Put("team_event", "made-up-team", {**team, "held_on": _day(today, 18), "asked_by": "employer"})


def _team_role() -> dict[str, Any]:
    what = {"name": "Paint the fence of the hall", "category": "other", "commitment": "once", "role_type": "employee"}
    return {**what, "organisation_id": _HALL, "district": _DISTRICT, "made_up": True}


def _consent(today: date) -> dict[str, Any]:
    who = {"guardian_name": "Alma Underhay", "relation": "parent", "agreed": True, "method": "signed"}
    when = {"given_on": _day(today, -4), "until_on": _day(today, 20)}
    return {"volunteer_id": _YOUNG, "centre_id": CENTRE, **who, **when}


def _day(today: date, ahead: int) -> str:
    return (today + timedelta(days=ahead)).isoformat()
