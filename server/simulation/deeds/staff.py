"""What staff and importers do on the server: grants, edits through the door, devices shut out."""

from random import Random
from typing import TYPE_CHECKING

from server.simulation.deeds.registry import deed
from server.simulation.given import person, place_count, task
from server.simulation.phones import SimPhone
from server.sync.door import Put

if TYPE_CHECKING:
    from server.simulation.world import World


@deed(3)
def regrant(world: "World", phone: SimPhone, roll: Random, number: int) -> None:
    """Give an account some of what it may have, and take the rest."""
    account = world.server.accounts[phone.plan.account]
    scopes = frozenset(scope for scope in account.may if roll.random() < 0.6)
    world.server.grant(account.id, scopes)
    world.trace.note("staff", account.id, "now holds", *(sorted(scopes) or ["nothing"]))


@deed(2)
def desk_edit(world: "World", phone: SimPhone, roll: Random, number: int) -> None:
    """Write whole documents through the door."""
    tenant = phone.account.tenant
    text = f"{tenant}-desk.{number}"
    puts = roll.choice((
        [Put("person", f"p{roll.randrange(4)}", person(text, roll.choice(("t1", "t2"))))],
        [Put("task", f"task-{roll.randrange(3)}", task(text))],
        [Put("place_count", "asset-1", place_count(roll.randint(1, 3)))],
        [Put("person", f"p{100 + number}-{one}", person(f"{text}.{one}", "t1")) for one in range(7)],
    ))  # fmt: skip
    world.write(tenant, puts, by="desk")
    world.trace.note("desk", "writes", *(f"{put.kind} {put.id} {put.doc.get('team_id', '')}" for put in puts))


@deed(0.4)
def shut_out(world: "World", phone: SimPhone, roll: Random, number: int) -> None:
    """Shut a lost device out; it wipes itself when it next asks."""
    world.server.devices[phone.name].revoked = True
    world.trace.note("staff", "shut out", phone.name)
