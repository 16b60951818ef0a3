"""A look at once: who asks, where the feed ends and what most likely comes next.

PostgreSQL is asked for all of it in one statement, which sees one moment and so needs no transaction around it: one
round trip instead of five. SQLite, which has no way to travel, is asked in two within one transaction, and only once
when the head says that there is nothing. Changes come as one text if a page can have them as they are, else as rows.
Whoever reads from it reads by the same code as from a whole look.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, NamedTuple

import orjson
from sqlalchemy import Connection, Engine, Select

from server.storage import reads
from server.storage.engine import asking_once
from server.storage.view import SqlView
from server.sync.glance import Likely, UnforeseenError
from server.sync.model import Head, Lines
from server.sync.ports import Changes


class Answer(NamedTuple):
    """What is told of who asks, and the changes that follow, as rows or as lines."""

    told: list[Any]
    following: list[Any]
    lines: Lines | None = None


class Glance(SqlView):
    """Gives what was foreseen, and UnforeseenError for all else. who : the rows of the question who asks."""

    def __init__(self, tenant: str, answer: Answer, foreseen: Mapping[str, Any]) -> None:
        self.tenant = tenant
        told, following, self._lines = answer
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

    def changes(self, scopes: Collection[str], after: int, limit: int, began: int) -> Changes:
        """Give the next changes of `scopes`, as lines where they came so."""
        if self._lines is None:
            return super().changes(scopes, after, limit, began)
        several = len(scopes) if len(scopes) > 1 else 0
        self._part(sorted(scopes), reads.asked(self.tenant, after, limit + several, began))
        return Changes([], self._lines.rows < limit, self._lines)

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
        answer = ask(cursor, asking, who, foreseen, likely)
    return Glance(tenant, answer, foreseen)


def _foreseen(tenant: str, likely: Likely) -> dict[str, Any]:
    several = len(likely.scopes) if len(likely.scopes) > 1 else 0
    place = likely.place
    return {**reads.asked(tenant, place.at, likely.limit + several, place.began), **reads.named(likely.scopes)}


def _at_once(
    cursor: Any, asking: Select[Any], who: dict[str, Any], foreseen: dict[str, Any], likely: Likely | None
) -> Answer:
    scopes, fills, values = len(likely.scopes) if likely else 0, "began" in foreseen, {**who, **foreseen}
    if likely and likely.most_text:
        statement = reads.glance(asking, "postgresql", scopes, fills=fills, as_lines=True)
        rows = statement.rows_by(cursor, {**values, "limit": likely.limit})
        lines, fit = _fitting(next(row for row in rows if row[3] == reads.LINES), likely)
        if fit:
            return Answer([row for row in rows if row[3] == reads.WHO], [], lines)
    rows = reads.glance(asking, "postgresql", scopes, fills=fills).rows_by(cursor, values)
    return Answer([row for row in rows if row[3] == reads.WHO], [row for row in rows if row[3] != reads.WHO])


def _in_turn(
    cursor: Any, asking: Select[Any], who: dict[str, Any], foreseen: dict[str, Any], likely: Likely | None
) -> Answer:
    cursor.execute("BEGIN")
    answer = Answer(reads.glance(asking, "sqlite", 0, fills=False).rows_by(cursor, who), [])
    if likely and answer.told and answer.told[0][0] is not None and answer.told[0][0] > foreseen["after"]:
        answer = _followed(cursor, answer, foreseen, likely)
    cursor.execute("COMMIT")
    return answer


def _followed(cursor: Any, answer: Answer, foreseen: dict[str, Any], likely: Likely) -> Answer:
    """Add the changes that follow."""
    scopes, fills = len(likely.scopes), "began" in foreseen
    if likely.most_text:
        told = reads.lines("sqlite", scopes, fills=fills).rows_by(cursor, {**foreseen, "limit": likely.limit})
        lines, fit = _fitting(told[0], likely)
        if fit:
            return answer._replace(lines=lines)
    return answer._replace(following=reads.changes("sqlite", scopes, fills=fills).rows_by(cursor, foreseen))


def _fitting(told: Sequence[Any], likely: Likely) -> tuple[Lines | None, bool]:
    """Give the lines, and whether a page can have them as they are.

    It has room for all of it, so that nobody need know the size of each document. No record comes by two scopes. And
    none has left one of several, as another may still have it: whether that is so, only a whole look can say.
    """
    lines, each_once = reads.lines_from(told)
    if lines and len(likely.scopes) > 1 and len(lines.kinds) < lines.rows:
        raise UnforeseenError
    return lines, each_once and (lines is None or lines.size <= likely.most_text)
