"""Places: a referral is offered one, accepts it or gives it back; storage keeps the count from going over."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

#: States of a placement that nobody comes back from: its place is free for another.
LEFT: Final = frozenset({"declined", "ended"})


@dataclass(frozen=True, slots=True)
class PlaceMove:
    """What a command does to a placement. held, status : afterwards. takes, gives : a place."""

    held: str
    status: str
    takes: bool = False
    gives: bool = False


def decide_place(command: str, placement: Mapping[str, Any]) -> PlaceMove | str | None:
    """Say what `command` does to the placement: the move, the slug of the problem, or None when it was done before."""
    return {"offer_place": _offer, "accept_place": _accept, "decline_place": _decline}[command](placement)


def has_left(placement: Mapping[str, Any]) -> bool:
    """Say whether the placement is over, so that it can hold no place."""
    return placement["status"] in LEFT


def _offer(placement: Mapping[str, Any]) -> PlaceMove | str | None:
    if has_left(placement):
        return "placement-ended"
    if placement["place_held"] != "none":
        return None if placement["place_held"] == "offered" else "illegal-move"
    if placement["status"] not in ("chosen", "offered"):
        return "illegal-move"
    return PlaceMove("offered", "offered", takes=True)


def _accept(placement: Mapping[str, Any]) -> PlaceMove | str | None:
    if placement["place_held"] == "accepted":
        return None
    if placement["place_held"] == "none" or placement["status"] != "offered":
        return "place-not-offered"
    return PlaceMove("accepted", "accepted")


def _decline(placement: Mapping[str, Any]) -> PlaceMove | str | None:
    if placement["place_held"] == "none":
        return None if placement["status"] == "declined" else "place-not-held"
    ended = placement["status"] in ("ended", "sustained", "started")
    return PlaceMove("none", placement["status"] if ended else "declined", gives=True)


def with_places(doc: Mapping[str, Any], total: int | None, places_open: int | None) -> dict[str, Any]:
    """Set the counts of places in a place_count's document."""
    return {**doc, "places_total": total, "places_open": places_open}
