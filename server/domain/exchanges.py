"""Exchanges of time: the terms that two members agree on, and the steps until the minutes move. Pure rules."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from mobile_contract.vocabulary import CATEGORIES
from server.domain.claims import wrong_minutes

#: States of an exchange in which nothing has moved yet.
OPEN: Final = frozenset({"proposed", "confirmed"})
SIDES: Final = ("giver", "receiver")
#: The most characters of a note.
NOTE_LIMIT: Final = 1000


@dataclass(frozen=True, slots=True)
class Terms:
    """What is exchanged. day_on : when the help is or was given, an ISO date."""

    minutes: int
    category: str
    day_on: str


def read_terms(args: Mapping[str, Any], today: str) -> Terms | str:
    """Read the terms of a command: the slug of the problem when there is one. today : the day when none is said."""
    minutes, category, day_on = args.get("minutes"), args.get("category"), args.get("day_on", today)
    if wrong_minutes(minutes) or not isinstance(minutes, int):
        return "wrong-minutes"
    if not isinstance(category, str) or category not in CATEGORIES.codes:
        return "unknown-category"
    return Terms(minutes, category, day_on) if is_day(day_on) else "invalid"


def is_day(value: object) -> bool:
    """Say whether this is a date such as 2026-11-21."""
    try:
        return isinstance(value, str) and date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def confirm(exchange: Mapping[str, Any], side: str, now: str) -> dict[str, Any] | str | None:
    """Say what a side's confirmation sets: the slug of a problem, or None when it was confirmed or settled before.

    The status that comes out is settled once both sides have confirmed: then the minutes have to move.
    """
    if exchange["status"] == "settled" or (exchange["status"] in OPEN and exchange[f"{side}_confirmed_at"]):
        return None
    if exchange["status"] not in OPEN:
        return "exchange-ended"
    other = SIDES[side == "giver"]
    status = "settled" if exchange[f"{other}_confirmed_at"] else "confirmed"
    return {f"{side}_confirmed_at": now, "status": status}


def end(exchange: Mapping[str, Any], status: str, now: str) -> dict[str, Any] | str | None:
    """Say what declining or cancelling sets: the slug of a problem, or None when it was so before."""
    if exchange["status"] == status:
        return None
    if exchange["status"] == "settled":
        return "exchange-settled"
    return {"status": status, "ended_at": now} if exchange["status"] in OPEN else "exchange-ended"


def agrees(bank: Mapping[str, Any], other_id: str) -> bool:
    """Say whether a bank consents to exchanging with another now."""
    return any(one["bank_id"] == other_id and not one.get("withdrawn_at") for one in bank["agreements"])


def with_agreement(bank: Mapping[str, Any], other_id: str, now: str) -> list[dict[str, Any]]:
    """Give a bank's agreements with one more; what was withdrawn stays on record."""
    return [*bank["agreements"], {"bank_id": other_id, "agreed_at": now, "withdrawn_at": None}]


def without_agreement(bank: Mapping[str, Any], other_id: str, now: str) -> list[dict[str, Any]]:
    """Give a bank's agreements with the consent to one bank withdrawn."""
    return [
        {**one, "withdrawn_at": now} if one["bank_id"] == other_id and not one.get("withdrawn_at") else one
        for one in bank["agreements"]
    ]
