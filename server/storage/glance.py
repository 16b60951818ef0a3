"""A look in one statement: who asks, where the feed ends and what most likely comes next.

One statement sees one moment on both databases, so it needs no transaction around it: PostgreSQL is asked once instead
of five times. Whoever reads from it reads by the same code as from a whole look.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import orjson
from sqlalchemy import Connection, Engine, Select

from server.storage import reads
from server.storage.engine import asking_once
from server.storage.view import SqlView
from server.sync.glance import Likely, UnforeseenError
from server.sync.model import Head


class Glance(SqlView):
    """Gives what was foreseen, and UnforeseenError for all else. who : the rows of the question who asks."""

    def __init__(self, tenant: str, rows: Sequence[Any], foreseen: Mapping[str, Any] | None) -> None:
        self.tenant = tenant
        told = [row for row in rows if row[3] == reads.WHO]
        if not told or told[0][0] is None:
            raise UnforeseenError
        self._foreseen, self._next = foreseen, [row for row in rows if row[3] != reads.WHO]
        read = [orjson.loads(row[4]) for row in told]
        self.who = [row[2:] for row in read]
        floor, acked_lseq = read[0][:2]
        self._where = Head(told[0][0], told[0][1], floor), acked_lseq or 0

    @property
    def connection(self) -> Connection:  # type: ignore[override] # there is none behind a glance
        """Nothing more can be asked."""
        raise UnforeseenError

    def where(self, device: str) -> tuple[Head, int]:
        """Say where the feed ends and up to which lseq the device that asks has receipts."""
        return self._where

    def _part(self, scopes: Sequence[str], asked: Mapping[str, Any]) -> list[Any]:
        if self._foreseen != {**asked, **reads.named(scopes)}:
            raise UnforeseenError
        return sorted(self._next, key=reads.SEQ)


def glance(engine: Engine, tenant: str, device: str, asking: Select[Any], likely: Likely | None) -> Glance:
    """Ask who `device` speaks for, as `asking` does, and for the rest in the same breath."""
    foreseen = None
    if likely and len(likely.scopes) > reads.SCOPES:
        raise UnforeseenError
    if likely:
        scopes, place, limit = likely
        several = len(scopes) if len(scopes) > 1 else 0
        foreseen = {**reads.asked(tenant, place.at, limit + several, place.began), **reads.named(scopes)}
    values = {"at_tenant": tenant, "at_device": device, "device": device, **(foreseen or {})}
    fills = likely is not None and "began" in values
    statement = reads.glance(asking, engine.dialect.name, len(likely.scopes) if likely else 0, fills=fills)
    with asking_once(engine) as cursor:
        rows = statement.rows_by(cursor, values)
    return Glance(tenant, rows, foreseen)
