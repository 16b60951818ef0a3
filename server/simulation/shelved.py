"""Snapshots in a world: a shelf in memory, and a phone that begins with what lies on it."""

import gzip
import hashlib
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import orjson

from mobile_contract.version import CURRENT
from server.simulation.model import BrokenError
from server.simulation.phones import SimPhone
from server.sync.model import Principal, Pull, Row
from server.sync.pull import pull
from server.sync.snapshot import Beginning, Kept, build, offered
from server.sync.verify import Sum, Sums, sum_of, verify

if TYPE_CHECKING:
    from server.simulation.world import World

Rows = dict[tuple[str, str], tuple[int, Any]]


class MemoryShelf:
    """Keeps snapshots in memory."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}

    def keep(self, head: Beginning, rows: Iterable[bytes]) -> Kept:
        """Keep a header and the lines that follow."""
        lines = list(rows)
        body = b"".join(lines)
        file = gzip.compress(head.header(len(lines), hashlib.sha256(body).hexdigest()) + body, 1, mtime=0)
        name = hashlib.sha256(file).hexdigest()
        self.files[name] = file
        return Kept(name, len(file), len(lines))

    def has(self, sha256: str) -> bool:
        """Say whether a file is there."""
        return sha256 in self.files

    def drop(self, sha256: str) -> None:
        """Delete a file, if it is there."""
        self.files.pop(sha256, None)


def shelve(world: "World", tenant: str, scope: str) -> int:
    """Make a snapshot of a scope as it is; say how many rows it has."""
    made, _ = build(world.store.inner, world.server.shelf, tenant, scope, CURRENT)  # type: ignore[arg-type] # all ours can
    return made.rows


def snapshot_plus_tail(world: "World", phone: SimPhone) -> None:
    """SNAPSHOT-PLUS-TAIL: who begins with snapshots and pulls the rest ends with the same as everybody else."""
    principal = world.server.principal(phone.name)
    asking = Principal(principal.tenant, principal.account_id, f"{phone.name}-s", principal.roles, principal.scopes)
    with world.store.inner.read(principal.tenant) as view:
        found = [one for one in offered(view, asking, ()) if world.server.shelf.has(one.sha256)]
    if not found:
        return
    wanted: Rows = {key: (one.version, one.doc) for key, one in phone.holding.records.items()}
    held: Rows = {}
    for one in found:
        _take(held, map(orjson.loads, gzip.decompress(world.server.shelf.files[one.sha256]).splitlines()[1:]))
    _pull_the_rest(world, asking, tuple(one.sha256 for one in found), held)
    if held != wanted:
        wrong = sorted(key for key in held.keys() | wanted.keys() if held.get(key) != wanted.get(key))
        raise BrokenError("SNAPSHOT-PLUS-TAIL", f"{asking.device_id} ends with another {wrong[0]}")


def _pull_the_rest(world: "World", asking: Principal, loaded: tuple[str, ...], held: Rows) -> None:
    cursor, more = None, True
    while more:
        asked = Pull(cursor, 3, snapshots=loaded)
        page = pull(asked, asking, store=world.store, seal=world.server.seal)
        _take(held, map(_on_the_wire, page.rows))
        cursor, more = page.cursor, page.more


def _on_the_wire(row: Row) -> dict[str, Any]:
    doc = orjson.loads(row.doc) if row.doc else None
    return {"k": row.kind, "i": row.id, "v": row.version, "op": row.op.value, "d": doc}


def _take(held: Rows, rows: Iterable[dict[str, Any]]) -> None:
    for row in rows:
        key = row["k"], row["i"]
        if key in held and held[key][0] > row["v"]:
            continue
        if row["op"] == "put":
            held[key] = row["v"], row["d"]
        else:
            held.pop(key, None)


def verify_agrees(world: "World", phone: SimPhone) -> None:
    """VERIFY: a phone that holds all is told so, and one that lacks a record is told where."""
    principal, holding = world.server.principal(phone.name), phone.holding
    scopes: dict[str, list[tuple[str, str, int]]] = {scope: [] for scope in principal.scopes}
    for key, held in holding.records.items():
        for scope in held.scopes & principal.scopes:
            scopes[scope].append((*key, held.version))
    told = {scope: sum_of(records) for scope, records in scopes.items()}
    if wrong := _judged(world, principal, holding.cursor or "", told):
        raise BrokenError("VERIFY", f"{phone.name} holds all and is told to take {wrong} again")
    for scope, records in sorted(scopes.items()):
        if records and scope not in _judged(world, principal, holding.cursor or "", {scope: sum_of(records[1:])}):
            raise BrokenError("VERIFY", f"{phone.name} lacks {records[0]} and is not told to take {scope} again")


def _judged(world: "World", principal: Principal, cursor: str, told: dict[str, Sum]) -> tuple[str, ...]:
    with world.store.inner.read(principal.tenant) as view:
        found = verify(cursor, told, principal, view=view, seal=world.server.seal, sums=Sums())
    if not found.at_head:
        raise BrokenError("VERIFY", f"{principal.device_id} is at the head and is told that it is not")
    return found.mismatched
