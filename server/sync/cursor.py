"""The cursor: how far a device is in each scope, sealed so that nobody can make one up."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from server.sync.model import Head, Principal, Problem, RefusedError
from server.sync.ports import Seal, Snapshot


@dataclass(frozen=True, slots=True)
class Place:
    """Where a device is in a scope. at : every change up to here was received.

    began : where the feed ended when the scope was first taken; deletions up to there were never of interest.
    """

    at: int = 0
    began: int = 0


Places = Mapping[str, Place]


def read_cursor(
    token: str | None, principal: Principal, head: Head, seal: Seal, hidden: frozenset[str] = frozenset()
) -> Places:
    """Say where the device is. RefusedError: cursor-invalid, epoch-changed, cursor-expired.

    hidden : kinds that are passed over; a device that now knows one that it did not know begins all scopes again.
    """
    if token is None:
        return {}
    payload = _open(token, principal, seal)
    if not payload["e"]:
        return {}  # the tenant had no feed yet, so nothing was received
    places = {scope: Place(at, began) for scope, (at, began) in payload["s"].items()}
    if payload["e"] != head.epoch or any(place.at > head.seq for place in places.values()):
        raise RefusedError(Problem("epoch-changed"))
    if any(max(place.at, place.began) < head.floor for place in places.values()):
        raise RefusedError(Problem("cursor-expired"))
    if set(payload.get("h", ())) - hidden:
        return dict.fromkeys(places, Place(0, head.seq))
    return places


def places_in(token: str | None, seal: Seal) -> Places:
    """Say what places a token carries, none if it is not ours; whether they still hold is not looked at."""
    try:
        payload = seal.open(token or "")
    except ValueError:
        return {}
    return {scope: Place(at, began) for scope, (at, began) in payload["s"].items()}


def _open(token: str, principal: Principal, seal: Seal) -> dict[str, Any]:
    try:
        payload = seal.open(token)
    except ValueError:
        raise RefusedError(Problem("cursor-invalid")) from None
    if payload.get("t") != principal.tenant or payload.get("d") != principal.device_id:
        raise RefusedError(Problem("cursor-invalid"))
    return payload


def write_cursor(
    places: Places, principal: Principal, head: Head, seal: Seal, hidden: frozenset[str] = frozenset()
) -> str:
    """Make the token that carries these places, and which kinds were passed over on the way there."""
    scopes = {scope: [place.at, place.began] for scope, place in sorted(places.items())}
    passed_over = {"h": sorted(hidden)} if hidden else {}
    return seal.seal({"t": principal.tenant, "d": principal.device_id, "e": head.epoch, "s": scopes, **passed_over})


def loaded(found: Iterable[Snapshot], named: Collection[str], principal: Principal, head: Head) -> dict[str, Place]:
    """Give the places of the snapshots that a device has loaded; RefusedError snapshot-expired unless all are good.

    found : those that exist of those that are `named`. Of two of one scope the older counts, as nobody knows which of
    them was laid over the other.
    """
    good = [snapshot for snapshot in found if is_good(snapshot, head) and snapshot.scope in principal.scopes]
    if len({snapshot.sha256 for snapshot in good}) < len(set(named)):
        raise RefusedError(Problem("snapshot-expired"))
    newest_first = sorted(good, key=lambda snapshot: -snapshot.seq)
    return {snapshot.scope: Place(snapshot.seq, snapshot.seq) for snapshot in newest_first}


def is_good(snapshot: Snapshot, head: Head) -> bool:
    """Say whether one can go on from a snapshot: it is of this history, and nothing since was cleared away."""
    return snapshot.epoch == head.epoch and head.floor <= snapshot.seq <= head.seq


def granted(places: Places, scopes: Collection[str], head: Head) -> dict[str, Place]:
    """Keep the places of scopes still granted and begin at nothing in those that are new."""
    return {scope: places.get(scope, Place(0, head.seq)) for scope in scopes}
