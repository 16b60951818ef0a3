"""The made-up time bank at work: members of the demonstration, and exchanges that they have confirmed."""

from collections.abc import Iterator
from typing import Any, Final

from server.demo.offers import BANK
from server.sync.decisions.banks import new_bank
from server.sync.decisions.paying import derived_id
from server.sync.door import Door, Put, Written
from server.sync.model import Command, Mutation, Principal

_OPENED: Final = "2026-09-01T09:00:00Z"
_CHOIR: Final = "time-choir"
_BROKER: Final = "demo-broker"
#: Account, volunteer, and the name that the others see.
_MEMBERS: Final = (
    ("time-000", "volunteer-000", "Edith Willowbee"),
    ("time-001", "volunteer-001", "Marek Larkabout"),
    ("time-002", "volunteer-002", "Una Saltmarrow"),
)
#: Giver, receiver, minutes, category, day; the last one waits for its receiver's word.
_EXCHANGES: Final = (
    ("time-000", "time-001", 60, "gardening", "2026-10-03"),
    ("time-001", "time-002", 90, "digital_help", "2026-10-11"),
    ("time-002", "time-000", 60, "cooking", "2026-10-24"),
    ("time-000", "time-002", 30, "befriending", "2026-11-07"),
)


def open_time_bank(door: Door) -> Written:
    """Open the bank with its members and let them exchange; a second time moves nothing."""
    written = door.write(_documents(), by="demo")
    for mutation in _mutations():
        door.act(mutation, _broker(door.tenant))
    return written


def _documents() -> Iterator[Put]:
    rules = {"name": "County Time Bank", "district": "county", "organisation_id": BANK, "made_up": True}
    yield from new_bank(BANK, {**rules, "centre_id": "centre-mid", "credits_tasks": True}, _OPENED)
    for account_id, volunteer_id, name in _MEMBERS:
        whose = {"owner_kind": "volunteer", "owner_id": volunteer_id, "volunteer_id": volunteer_id, "name": name}
        told = {"bank_id": BANK, "type": "person", "opened_at": _OPENED, "made_up": True}
        yield Put("account", account_id, {**told, **whose})
    about = {"district": "county", "type": "provider", "description": "Made up for demonstration."}
    yield Put("organisation", _CHOIR, {"name": "The Made-Up Choir", "made_up": True, **about})
    choir = {"type": "group", "owner_kind": "organisation", "owner_id": _CHOIR, "name": "The Made-Up Choir"}
    yield Put("account", _CHOIR, {"bank_id": BANK, "opened_at": _OPENED, "made_up": True, **choir})


def _mutations() -> Iterator[Mutation]:
    for number, (giver, receiver, minutes, category, day_on) in enumerate(_EXCHANGES):
        name = f"demo-exchange-{number}"
        terms = {"minutes": minutes, "category": category, "day_on": day_on, "with_account_id": receiver}
        yield _command(
            "account", giver, "propose_exchange", {**terms, "exchange_id": name, "gives": True, "done": True}
        )
        if number < len(_EXCHANGES) - 1:
            yield _command("exchange", name, "confirm_exchange", {"side": "receiver"})
    gift = {"minutes": 30, "category": "music", "day_on": "2026-11-14", "to_account_id": _CHOIR}
    yield _command("account", "time-001", "donate", {**gift, "transaction_id": "demo-gift"})


def _command(kind: str, record_id: str, name: str, args: dict[str, Any]) -> Mutation:
    return Mutation(derived_id(name, record_id, str(args)), 0, kind, record_id, "command", command=Command(name, args))


def _broker(tenant: str) -> Principal:
    return Principal(tenant, _BROKER, _BROKER, frozenset({"broker"}), frozenset({f"timebank:{BANK}"}))
