"""What a broken or hostile client sends: it must go wrong alone."""

from dataclasses import replace
from random import Random
from typing import TYPE_CHECKING, Any

import orjson

from server.simulation.deeds.registry import deed, is_caseworker
from server.simulation.deeds.work import word
from server.simulation.model import Letter
from server.simulation.phones import SimPhone

if TYPE_CHECKING:
    from server.simulation.world import World

#: Documents of a person that no server may take.
_POISON: tuple[dict[str, Any], ...] = (
    {"shoe_size": 41},
    {"max_km": "far"},
    {"max_km": 2**60},
    {"languages": ["klingon"]},
    {"given_name": "x" * 900},
    {"given_name": {"deep": [[[[]]]]}},
    {"do_not_contact": "perhaps"},
    {"team_id": "no such / team"},
)


@deed(2)
def poison(world: "World", phone: SimPhone, roll: Random, number: int) -> None:
    """Put a record into the outbox that cannot be taken, among others that can."""
    if not is_caseworker(phone):
        return
    good = {"team_id": "t1", "given_name": word(world, phone, number), "family_name": "Q", "made_up": True}
    bad = roll.choice(_POISON)
    if roll.random() < 0.5:
        phone.client.create("person", {**good, **bad}, f"bad{number}")
    else:
        phone.client._enqueue("person", "p0", "patch", bad)
    mid = world.latest(phone)
    world.oracle.poison.add(mid)
    world.make(phone, mid, "poison", bad if len(str(bad)) < 80 else "a very long name")


@deed(1.5)
def forge(world: "World", phone: SimPhone, roll: Random, number: int) -> None:
    """Send a mutation again under its name with another payload."""
    mine = [wish for wish in world.oracle.wishes.values() if wish.device == phone.name and wish.said["set"]]
    if not mine or phone.holding.session is None:
        return
    said = roll.choice(mine).said
    other = {**said, "set": {**said["set"], next(iter(said["set"])): word(world, phone, number)}}
    world.trace.note(phone.name, "sends other content as", said["mid"])
    body = {"device": phone.name, "sent_at": "2026-11-21T09:00:00Z", "schema": 1, "mutations": [other]}
    letter = Letter(phone.name, "POST", "/v1/sync/push", "", orjson.dumps(body))
    world.server.handle(letter, late=True)


@deed(1)
def renumber(world: "World", phone: SimPhone, roll: Random, number: int) -> None:
    """Let a phone forget how far it had counted, as after a damaged disk: its next number is used or leaves a hole."""
    holding = phone.holding
    holding.lseq = max(0, holding.lseq + roll.choice((-2, -1, 1, 3)))
    for mid, entry in holding.outbox.items():
        if not entry.deferred:
            holding.outbox[mid] = replace(entry, lseq=None)
    world.trace.note(phone.name, "miscounts: its latest number is", holding.lseq)
