"""A made-up singing group with an owner who signs in: a course with a queue, a register, a session called off."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Final

from server.demo.fieldwork import TEAM
from server.sync.decisions.paying import derived_id
from server.sync.door import Door, Put, Written
from server.sync.model import Command, Mutation, Principal

#: The group whose owner signs in, and its course.
ASSET: Final = "songs-group"
COURSE: Final = "songs-course"
_TIMES: Final = "songs-times"
_DISTRICT: Final = "E07000070"
_PLACES: Final = 3
#: Who began some weeks ago and comes, then those who would like to: as many as there are places, and two who wait.
_ENROLLED: Final = _PLACES + 2
#: One more has chosen the group and no course yet.
_PEOPLE: Final = _ENROLLED + 1
_CAME: Final = ("came", "absent")


def open_course(door: Door, referrals: Mapping[str, Mapping[str, Any]], today: date) -> Written:
    """Make the group and its course, enrol people of the first team, call a session off; a second time moves nothing.

    referrals : id → document.
    """
    people = _people(referrals)
    added = door.add(_documents(people, today), by="demo")
    for number in range(min(len(people), _ENROLLED)):
        door.act(_command("placement", f"songs-{number}", "enrol", {"course_id": COURSE}), _worker(door.tenant))
    off = _sessions(today)[3]
    why = {"on": off, "reason": "venue", "note": "The hall has no heating that day."}
    door.act(_command("schedule", _TIMES, "cancel_date", why), _owner(door.tenant))
    return Written(created=added + door.add(_register(people, today), by="demo"))


def _people(referrals: Mapping[str, Mapping[str, Any]]) -> Sequence[tuple[str, str]]:
    """Give referrals of the first team, one for each person, and whose they are."""
    mine = {doc["person_id"]: name for name, doc in sorted(referrals.items()) if doc["team_id"] == TEAM}
    return [(name, person) for person, name in sorted(mine.items())][:_PEOPLE]


def _sessions(today: date) -> list[str]:
    """Give eight weekly days of which the first two are over."""
    first = today - timedelta(days=10)
    return [(first + timedelta(weeks=week)).isoformat() for week in range(8)]


def _documents(people: Sequence[tuple[str, str]], today: date) -> Iterator[Put]:
    about = {"category": "music", "description": "Songs everybody knows. No notes to read. Made up for demonstration."}
    where = {"district": _DISTRICT, "easting": 570900, "northing": 206700, "address": "Tindal Hall, Chelmsford"}
    yield Put(
        "asset", ASSET, {"name": "Sing for the joy of it", **about, **where, "phone": "01632 960177", "made_up": True}
    )
    days = _sessions(today)
    weekday = date.fromisoformat(days[0]).strftime("%a").lower()
    when = {"frequency": "weekly", "weekday": weekday, "from_time": "14:00", "until_time": "15:30"}
    yield Put("schedule", _TIMES, {"item_kind": "asset", "item_id": ASSET, "district": _DISTRICT, **when})
    course = {"name": "Find your voice", "places": _PLACES, "starts_on": days[0], "ends_on": days[-1]}
    told = {"enrol_until_on": days[-2], "sessions_on": days, "schedule_id": _TIMES, "district": _DISTRICT}
    yield Put("course", COURSE, {"asset_id": ASSET, **course, **told, "description": "Eight weeks for beginners."})
    for number, (referral_id, person_id) in enumerate(people):
        whose = {"referral_id": referral_id, "person_id": person_id, "team_id": TEAM}
        chosen = {"item_kind": "asset", "item_id": ASSET, "chosen_at": f"{days[0]}T09:00:00Z", "position": 0}
        yield Put("placement", f"songs-{number}", {**whose, **chosen})


def _register(people: Sequence[tuple[str, str]], today: date) -> Iterator[Put]:
    """Give the lines of the first session, which is over; the second is still to be written down."""
    on = _sessions(today)[0]
    for number, (state, (_, person_id)) in enumerate(zip(_CAME, people, strict=False)):
        line = {"placement_id": f"songs-{number}", "person_id": person_id, "team_id": TEAM, "on": on, "state": state}
        yield Put("attendance", f"songs-{number}.{on}", line)


def _command(kind: str, record_id: str, name: str, args: dict[str, Any]) -> Mutation:
    return Mutation(derived_id(name, record_id, str(args)), 0, kind, record_id, "command", command=Command(name, args))


def _worker(tenant: str) -> Principal:
    scopes = frozenset({f"caseload:{TEAM}", f"directory:{_DISTRICT}"})
    return Principal(tenant, "demo-worker", "demo-worker", frozenset({"prescriber"}), scopes)


def _owner(tenant: str) -> Principal:
    scopes = frozenset({f"asset:{ASSET}", f"directory:{_DISTRICT}"})
    return Principal(tenant, "demo-owner", "demo-owner", frozenset({"asset_owner"}), scopes)
