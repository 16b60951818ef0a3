"""The floor: the same Flask, gunicorn, engine and SQLAlchemy Core with nothing above them.

Push is one bare upsert of the documents, pull one bare select in order: no sign-in, schema, merge, scopes, feed or
receipts. What Kith takes longer than this is what its promises cost.
"""

import os

import orjson
from flask import Flask, Response, request
from sqlalchemy import Column, MetaData, String, Table, Text, bindparam, select
from sqlalchemy.dialects import postgresql, sqlite

from server.storage.engine import make_engine, reading, writing

metadata = MetaData()
floor = Table("floor", metadata, Column("id", String(64), primary_key=True), Column("doc", Text, nullable=False))


def make_app() -> Flask:
    """Serve the floor over the database of FLOOR_DATABASE_URL."""
    engine = make_engine(os.environ["FLOOR_DATABASE_URL"])
    make = (postgresql if engine.dialect.name == "postgresql" else sqlite).insert(floor)
    upsert = make.on_conflict_do_update(index_elements=["id"], set_={"doc": make.excluded.doc})
    page = select(floor).where(floor.c.id > bindparam("after")).order_by(floor.c.id).limit(bindparam("limit"))
    app = Flask("floor", static_folder=None)

    @app.post("/push")
    def push() -> Response:
        body = orjson.loads(request.get_data())
        rows = [{"id": each["id"], "doc": orjson.dumps(each["set"]).decode()} for each in body["mutations"]]
        with writing(engine) as connection:
            connection.execute(upsert, rows)
        return Response(orjson.dumps({"acked_lseq": body["mutations"][-1]["lseq"]}), content_type="application/json")

    @app.post("/pull")
    def pull() -> Response:
        body = orjson.loads(request.get_data())
        with reading(engine) as connection:
            rows = connection.execute(page, {"after": body["cursor"] or "", "limit": body["limit"]}).all()
        documents = [{"i": row.id, "d": orjson.Fragment(row.doc)} for row in rows]
        answer = {"rows": documents, "cursor": rows[-1].id if rows else body["cursor"]}
        return Response(orjson.dumps(answer), content_type="application/json")

    return app


def make_tables(url: str) -> None:
    """Make the floor's one table."""
    engine = make_engine(url)
    with writing(engine) as connection:
        metadata.create_all(connection)
    engine.dispose()
