"""A look at once: who asks, where the feed ends and what most likely comes next.

PostgreSQL is asked for all of it in one statement, which sees one moment and so needs no transaction around it: one
round trip instead of five. SQLite, which has no way to travel, is asked in two within one transaction, as it would copy
every row of a subquery once more, and only once when the head says that there is nothing. Whoever reads from it reads
by the same code as from a whole look.
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

    def __init__(self, tenant: str, told: Sequence[Any], following: list[Any], foreseen: Mapping[str, Any]) -> None:
        self.tenant = tenant
        if not told or told[0][0] is None:
            raise UnforeseenError
        self._foreseen, self._next = foreseen, following
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
        self._next.sort(key=reads.SEQ)
        return self._next


def glance(engine: Engine, tenant: str, device: str, asking: Select[Any], likely: Likely | None) -> Glance:
    """Ask who `device` speaks for, as `asking` does, and for the rest in the same breath."""
    if likely and len(likely.scopes) > reads.SCOPES:
        raise UnforeseenError
    foreseen = _foreseen(tenant, likely) if likely else {}
    who = {"at_tenant": tenant, "at_device": device, "device": device}
    ask = _in_turn if engine.dialect.name == "sqlite" else _at_once
    with asking_once(engine) as cursor:
        told, following = ask(cursor, asking, who, foreseen, len(likely.scopes) if likely else 0)
    return Glance(tenant, told, following, foreseen)


def _foreseen(tenant: str, likely: Likely) -> dict[str, Any]:
    scopes, place, limit = likely
    several = len(scopes) if len(scopes) > 1 else 0
    return {**reads.asked(tenant, place.at, limit + several, place.began), **reads.named(scopes)}


#: What is told of who asks, and the changes that follow.
_Answer = tuple[list[Any], list[Any]]


def _at_once(cursor: Any, asking: Select[Any], who: dict[str, Any], foreseen: dict[str, Any], scopes: int) -> _Answer:
    statement = reads.glance(asking, "postgresql", scopes, fills="began" in foreseen)
    rows = statement.rows_by(cursor, {**who, **foreseen})
    return [row for row in rows if row[3] == reads.WHO], [row for row in rows if row[3] != reads.WHO]


def _in_turn(cursor: Any, asking: Select[Any], who: dict[str, Any], foreseen: dict[str, Any], scopes: int) -> _Answer:
    cursor.execute("BEGIN")
    told = reads.glance(asking, "sqlite", 0, fills=False).rows_by(cursor, who)
    following = []
    if scopes and told and told[0][0] is not None and told[0][0] > foreseen["after"]:
        following = reads.changes("sqlite", scopes, fills="began" in foreseen).rows_by(cursor, foreseen)
    cursor.execute("COMMIT")
    return told, following
