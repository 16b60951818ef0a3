"""A time bank among two volunteers: minutes are moved, given and exchanged. These deeds come after a world's others."""

from random import Random
from typing import TYPE_CHECKING, Any, Final

from server.simulation.deeds.commands import send_command
from server.simulation.deeds.registry import deed
from server.simulation.deeds.work import somebody
from server.simulation.given import time_bank
from server.simulation.phones import SimPhone
from server.sync.model import Command, Mutation

if TYPE_CHECKING:
    from server.simulation.world import World

_ACCOUNTS: Final = ("a1", "a2")
_BROKER: Final = "broker", "timebank:bank"


@deed(0, apart=True)
def open_bank(world: "World", phone: SimPhone, roll: Random, number: int) -> None:
    """Open the bank with the accounts of both volunteers, who may owe two hours."""
    tenant = phone.account.tenant
    world.write(tenant, time_bank(tenant), by="desk")
    world.trace.note("desk", "opens the time bank")
    for one in world.phones:
        if "volunteer" in one.account.roles and not one.wiped:
            with world.watched(one):
                world.sync(one)


@deed(4, apart=True)
def transfer(world: "World", phone: SimPhone, roll: Random, number: int) -> None:
    """Move minutes to the other, or give them to the pot."""
    mine = somebody(phone, "account", roll)
    if mine in _ACCOUNTS:
        terms = _terms(roll) | ({"transaction_id": f"t{number}"} if roll.random() < 0.5 else {})
        if roll.random() < 0.3:
            send_command(world, phone, "account", mine, "donate", terms)
        else:
            send_command(world, phone, "account", mine, "transfer", terms | {"to_account_id": _other(mine)})


@deed(3, apart=True)
def propose(world: "World", phone: SimPhone, roll: Random, number: int) -> None:
    """Propose an exchange, perhaps with one's own side confirmed."""
    mine = somebody(phone, "account", roll)
    if mine in _ACCOUNTS:
        about = {"exchange_id": f"e{number}", "with_account_id": _other(mine), "gives": roll.random() < 0.5}
        terms = _terms(roll) | about | {"done": roll.random() < 0.7}
        send_command(world, phone, "account", mine, "propose_exchange", terms)


@deed(4, apart=True)
def confirm(world: "World", phone: SimPhone, roll: Random, number: int) -> None:
    """Confirm an exchange, or decline it; both may be said twice, and by both."""
    which = somebody(phone, "exchange", roll)
    if which and "volunteer" in phone.account.roles:
        name = roll.choice(("confirm_exchange", "confirm_exchange", "confirm_exchange", "decline_exchange"))
        send_command(world, phone, "exchange", which, name, {})


@deed(3, apart=True)
def confirm_at_bank(world: "World", phone: SimPhone, roll: Random, number: int) -> None:
    """Let a broker confirm for a member without a phone: the second word moves the minutes."""
    tenant = phone.account.tenant
    with world.store.inner.read(tenant) as view:
        waiting = [one for one in view.of_kind("exchange") if one.doc["status"] in ("proposed", "confirmed")]
    if waiting:
        one = roll.choice(waiting)
        side = next(side for side in ("giver", "receiver") if not one.doc[f"{side}_confirmed_at"])
        asked = Command("confirm_exchange", {"side": side})
        world.act(tenant, Mutation(f"bank-{number}", 0, "exchange", one.key.id, "command", command=asked), _BROKER)


def _terms(roll: Random) -> dict[str, Any]:
    return {"minutes": roll.choice((30, 60, 90)), "category": "gardening", "day_on": "2026-11-20"}


def _other(mine: str) -> str:
    return _ACCOUNTS[1 - _ACCOUNTS.index(mine)]
