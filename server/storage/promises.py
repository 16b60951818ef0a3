"""What the promises of content ask of a transaction in SQL: who holds what, what hangs on whom, what waits."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, delete, select

from server.prepared import Prepared
from server.storage import push_statements
from server.storage.part import Part
from server.storage.reviews import note_later, note_seen, read_quarantined, settle
from server.storage.rows import deferred_of
from server.storage.scrub import scrub
from server.storage.tables import account, device, feed, later, lost_numbers, record, scope_grant, snapshot
from server.storage.view import CHUNK, chunks
from server.sync.model import Key, Later, Op, Outcome, Principal, Problem
from server.sync.ports import Deferred, Quarantined, Writes


class PromiseWork(Part):
    """The part of a writing transaction that looks after content."""

    connection: Connection

    def _rows(self, make: Callable[[str], Prepared], values: Mapping[str, Any]) -> list[Any]:
        raise NotImplementedError  # `SqlWork`, which this is a part of, has it

    def referring(self, kind: str, field: str, ids: Collection[str]) -> Sequence[Key]:
        """Name the records of a kind, deleted ones included, whose `field` is one of `ids`: a look at every one."""
        found: set[Key] = set()
        for one in sorted(ids):
            of_kind = and_(record.c.tenant == self.tenant, record.c.kind == kind)
            says = record.c.doc.contains(f'"{field}":"{one}"', autoescape=True)  # documents are canonical JSON
            found.update(Key(kind, row.id) for row in self._run(select(record.c.id).where(of_kind, says)))
        return sorted(found)

    def standing(self, keys: Collection[Key], scopes: Collection[str]) -> Mapping[Key, Op]:
        """Say which of `keys` are in one of `scopes`, as put, or were deleted there, as del."""
        found: dict[Key, Op] = {}
        for kind, ids in chunks(keys):
            mine = and_(feed.c.tenant == self.tenant, feed.c.scope.in_(sorted(scopes)), feed.c.kind == kind)
            wanted = select(feed.c.id, feed.c.op).where(mine, feed.c.id.in_(ids), feed.c.op != Op.OUT.value)
            for row in self._run(wanted) if scopes else ():
                key = Key(kind, row.id)
                found[key] = max(found.get(key, Op.DEL), Op(row.op))  # put > del as text
        return found

    def rights(self, principal: Principal) -> Principal:
        """Give a sender as they stand now; one that the server has no account of stays as they were."""
        row = self._run(select(account.c.roles, account.c.disabled_at).where(self._is(principal))).one_or_none()
        if row is None:
            return principal
        if row.disabled_at is not None or self._is_revoked(principal.device_id):
            return replace(principal, roles=frozenset(), scopes=frozenset())
        mine = and_(scope_grant.c.tenant == self.tenant, scope_grant.c.account_id == principal.account_id)
        scopes = self._run(select(scope_grant.c.scope).where(mine)).scalars()
        return replace(principal, roles=frozenset(row.roles), scopes=frozenset(scopes))

    def _is(self, principal: Principal) -> ColumnElement[bool]:
        return and_(account.c.tenant == self.tenant, account.c.id == principal.account_id)

    def _is_revoked(self, device_id: str) -> bool:
        return self._run(select(device.c.revoked_at).where(device.c.id == device_id)).scalar() is not None

    def is_lost(self, number: int) -> bool:
        """Say whether a restore took this number of the feed back."""
        within = and_(lost_numbers.c.first <= number, number <= lost_numbers.c.last)
        return bool(self._run(select(lost_numbers.c.first).where(lost_numbers.c.tenant == self.tenant, within)).first())

    def overdue(self, before: str, limit: int) -> Sequence[Deferred]:
        """Give deferred mutations received before an instant, the oldest first."""
        rows = self._rows(push_statements.overdue, {"at_before": before, "at_most": limit})
        return [deferred_of(*row) for row in rows]

    def later(self, device: str, mids: Collection[str]) -> Sequence[Later]:
        """Say what became of those deferred mutations of a device that wait no longer."""
        return [
            Later(row.mid, Outcome(row.outcome), Problem(row.problem) if row.problem else None)
            for part in _parts(sorted(set(mids)))
            for row in self._run(
                select(later)
                .where(later.c.tenant == self.tenant, later.c.device == device, later.c.mid.in_(part))
                .order_by(later.c.mid)
            )
        ]

    def quarantined(self, state: str | None = "open") -> Sequence[Quarantined]:
        """Give what was refused and is in this state, or all of it; nobody else settles it meanwhile."""
        return read_quarantined(self.connection, self.tenant, state, lock=True)


def _parts(names: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(names), CHUNK):
        yield names[start : start + CHUNK]


def save_promises(connection: Connection, tenant: str, writes: Writes) -> None:
    """Write what was reviewed, what became of what waited and who saw what; last of all, take erased traces away."""
    settle(connection, tenant, writes.reviewed)
    note_later(connection, tenant, writes.later)
    note_seen(connection, tenant, writes.audit)
    scrub(connection, tenant, writes.erased)
    if writes.erased:
        connection.execute(delete(snapshot).where(snapshot.c.tenant == tenant, snapshot.c.scope.in_(
            sorted(_scopes_of(connection, tenant, writes.erased)))))  # fmt: skip


def _scopes_of(connection: Connection, tenant: str, keys: Collection[Key]) -> set[str]:
    """Name every scope that records are in or were in."""
    scopes: set[str] = set()
    for kind, ids in chunks(keys):
        mine = and_(feed.c.tenant == tenant, feed.c.kind == kind, feed.c.id.in_(ids))
        scopes.update(connection.execute(select(feed.c.scope).where(mine)).scalars())
    return scopes
