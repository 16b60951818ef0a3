"""The statements of a pull, each made once for a database and a number of scopes."""

from collections.abc import Sequence
from functools import cache, lru_cache
from operator import itemgetter
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    LargeBinary,
    Select,
    Text,
    and_,
    bindparam,
    case,
    cast,
    distinct,
    func,
    literal,
    literal_column,
    null,
    or_,
    select,
    type_coerce,
    union_all,
)  # fmt: skip

from server.prepared import Prepared
from server.storage.tables import device_log, feed, head, record
from server.sync.model import Lines, Op

_TENANT: BindParameter[str] = bindparam("at_tenant")
_PUT = Op.PUT.value

#: Scopes in one statement: well under the number of parts that SQLite takes together.
SCOPES = 60
#: Stands where a change has its operation, in the rows of a glance that say who asks.
WHO = "who"
#: Stands there in the row that has all changes as one text; and what stands before, between and after its lines.
LINES = "lines"
_BEGIN, _BETWEEN, _END = b'[{"k":"', '},{"k":"', b"}]"
#: By number, the order of changes.
SEQ = itemgetter(0)
#: Statements of glances that are remembered: there are few numbers of scopes.
_REMEMBERED = 256


def asked(tenant: str, after: int, limit: int, began: int) -> dict[str, Any]:
    """Give the values of a question for changes but for its scopes. began : matters only to whoever still fills."""
    values = {"at_tenant": tenant, "after": after, "limit": limit}
    return values | {"began": began} if began > after else values


def named(scopes: Sequence[str]) -> dict[str, Any]:
    """Give scopes under the names by which they are bound."""
    return {f"scope_{number}": scope for number, scope in enumerate(scopes)}


@cache
def where(dialect: str) -> Prepared:
    """Ask for a tenant's head, and for the device's log beside it."""
    mine = and_(device_log.c.tenant == head.c.tenant, device_log.c.device == bindparam("at_device"))
    joined = head.outerjoin(device_log, mine)
    columns = (head.c.seq, head.c.epoch, head.c.floor, device_log.c.acked_lseq)
    return Prepared(select(*columns).select_from(joined).where(head.c.tenant == _TENANT), dialect)


@cache
def changes(dialect: str, scopes: int, *, fills: bool) -> Prepared:
    """Ask for the next rows of so many scopes, in order, with their documents.

    Every scope is read along its own index range and the ranges are merged as they come, so that a page costs what it
    holds. The databases have to be asked differently for that: SQLite merges ranges of joined rows; PostgreSQL merges
    ranges only if each has an end, and looks documents up row by row only if it cannot think of another way.
    fills : deletions and departures up to ``began`` are passed over. Scopes are bound as scope_0, scope_1…
    """
    return Prepared(_changes(dialect, scopes, fills=fills), dialect)


@cache
def lines(dialect: str, scopes: int, *, fills: bool) -> Prepared:
    """Ask for the next rows of so many scopes as one text: see `lines_from`, which reads the answer."""
    return Prepared(_lines(dialect, scopes, fills=fills), dialect)


def lines_from(answer: Sequence[Any]) -> tuple[Lines | None, bool]:
    """Read the answer to `lines`, None where there are none; say whether no record is there more than once."""
    last, kinds, counts, _, text = answer
    if last is None:
        return None, True
    joined = text if isinstance(text, bytes) else text.encode()  # the drivers differ
    rows, versions = map(int, counts.split(","))
    return Lines((_BEGIN, joined, _END), rows, kinds.split(",") if kinds else (), last), rows == versions


@lru_cache(_REMEMBERED)
def glance(asking: Select[Any], dialect: str, scopes: int, *, fills: bool, as_lines: bool = False) -> Prepared:
    """Ask who asks, where the feed ends and for the next changes of so many scopes, as one statement.

    asking : the question who asks, of one row or more; each comes as JSON, in the place of a document.
    as_lines : the changes come as one text.
    """
    array = func.json_array if dialect == "sqlite" else func.json_build_array
    who = asking.subquery()
    mine = and_(device_log.c.tenant == head.c.tenant, device_log.c.device == bindparam("at_device"))
    joined = who.outerjoin(head, head.c.tenant == _TENANT).outerjoin(device_log, mine)
    told = cast(array(head.c.floor, device_log.c.acked_lseq, *who.c), Text)
    empty: ColumnElement[str] = cast(null(), Text)
    first = select(head.c.seq, head.c.epoch, empty.label("id"), literal(WHO).label("op"), told).select_from(joined)
    if not scopes:
        return Prepared(first, dialect)
    following = (
        _lines(dialect, scopes, fills=fills) if as_lines else _changes(dialect, scopes, fills=fills)
    ).subquery()
    return Prepared(union_all(first, select(*following.c)), dialect)


def _changes(dialect: str, scopes: int, *, fills: bool) -> Any:
    if dialect == "sqlite":
        return _in_order([_joined(number, (*_COLUMNS, record.c.doc), fills=fills) for number in range(scopes)])
    ranges = [_range(number, _COLUMNS, fills=fills) for number in range(scopes)]
    if scopes == 1:
        return _in_order([ranges[0].add_columns(_document(feed.c))])
    ended = [select(_in_order([one]).subquery()) for one in ranges]
    merged = _in_order(ended).subquery()
    return select(merged, _document(merged.c))


def _lines(dialect: str, scopes: int, *, fills: bool) -> Select[Any]:
    """Let the database write rows as orjson would: one value is read instead of five a row.

    Lines are joined by what stands between kinds, which saves writing it twice; `lines_from` adds both ends.
    """
    sqlite = dialect == "sqlite"
    together = func.group_concat if sqlite else func.string_agg
    row = (_lines_of_joined(scopes, fills=fills) if sqlite else _lines_of(scopes, fills=fills)).subquery()
    text = together(row.c.line, _plain(_BETWEEN))
    versions = func.count() if scopes == 1 else func.count(distinct(row.c.seq))
    told = func.max(row.c.seq), together(row.c.kind, ","), _pair(func.count(), versions)
    return select(*told, literal(LINES), cast(text, LargeBinary) if sqlite else text)


def _lines_of_joined(scopes: int, *, fills: bool) -> Any:
    """Write each line where SQLite finds it, which saves copying its parts. Only what is there has a record."""
    line = _line(feed.c, func.json_quote(feed.c.id), record.c.doc)
    columns = (feed.c.seq, record.c.kind.label("kind"), line.label("line"))
    return _in_order([_joined(number, columns, fills=fills) for number in range(scopes)])


def _lines_of(scopes: int, *, fills: bool) -> Select[Any]:
    row = _changes("postgresql", scopes, fills=fills).subquery()
    line = _line(row.c, cast(func.to_json(row.c.id), Text), list(row.c)[-1])
    return select(row.c.seq, case((row.c.op == _PUT, row.c.kind)).label("kind"), line.label("line"))


def _line(row: Any, quoted: Any, doc: Any) -> Any:
    rest = func.coalesce(_text(',"op":"put","d":', doc), _text(',"op":"', row.op, '","d":null'))
    return _text(row.kind, '","i":', quoted, ',"v":', row.seq, rest)


def _pair(one: Any, other: Any) -> Any:
    return _text(cast(one, Text), ",", cast(other, Text))


def _text(*parts: Any) -> Any:
    """Put columns and plain text together."""
    joined: Any = None
    for part in parts:
        one = _plain(part) if isinstance(part, str) else type_coerce(part, Text)
        joined = one if joined is None else joined + one
    return joined


def _plain(words: str) -> ColumnElement[str]:
    """Write words into the statement itself, not as a bound value."""
    return literal_column(f"'{words}'", Text)


_COLUMNS = (feed.c.seq, feed.c.kind, feed.c.id, feed.c.op)


def _in_order(ranges: Sequence[Select[Any]]) -> Any:
    merged: Any = union_all(*ranges) if len(ranges) > 1 else ranges[0]
    return merged.order_by(merged.selected_columns.seq).limit(bindparam("limit"))


def _range(number: int, columns: Sequence[Any], *, fills: bool) -> Select[Any]:
    wanted = [feed.c.tenant == _TENANT, feed.c.scope == bindparam(f"scope_{number}"), feed.c.seq > bindparam("after")]
    if fills:
        wanted.append(or_(feed.c.op == _PUT, feed.c.seq > bindparam("began")))
    return select(*columns).where(*wanted)


def _joined(number: int, columns: Sequence[Any], *, fills: bool) -> Select[Any]:
    """Join documents from the left, which leaves SQLite no other order than that of the feed."""
    is_it = and_(record.c.tenant == feed.c.tenant, record.c.kind == feed.c.kind, record.c.id == feed.c.id)
    with_document = feed.outerjoin(record, and_(is_it, feed.c.op == _PUT))
    return _range(number, columns, fills=fills).select_from(with_document)


def _document(row: Any) -> Any:
    same = and_(record.c.tenant == _TENANT, record.c.kind == row.kind, record.c.id == row.id)
    return case((row.op == _PUT, select(record.c.doc).where(same).scalar_subquery()))
