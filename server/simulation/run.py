"""One seed, or thousands: play, heal, ask, and say what broke."""

import traceback
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from server.simulation.model import BrokenError, Plan
from server.simulation.promises import ask
from server.simulation.script import make_plan
from server.simulation.world import World
from server.sync.ports import Store

#: Broken when a client or the server falls over.
STANDS: Final = "STANDS"


@dataclass(frozen=True, slots=True)
class Result:
    """What came of a seed. promise : the broken one, "" for none. transcript : all that the server answered."""

    seed: int
    promise: str = ""
    detail: str = ""
    trace: list[str] = field(default_factory=list)
    transcript: Any = None


def play(plan: Plan, store: Store) -> Result:
    """Play a plan on an empty store, heal and ask every promise."""
    world: World | None = None
    try:
        world = World(plan, store)
        world.run()
        world.heal()
        ask(world)
    except BrokenError as broken:
        return Result(plan.seed, broken.promise, broken.detail, world.trace.text() if world else [])
    except Exception as error:  # a client or a server that falls over is a finding like any other
        where = "; ".join(
            f"{Path(one.filename).name}:{one.lineno}" for one in traceback.extract_tb(error.__traceback__)[-4:]
        )
        return Result(
            plan.seed, STANDS, f"{type(error).__name__}: {error} ({where})", world.trace.text() if world else []
        )
    return Result(plan.seed, transcript=world.oracle.transcript)


def play_seed(seed: int, store: Store) -> Result:
    """Play the world of a seed."""
    return play(make_plan(seed), store)
