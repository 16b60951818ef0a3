"""What only the server decides, wanted by several at once."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from random import Random
from typing import TYPE_CHECKING

from server.simulation.deeds.registry import deed, is_caseworker
from server.simulation.deeds.work import somebody, word
from server.simulation.phones import SimPhone

if TYPE_CHECKING:
    from server.simulation.world import World


@deed(3)
def claim(world: "World", phone: SimPhone, roll: Random, number: int) -> None:
    """Claim, release or complete a task."""
    which = somebody(phone, "task", roll)
    if which and "volunteer" in phone.account.roles:
        name = roll.choice(("claim", "claim", "release", "complete"))
        args = {"minutes": 30} if name == "complete" else {}
        send_command(world, phone, "task", which, name, args, _until(phone, roll))


@deed(4)
def place(world: "World", phone: SimPhone, roll: Random, number: int) -> None:
    """Offer, accept or decline a place."""
    if not is_caseworker(phone):
        return
    name = roll.choice(("offer_place", "offer_place", "accept_place", "decline_place"))
    there = sorted(key[1] for key in phone.holding.records if key[0] == "placement")
    for which in roll.sample(there, min(len(there), roll.choice((1, 1, 3)))):
        send_command(world, phone, "placement", which, name, {}, _until(phone, roll))


@deed(2)
def settle(world: "World", phone: SimPhone, roll: Random, number: int) -> None:
    """Resolve a conflict."""
    if is_caseworker(phone) and (which := somebody(phone, "conflict", roll)):
        keep = roll.choice(("mine", "theirs", "other"))
        args = {"keep": keep, "value": word(world, phone, number)} if keep == "other" else {"keep": keep}
        send_command(world, phone, "conflict", which, "resolve_conflict", args, None)


@deed(2)
def call_off(world: "World", phone: SimPhone, roll: Random, number: int) -> None:
    """Let the centre call a task off, or change it."""
    if "centre" in phone.account.roles and (which := somebody(phone, "task", roll)):
        values = roll.choice(({"status": "cancelled"}, {"minutes": roll.randrange(5, 60)}))
        mid = phone.client.patch("task", which, values)
        world.make(phone, mid, "patch task", which, values)


def send_command(
    world: "World",
    phone: SimPhone,
    kind: str,
    which: str,
    name: str,
    args: Mapping[str, object],
    until: str | None = None,
) -> None:
    """Let a phone ask for something that the server decides. until : the instant up to which it is good."""
    mid = phone.client.command(kind, which, name, args, until)
    world.make(phone, mid, name, which, args)


def _until(phone: SimPhone, roll: Random) -> str | None:
    """Say by the phone's clock until when the command is good."""
    if roll.random() < 0.7:
        return None
    until = datetime.fromtimestamp(phone.clock(), UTC) + timedelta(hours=roll.choice((1, 30)))
    return until.strftime("%Y-%m-%dT%H:%M:%SZ")
