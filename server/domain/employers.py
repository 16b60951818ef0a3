"""Employers: in which year of an employer a day lies, and what is wrong with what is asked of its allowance."""

from collections.abc import Mapping
from datetime import date
from typing import Any

Document = Mapping[str, Any]
Errors = dict[str, list[str]]


def year_of(employer: Document, on: str) -> str:
    """Give the first day of the employer's year in which a day lies. on : ISO date."""
    day, month = date.fromisoformat(on), employer["year_month"]
    return date(day.year if day.month >= month else day.year - 1, month, 1).isoformat()


def wrong_leave(leave: Document, volunteer: Document | None) -> Errors:
    """Say what is wrong with a request. volunteer : the record of whoever asks, None when there is none."""
    theirs = volunteer.get("employer_id") if volunteer else None
    errors: Errors = {"employer_id": ["The centre has no such employer of yours on record."]}
    return {} if theirs == leave["employer_id"] else errors


def wrong_event(event: Document, employer: Document | None, role: Document | None) -> Errors:
    """Say what is wrong with a team event. role : what the team is to do."""
    errors: Errors = {}
    if employer is None or employer["centre_id"] != event["centre_id"]:
        errors["employer_id"] = ["This employer is with another centre."]
    if role is None or role["role_type"] != "employee":
        errors["opportunity_id"] = ["This is not open to teams of employees."]
    return errors


def event_minutes(event: Document, people: int) -> int:
    """Give the minutes that an event takes of the allowance."""
    minutes: int = event["minutes"]
    return minutes * people
