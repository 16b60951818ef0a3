"""SKEW-BOUNDED: a clock wrong by ten years changes no winner, but between edits made at the same time."""

from typing import TYPE_CHECKING

from server.simulation.heard import Wish
from server.simulation.model import BrokenError
from server.sync.model import Document

if TYPE_CHECKING:
    from server.simulation.world import World


def skew_bounded(world: "World") -> None:
    """Ask of each conflict of two plain values whether two wrote them, and whether the later edit stands.

    A clock that was set between an edit and its sending may have said anything, and proves nothing.
    """
    by_value = _by_value(world)
    stepped = {phone.name for phone in world.phones if phone.clock.steps}
    for tenant in world.plan.tenants:
        with world.store.inner.read(tenant) as view:
            conflicts = [one.doc for one in view.of_kind("conflict") if one.doc["rule"] == "scalar"]
        # Whoever settles a conflict writes what another had written, and makes it their own.
        settled = {_place(tenant, doc) for doc in conflicts if doc["status"] != "open"}
        for doc in (one for one in conflicts if one["status"] == "open"):
            place = _place(tenant, doc)
            mine, theirs = (by_value.get((*place, repr(doc[side]["value"]))) for side in ("mine", "theirs"))
            if mine and theirs and mine.device == theirs.device and place not in settled:
                raise BrokenError("NO-SELF-CONFLICT", f"{mine.device} conflicts with itself on {place[1:]}")
            if mine and theirs and place not in settled and not (stepped & {mine.device, theirs.device}):
                _right(mine, theirs, doc["mine"]["value"] == doc["kept"]["value"], doc["field"])


def _place(tenant: str, doc: Document) -> tuple[str, str, str, str]:
    return tenant, doc["record_kind"], doc["record_id"], doc["field"]


def _right(mine: Wish, theirs: Wish, mine_stands: bool, field: str) -> None:
    winner, loser = (mine, theirs) if mine_stands else (theirs, mine)
    if winner.span_ms and loser.span_ms and winner.span_ms[1] < loser.span_ms[0]:
        hours = (loser.span_ms[0] - winner.span_ms[1]) / 3_600_000
        raise BrokenError(
            "SKEW-BOUNDED", f"{field} of {winner.said['kind']} {winner.said['id']}: {winner.device} won over "
            f"{loser.device}, who wrote {hours:.2f} hours later",
        )  # fmt: skip


def _by_value(world: "World") -> dict[tuple[str, str, str, str, str], Wish]:
    """Find who wrote a value; values that two wrote prove nothing."""
    found: dict[tuple[str, str, str, str, str], Wish] = {}
    several = set()
    for wish in world.oracle.wishes.values():
        for name, value in wish.said["set"].items():
            if not str(value).startswith(f"{wish.tenant}-"):  # a word that others, and the desk, may have chosen too
                continue
            place = (wish.tenant, *wish.key, name, repr(value))
            (several.add(place) if place in found else found.update({place: wish}))
    return {place: wish for place, wish in found.items() if place not in several}
