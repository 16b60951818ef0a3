"""Trainings: until when one is good, what a volunteer holds on a day, what runs out soon. Pure rules."""

from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final

Document = Mapping[str, Any]
Errors = dict[str, list[str]]

#: Later than any day on which something runs out.
_NEVER: Final = "9999-12-31"
_MONTHS: Final = 12


def last_day(done_on: str, months: int | None) -> str | None:
    """Say on which day a training that was done on a day is good for the last time; None for ever.

    It is the same day of the month, or that month's last: 2026-08-31 and 6 months give 2027-02-28.
    """
    if months is None:
        return None
    done = date.fromisoformat(done_on)
    years, month = divmod(done.month - 1 + months, _MONTHS)
    year = min(done.year + years, date.max.year)
    return date(year, month + 1, min(done.day, monthrange(year, month + 1)[1])).isoformat()


def held_on(volunteer: Document, on: str) -> frozenset[str]:
    """Give the ids of the trainings that a volunteer holds on a day. on : ISO date."""
    return frozenset(one["training_id"] for one in volunteer.get("trained") or () if (one["until_on"] or _NEVER) >= on)


def with_completion(trained: Sequence[Document], completion: Document) -> list[dict[str, Any]]:
    """Give what a volunteer holds with one completion more: of one training the one that is good longest counts."""
    if completion["status"] != "verified":
        return [dict(one) for one in trained]
    until = {one["training_id"]: one["until_on"] for one in trained}
    mine, known = completion["training_id"], completion["training_id"] in until
    if not known or (until[mine] or _NEVER) < (completion["expires_on"] or _NEVER):
        until[mine] = completion["expires_on"]
    return [{"training_id": name, "until_on": until[name]} for name in sorted(until)]


def trained_by(completions: Iterable[Document]) -> list[dict[str, Any]]:
    """Give what all completions of one volunteer come to."""
    trained: list[dict[str, Any]] = []
    for one in completions:
        trained = with_completion(trained, one)
    return trained


def wrong_completion(completion: Document, volunteer: Document | None, today: str, *, must_show: bool) -> Errors:
    """Say what is wrong with a completion. must_show : whether evidence has to be named. today : ISO date."""
    if volunteer is None:
        return {"volunteer_id": ["There is no such volunteer any more."]}
    errors: Errors = {}
    if completion["centre_id"] != volunteer["centre_id"]:
        errors["centre_id"] = ["Not the volunteer's centre."]
    if completion["done_on"] > today:
        errors["done_on"] = ["This day has not come yet."]
    if must_show and not completion["evidence"]:
        errors["evidence"] = ["Say what was shown, such as the number of a certificate."]
    return errors
