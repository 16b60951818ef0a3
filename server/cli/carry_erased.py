"""Carries erasures over: who was erased since the backup is erased in what it brings back, by the ordinary erasure."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Final, cast

from sqlalchemy import Connection, insert, select

from mobile_contract.schemas import KINDS
from mobile_contract.validate import validate
from server.cli.taken import Rows, Taken, is_erased, key_of
from server.clock import now as utc_now
from server.storage.scrub import scrub
from server.storage.tables import feed, record
from server.storage.work import SqlWork
from server.sync.door import Door
from server.sync.model import Key
from server.sync.ports import Store

#: Stands for the device and the account in what a restore erases.
BY: Final = "restore"


class _Inside:
    """The part of a store that a door needs, inside a transaction that is open already."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    @contextmanager
    def write(self, tenant: str) -> Iterator[SqlWork]:
        """Write on, within the transaction."""
        yield SqlWork(self._connection, tenant)


def erase_again(connection: Connection, taken: Taken, tenants: Collection[str]) -> list[str]:
    """Erase what was erased; say which ids would have come back, now or with what phones send again."""
    found = []
    for tenant in sorted(tenants):
        shells = [row for row in taken.erased if row["tenant"] == tenant]
        found += _erase(connection, taken, tenant, shells)
    return found


def _erase(connection: Connection, taken: Taken, tenant: str, shells: Rows) -> list[str]:
    there = {key: _document(connection, tenant, key) for key in map(key_of, shells)}
    unknown = {key for key, doc in there.items() if doc is None}
    live = sorted((key for key, doc in there.items() if _is_live(doc)), key=_people_first)
    if unknown:
        _keep_shells(connection, taken, tenant, unknown)
    door = Door(cast(Store, _Inside(connection)), tenant, KINDS, validate, utc_now)
    for key in live:
        if _is_live(_document(connection, tenant, key)):  # else it went with a person
            door.erase([key], by=BY)
    return sorted(key.id for key in unknown.union(live))


def _keep_shells(connection: Connection, taken: Taken, tenant: str, unknown: Collection[Key]) -> None:
    """Keep the shells of records that came after the backup and were erased, so that phones cannot send them again."""
    for table, rows in ((record, taken.erased), (feed, taken.traces)):
        wanted = [dict(row) for row in rows if row["tenant"] == tenant and key_of(row) in unknown]
        if wanted:
            connection.execute(insert(table), wanted)
    scrub(connection, tenant, unknown)


def _document(connection: Connection, tenant: str, key: Key) -> str | None:
    where = (record.c.tenant == tenant) & (record.c.kind == key.kind) & (record.c.id == key.id)
    return connection.execute(select(record.c.doc).where(where)).scalar()


def _is_live(doc: str | None) -> bool:
    return doc is not None and not is_erased(doc)


def _people_first(key: Key) -> tuple[bool, Key]:
    return key.kind != "person", key
