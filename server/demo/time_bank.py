"""The made-up time bank at work: members of the demonstration, and exchanges that they have confirmed."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, Final

from server.demo.days import days_ago
from server.demo.offers import BANK
from server.demo.offers import GROUP as _CHOIR
from server.sync.decisions.banks import new_bank
from server.sync.decisions.paying import derived_id
from server.sync.door import Door, Put, Written
from server.sync.model import Command, Mutation, Principal

_OPENED: Final = "2026-09-01T09:00:00Z"
#: How far below zero its members may go, in minutes: near enough to be met in a demonstration.
_FLOOR: Final = -120
_BROKER: Final = "demo-broker"
#: Account, volunteer, and the name that the others see.
_MEMBERS: Final = (
    ("time-000", "volunteer-000", "Edith Willowbee"),
    ("time-001", "volunteer-001", "Marek Larkabout"),
    ("time-002", "volunteer-002", "Una Saltmarrow"),
)
#: Giver, receiver, minutes, category, days ago; the last one waits for its receiver's word.
_EXCHANGES: Final = (
    ("time-000", "time-001", 60, "gardening", 51),
    ("time-001", "time-002", 90, "digital_help", 43),
    ("time-002", "time-000", 60, "cooking", 30),
    ("time-000", "time-001", 90, "transport", 18),
    ("time-000", "time-002", 30, "befriending", 16),
)
#: What is agreed for a day to come: who says so, with whom, whether they help, minutes, category, days ahead, note.
_TO_COME: Final = (
    ("time-000", "time-002", False, 60, "gardening", 4, "The roses by the back door. Tea afterwards!"),
    ("time-001", "time-000", True, 45, "digital_help", 2, "I can come after lunch. Ring me on 01632 960142."),
)
#: Whose, the district it says, title, category, minutes, when, and a line for the bank alone.
_OFFERED: Final = (
    (
        "time-000",
        "E07000070",
        "Soup, and how to make it",
        "cooking",
        60,
        ["tue_am", "thu_am"],
        "Ground floor, no steps.",
    ),
    ("time-001", "E07000070", "Help with a phone or tablet", "digital_help", 60, ["mon_pm", "wed_pm"], "By bus only."),
    ("time-002", "E07000071", "A walk and a talk", "walking", 60, ["sat_am"], "Slow walks, with a rest half way."),
)
_ASKED: Final[tuple[tuple[str, str, str, str, int, list[str], str], ...]] = (
    ("time-000", "E07000070", "Put my photos on the computer", "digital_help", 90, ["wed_pm"], "Two albums."),
    ("time-001", "E07000070", "A shelf put up in the hall", "home_help", 60, ["sat_am"], "I have a drill."),
    ("time-002", "E07000071", "A lift to the eye clinic", "transport", 120, [], "The first Tuesday of the month."),
)


def open_time_bank(door: Door, today: date) -> Written:
    """Open the bank with its members and let them exchange; a second time moves nothing."""
    written = door.write(_documents(), by="demo")
    for mutation in (*_mutations(today), *_to_come(today), *_lists()):
        door.act(mutation, _broker(door.tenant))
    return written


def _documents() -> Iterator[Put]:
    rules = {
        "floor_min": _FLOOR,
        "name": "County Time Bank",
        "district": "county",
        "organisation_id": BANK,
        "made_up": True,
    }
    yield from new_bank(BANK, {**rules, "centre_id": "centre-mid", "credits_tasks": True, "self_join": True}, _OPENED)
    for account_id, volunteer_id, name in _MEMBERS:
        whose = {"owner_kind": "volunteer", "owner_id": volunteer_id, "volunteer_id": volunteer_id, "name": name}
        told = {"bank_id": BANK, "floor_min": _FLOOR, "type": "person", "opened_at": _OPENED, "made_up": True}
        yield Put("account", account_id, {**told, **whose})
    about = {"district": "county", "type": "provider", "description": "Made up for demonstration."}
    yield Put("organisation", _CHOIR, {"name": "The Made-Up Choir", "made_up": True, **about})
    choir = {"type": "group", "owner_kind": "organisation", "owner_id": _CHOIR, "name": "The Made-Up Choir"}
    choir |= {"centre_id": "centre-mid"}  # which looks after it
    yield Put("account", _CHOIR, {"bank_id": BANK, "opened_at": _OPENED, "made_up": True, **choir})


def _mutations(today: date) -> Iterator[Mutation]:
    for number, (giver, receiver, minutes, category, ago) in enumerate(_EXCHANGES):
        name = f"demo-exchange-{number}"
        day_on = days_ago(today, ago)
        terms = {"minutes": minutes, "category": category, "day_on": day_on, "with_account_id": receiver}
        yield _command(
            "account", giver, "propose_exchange", {**terms, "exchange_id": name, "gives": True, "done": True}
        )
        if number < len(_EXCHANGES) - 1:
            yield _command("exchange", name, "confirm_exchange", {"side": "receiver"})
    gift = {"minutes": 30, "category": "music", "day_on": days_ago(today, 9), "to_account_id": _CHOIR}
    yield _command("account", "time-001", "donate", {**gift, "transaction_id": "demo-gift"})


def _to_come(today: date) -> Iterator[Mutation]:
    for number, (whose, other, gives, minutes, category, ahead, note) in enumerate(_TO_COME):
        day_on = (today + timedelta(days=ahead)).isoformat()
        terms = {"minutes": minutes, "category": category, "day_on": day_on, "with_account_id": other, "note": note}
        yield _command(
            "account", whose, "propose_exchange", {**terms, "exchange_id": f"demo-to-come-{number}", "gives": gives}
        )


def _lists() -> Iterator[Mutation]:
    for name, id_name, lines in (("offer_help", "offer_id", _OFFERED), ("ask_help", "request_id", _ASKED)):
        for whose, district, title, category, minutes, when, note in lines:
            told = {"title": title, "category": category, "minutes": minutes, "availability": when, "note": note}
            yield _command("account", whose, name, {**told, "district": district, id_name: f"{whose}-{name}"})


def _command(kind: str, record_id: str, name: str, args: dict[str, Any]) -> Mutation:
    return Mutation(derived_id(name, record_id, str(args)), 0, kind, record_id, "command", command=Command(name, args))


def _broker(tenant: str) -> Principal:
    return Principal(tenant, _BROKER, _BROKER, frozenset({"broker"}), frozenset({f"timebank:{BANK}"}))
