"""Courses: until when people may enrol, until when a place that comes free is offered on, and for how long."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from server.domain.days import local_day

Course = Mapping[str, Any]

#: What a placement says of its place once it neither has one nor waits for one.
NO_PLACE: Mapping[str, Any] = {"place_held": "none", "waiting_position": None, "offered_until_at": None}


def takes_people(course: Course, now: datetime) -> bool:
    """Say whether people may enrol: up to and with the last day of enrolment, or the first of the course."""
    until: str = course.get("enrol_until_on") or course["starts_on"]
    return bool(course["status"] == "open") and local_day(now).isoformat() <= until


def offers_on(course: Course, now: datetime) -> bool:
    """Say whether a place that comes free now is offered to whoever waits: until the course begins."""
    until: str = max(course["starts_on"], course.get("enrol_until_on") or "")
    return bool(course["status"] != "cancelled") and local_day(now).isoformat() <= until


def kept_until(course: Course, now: datetime) -> datetime:
    """Say until when a place that came free now is kept for whoever it is offered to."""
    return now + timedelta(hours=course["offer_hours"])


def wrong_course(doc: Course) -> dict[str, list[str]]:
    """Say, by field, what of a new course lies outside of it."""
    first, last = doc["starts_on"], doc.get("ends_on") or "9999-12-31"
    errors: dict[str, list[str]] = {}
    if last < first:
        errors["ends_on"] = ["A course ends after it begins."]
    if any(not first <= on <= last for on in doc["sessions_on"]):
        errors["sessions_on"] = ["Every session lies between the first day and the last."]
    return errors


def attendance_id(placement_id: str, on: str) -> str:
    """Give the id of the line of a register."""
    return f"{placement_id}.{on}"


def wrong_attendance(
    record_id: str, doc: Mapping[str, Any], placement: Mapping[str, Any], sessions: Sequence[str], today: str
) -> dict[str, list[str]]:
    """Say, by field, what is wrong with a line of a register. sessions : the days of the course, none for any day.

    today : local ISO date; who will be away can say so before, nobody has come before.
    """
    errors: dict[str, list[str]] = {}
    if record_id != attendance_id(doc["placement_id"], doc["on"]):
        errors["id"] = ["The id is the placement's, a full stop and the day."]
    for name in ("person_id", "team_id"):
        if doc[name] != placement[name]:
            errors[name] = ["This is not the one of the placement."]
    if sessions and doc["on"] not in sessions:
        errors["on"] = ["The course has no session on this day."]
    elif doc["state"] == "came" and doc["on"] > today:
        errors["on"] = ["This is still to come."]
    return errors
