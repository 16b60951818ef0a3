"""SKEW-BOUNDED: a clock wrong by ten years changes no winner, but between edits made at the same time."""

from typing import TYPE_CHECKING

from server.simulation.model import BrokenError
from server.simulation.oracle import Wish

if TYPE_CHECKING:
    from server.simulation.world import World


def skew_bounded(world: "World") -> None:
    """Ask of each conflict of two plain values whether the later edit stands."""
    by_value = _by_value(world)
    for tenant in world.plan.tenants:
        with world.store.inner.read(tenant) as view:
            conflicts = [
                one.doc
                for one in view.of_kind("conflict")
                if one.doc["rule"] == "scalar" and one.doc["status"] == "open"
            ]
        for doc in conflicts:
            place = tenant, doc["record_kind"], doc["record_id"], doc["field"]
            mine, theirs = (by_value.get((*place, repr(doc[side]["value"]))) for side in ("mine", "theirs"))
            if mine and theirs:
                _right(mine, theirs, doc["mine"]["value"] == doc["kept"]["value"], doc["field"])


def _right(mine: Wish, theirs: Wish, mine_stands: bool, field: str) -> None:
    winner, loser = (mine, theirs) if mine_stands else (theirs, mine)
    if winner.span_ms and loser.span_ms and winner.span_ms[1] < loser.span_ms[0]:
        hours = (loser.span_ms[0] - winner.span_ms[1]) / 3_600_000
        raise BrokenError(
            "SKEW-BOUNDED", f"{field} of {winner.said['kind']} {winner.said['id']}: {winner.device} won over "
            f"{loser.device}, who wrote {hours:.2f} hours later",
        )  # fmt: skip


def _by_value(world: "World") -> dict[tuple[str, str, str, str, str], Wish]:
    """Find who wrote a value; values that two wrote, or clocks that were set meanwhile, prove nothing."""
    found: dict[tuple[str, str, str, str, str], Wish] = {}
    several = set()
    for wish in world.oracle.wishes.values():
        for name, value in wish.said["set"].items():
            place = (wish.tenant, *wish.key, name, repr(value))
            (several.add(place) if place in found else found.update({place: wish}))
    steps = {phone.name: phone.clock.steps for phone in world.phones}
    return {
        place: wish
        for place, wish in found.items()
        if place not in several and wish.made and steps.get(wish.device, 1) == 0
    }
