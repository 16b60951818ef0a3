"""Phones sync, in every weather, and die on the way."""

from random import Random
from typing import TYPE_CHECKING

from server.simulation.clocks import STEPS_S
from server.simulation.crashes import Fuse, clash, die
from server.simulation.deeds.registry import deed
from server.simulation.network import ROUGH, STORM
from server.simulation.phones import SimPhone

if TYPE_CHECKING:
    from server.simulation.world import World


@deed(8, optional=False)
def sync(world: "World", phone: SimPhone, roll: Random, number: int) -> None:
    """Sync with a good signal."""
    world.sync(phone)


@deed(5)
def sync_roughly(world: "World", phone: SimPhone, roll: Random, number: int) -> None:
    """Sync with a bad signal."""
    world.network.weather = roll.choice((ROUGH, STORM))
    world.sync(phone)


@deed(3)
def die_syncing(world: "World", phone: SimPhone, roll: Random, number: int) -> None:
    """Sync until the battery dies, at any step."""
    phone.battery.at, phone.battery.after = roll.randint(1, 12), roll.random() < 0.5
    if roll.random() < 0.3:
        world.network.weather = ROUGH
    world.sync(phone)


@deed(3)
def kill_server(world: "World", phone: SimPhone, roll: Random, number: int) -> None:
    """Kill the server at any call of the transaction that a sync opens."""
    world.store.fuse = Fuse(roll.randint(1, 34), die)
    world.sync(phone)


@deed(2)
def contend(world: "World", phone: SimPhone, roll: Random, number: int) -> None:
    """Let the database break a transaction off, which the server tries again."""
    world.store.fuse = Fuse(roll.randint(1, 30), clash)
    world.sync(phone)


@deed(2)
def look_inside(world: "World", phone: SimPhone, roll: Random, number: int) -> None:
    """Let another phone pull in the middle of this one's transaction."""
    others = [one for one in world.phones if one is not phone and not one.holding.waiting() and not one.wiped]
    if others:
        other = roll.choice(others)
        world.store.fuse = Fuse(roll.randint(2, 34), lambda: world.pull_between(other))
    world.sync(phone)


@deed(2)
def arrive_late(world: "World", phone: SimPhone, roll: Random, number: int) -> None:
    """Let a request arrive whose sender gave up long ago."""
    if world.network.mail:
        letter = roll.choice(world.network.mail)
        world.trace.note(letter.device, "an old request arrives")
        world.network.arrive(letter)


@deed(1.5)
def reboot(world: "World", phone: SimPhone, roll: Random, number: int) -> None:
    """Switch a phone off and on."""
    world.boot(phone)


@deed(1)
def step_clock(world: "World", phone: SimPhone, roll: Random, number: int) -> None:
    """Set a phone's clock, for better or worse."""
    step = roll.choice(STEPS_S)
    phone.clock.step(step)
    world.trace.note(phone.name, "clock steps by", step, "s")
