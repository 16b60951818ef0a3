"""The floor: the same Flask, gunicorn, engine and SQLAlchemy Core with nothing above them.

Push is one bare upsert of the documents, pull one bare select in order: no sign-in, schema, merge, scopes, feed or
receipts. What Kith takes longer than this is what its promises cost. Bodies are the same size in both directions;
what a route answers is in its docstring, so that nobody need take it on trust (docs/decisions/0015).
"""

import os
from collections.abc import Sequence
from typing import Any

import orjson
from flask import Flask, Response, request
from sqlalchemy import (
    BigInteger,
    Column,
    Engine,
    MetaData,
    Select,
    String,
    Table,
    Text,
    bindparam,
    event,
    select,
)
from sqlalchemy.dialects import postgresql, sqlite

from benchmarks.support.bulk import add_rows, settle
from benchmarks.support.records import person, uuid7
from mobile_contract.validate import validate
from server.storage.engine import make_engine, reading, writing
from server.sync.canonical import canonical

_CHUNK = 10_000
metadata = MetaData()
floor = Table("floor", metadata, Column("id", String(64), primary_key=True), Column("doc", Text, nullable=False))
#: Documents in order of number, for deltas: kept apart, so that a push pays for no index that it does not need.
numbered = Table(
    "numbered",
    metadata,
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    Column("id", String(64), nullable=False),
    Column("doc", Text, nullable=False),
)


def make_app() -> Flask:
    """Serve the floor over the database of FLOOR_DATABASE_URL."""
    engine = floor_engine(os.environ["FLOOR_DATABASE_URL"], os.environ.get("FLOOR_SQLITE_SYNCHRONOUS", "full"))
    make = (postgresql if engine.dialect.name == "postgresql" else sqlite).insert(floor)
    upsert = make.on_conflict_do_update(index_elements=["id"], set_={"doc": make.excluded.doc})
    in_order, newer = _after(floor.c.id), _after(numbered.c.seq)
    app = Flask("floor", static_folder=None)

    @app.post("/push")
    def push() -> Response:
        """Upsert the documents of a push as a phone sends it, in one statement and one transaction."""
        body = orjson.loads(request.get_data())
        rows = [_row(each) for each in body["mutations"]]
        with writing(engine) as connection:
            connection.execute(upsert, rows)
        return _json({"acked_lseq": body["mutations"][-1]["lseq"]})

    @app.post("/pull")
    def pull() -> Response:
        """Give the next documents after an id, in order of the primary key: the cheapest whole read there is."""
        body = orjson.loads(request.get_data())
        rows = _rows(engine, in_order, body["cursor"] or "", body["limit"])
        return _page([(0, row.id, row.doc) for row in rows], rows[-1].id if rows else body["cursor"])

    @app.post("/delta")
    def delta() -> Response:
        """Give what has a number above `cursor`: one select over an index."""
        body = orjson.loads(request.get_data())
        rows = _rows(engine, newer, body["cursor"], body["limit"])
        return _page([tuple(row) for row in rows], rows[-1].seq if rows else body["cursor"])

    @app.get("/idle")
    def idle() -> Response:
        """Do one select that finds one row, and answer with little."""
        return _json({"head": len(_rows(engine, in_order, "", 1))})

    return app


def _after(column: Column[Any]) -> Select[Any]:
    return select(column.table).where(column > bindparam("after")).order_by(column).limit(bindparam("limit"))


def floor_engine(url: str, synchronous: str) -> Engine:
    """Make Kith's engine, with as much patience for the disk as is asked."""
    engine = make_engine(url)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", lambda each, _: each.execute(f"PRAGMA synchronous={synchronous.upper()}"))
    return engine


def make_tables(url: str) -> None:
    """Make the floor's one table."""
    engine = make_engine(url)
    with writing(engine) as connection:
        metadata.create_all(connection)
    engine.dispose()


def fill_floor(url: str, rows: int, *, by_id: bool = True) -> None:
    """Put `rows` records into its tables. by_id : into the one in order of id too, or only into the numbered one."""
    engine = make_engine(url)
    with writing(engine) as connection:
        for first in range(1, rows + 1, _CHUNK):
            numbers = range(first, min(first + _CHUNK, rows + 1))
            made = [{"seq": seq, "id": uuid7(), "doc": _as_kept(person("team", seq))} for seq in numbers]
            add_rows(connection, numbered, made)
            if by_id:
                add_rows(connection, floor, ({"id": each["id"], "doc": each["doc"]} for each in made))
    settle(engine)
    engine.dispose()


def _as_kept(values: dict[str, Any]) -> str:
    """Write a record as Kith keeps it, with what its schema fills in, so that both sides read and send as much."""
    clean, _ = validate("person", values, False)
    return canonical(clean)


def _row(mutation: dict[str, Any]) -> dict[str, Any]:
    return {"id": mutation["id"], "doc": orjson.dumps(mutation["set"]).decode()}


def _rows(engine: Engine, statement: Any, after: str | int, limit: int) -> Sequence[Any]:
    with reading(engine) as connection:
        return connection.execute(statement, {"after": after, "limit": limit}).all()


def _page(rows: Sequence[tuple[int, str, str]], cursor: str | int) -> Response:
    """Write a page as large as Kith's: kind, id, version, operation, and the document as it lies in the database."""
    told = [{"k": "person", "i": one, "v": seq, "op": "put", "d": orjson.Fragment(doc)} for seq, one, doc in rows]
    return _json({"rows": told, "cursor": cursor})


def _json(body: Any) -> Response:
    return Response(orjson.dumps(body), content_type="application/json")
