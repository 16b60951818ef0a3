"""The statements of a pull, each made once for a database and a number of scopes."""

from functools import cache
from typing import Any

from sqlalchemy import BindParameter, Select, and_, bindparam, case, or_, select, union_all

from server.prepared import Prepared
from server.storage.tables import device_log, feed, head, record
from server.sync.model import Op

_TENANT: BindParameter[str] = bindparam("at_tenant")
_PUT = Op.PUT.value

#: Scopes in one statement: well under the number of parts that SQLite takes together.
SCOPES = 60


@cache
def where(dialect: str) -> Prepared:
    """Ask for a tenant's head, and for the device's log beside it."""
    mine = and_(device_log.c.tenant == head.c.tenant, device_log.c.device == bindparam("at_device"))
    joined = head.outerjoin(device_log, mine)
    columns = (head.c.seq, head.c.epoch, head.c.floor, device_log.c.acked_lseq)
    return Prepared(select(*columns).select_from(joined).where(head.c.tenant == _TENANT), dialect)


@cache
def changes(dialect: str, scopes: int, *, fills: bool) -> Prepared:
    """Ask for the next rows of so many scopes, in order.

    Every scope is read along its own index range and the ranges are merged as they come, so a page costs what it
    holds. fills : deletions and departures up to ``began`` are passed over. Scopes are bound as scope_0, scope_1…
    """
    if scopes == 1:
        return Prepared(_with_documents(_range(0, fills=fills)), dialect)
    ranges = [_range(number, fills=fills) for number in range(scopes)]
    merged = union_all(*ranges).order_by("seq").limit(bindparam("limit")).subquery()
    columns = merged.c
    return Prepared(select(columns.seq, columns.kind, columns.id, columns.op, _document(columns)), dialect)


def _range(number: int, *, fills: bool) -> Select[Any]:
    wanted = [feed.c.tenant == _TENANT, feed.c.scope == bindparam(f"scope_{number}"), feed.c.seq > bindparam("after")]
    if fills:
        wanted.append(or_(feed.c.op == _PUT, feed.c.seq > bindparam("began")))
    return select(feed.c.seq, feed.c.kind, feed.c.id, feed.c.op).where(*wanted)


def _with_documents(one: Select[Any]) -> Select[Any]:
    return one.add_columns(_document(feed.c)).order_by(feed.c.seq).limit(bindparam("limit"))


def _document(row: Any) -> Any:
    """Look a document up by its key, row by row: a join would let the database think of other orders."""
    same = and_(record.c.tenant == _TENANT, record.c.kind == row.kind, record.c.id == row.id)
    return case((row.op == _PUT, select(record.c.doc).where(same).scalar_subquery()))
