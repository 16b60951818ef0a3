"""GRANT-BACKFILL: a phone whose grants changed holds, byte for byte, what a fresh device takes."""

from dataclasses import replace

from tests.builders import Phone
from tests.promises.world import Held, World


def test_a_fresh_phone_takes_the_same_bytes(world: World) -> None:
    for held in world.devices:
        fresh = Held(Phone(world.store, replace(held.phone.principal, device_id="fresh")))
        while fresh.pull(7).more:
            pass
        assert fresh.rows == held.rows
