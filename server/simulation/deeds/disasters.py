"""What goes wrong with the whole server: restored from a backup, compacted, erased."""

from random import Random
from typing import TYPE_CHECKING

from server.simulation.deeds import work
from server.simulation.deeds.registry import deed
from server.simulation.phones import SimPhone
from server.simulation.shelved import shelve as make_snapshot

if TYPE_CHECKING:
    from server.simulation.world import World

#: How often a phone is at work while the server is restored, and what tells apart the texts that it writes.
_BUSY, _LATER = 0.7, 1_000


@deed(1)
def back_up(world: "World", phone: SimPhone, roll: Random, number: int) -> None:
    """Make a backup."""
    world.back_up(phone.account.tenant)


@deed(2)
def restore(world: "World", phone: SimPhone, roll: Random, number: int) -> None:
    """Put the latest backup back: what came after it is lost, on the server.

    Now and then the phone has just been answered, and writes on before it hears of it. Without a backup one is made.
    """
    if phone.account.tenant not in world.backups:
        world.back_up(phone.account.tenant)
        return
    is_busy = roll.random() < _BUSY
    if is_busy:
        work.edit(world, phone, roll, number)
        world.sync(phone)
    world.restore(phone.account.tenant)
    if is_busy:
        work.edit(world, phone, roll, number + _LATER)


@deed(1)
def compact(world: "World", phone: SimPhone, roll: Random, number: int) -> None:
    """Clear away every trace of deletions: phones that have not heard of them begin again."""
    world.compact(phone.account.tenant)


@deed(1.5)
def shelve(world: "World", phone: SimPhone, roll: Random, number: int) -> None:
    """Make snapshots of what an account holds."""
    for scope in sorted(world.server.principal(phone.name).scopes):
        rows = make_snapshot(world, phone.account.tenant, scope)
        world.trace.note("world", "snapshot of", scope, "with", rows, "rows")


@deed(1)
def touch(world: "World", phone: SimPhone, roll: Random, number: int) -> None:
    """Move the head without a change, as a change of grants does."""
    world.store.inner.touch(phone.account.tenant)  # type: ignore[attr-defined] # every store can
