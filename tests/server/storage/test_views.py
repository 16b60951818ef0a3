"""Each kind's view says what its documents say, on both databases."""

import itertools
import json
from typing import Any

import pytest
from hypothesis import assume, given, settings
from sqlalchemy import Connection, insert, text

from mobile_contract.schemas import KINDS, SCHEMAS
from mobile_contract.validate import validate
from server.storage.engine import reading, writing
from server.storage.migrate import upgrade
from server.storage.sql import SqlStore
from server.storage.tables import record
from server.storage.views import columns_of, definitions, drop_views, make_views, stale_views, view_name
from server.sync.canonical import canonical
from tests.builders import TENANT, door, person
from tests.contract.test_accept import documents

NUMBERS = itertools.count()


def keep(connection: Connection, kind: str, doc: str, deleted: bool = False, tenant: str = TENANT) -> str:
    record_id = f"r{next(NUMBERS)}"
    values = {"tenant": tenant, "kind": kind, "id": record_id, "version": 7, "deleted": deleted, "doc": doc}
    connection.execute(insert(record).values(**values, stamps="{}"))
    return record_id


def seen(connection: Connection, kind: str, record_id: str) -> dict[str, Any] | None:
    asked = text(f'SELECT * FROM "{view_name(kind)}" WHERE tenant = :tenant AND id = :id')
    row = connection.execute(asked, {"tenant": TENANT, "id": record_id}).mappings().one_or_none()
    return None if row is None else dict(row)


def expected(record_id: str, doc: dict[str, Any], kind: str, dialect: str) -> dict[str, Any]:
    def shown(value: Any) -> Any:
        if not isinstance(value, list | dict):
            return value
        text = canonical(value)  # no document of these has a backslash before one that matters
        return text.replace("\\u0000", "\\ufffd") if dialect == "postgresql" else text

    fields = {name: shown(doc.get(name)) for name in columns_of(kind)}
    return {"tenant": TENANT, "id": record_id, "version": 7} | fields


def compare(store: SqlStore, kind: str, count: int) -> None:
    """Hold the view of a kind against documents of all sorts."""
    with writing(store.engine) as connection:

        @settings(max_examples=count, deadline=None, derandomize=True, database=None)
        @given(documents(SCHEMAS[kind]))
        def one(made: dict[str, Any]) -> None:
            doc, errors = validate(kind, made, False)
            assume(not errors)
            try:
                written = canonical(doc)
            except (ValueError, TypeError):  # what no store would have kept
                assume(False)
            record_id = keep(connection, kind, written)
            said = seen(connection, kind, record_id)
            assert said == expected(record_id, doc, kind, connection.dialect.name)

        one()


@pytest.mark.slow
def test_the_view_of_every_kind_says_what_its_documents_say_on_sqlite(sqlite_store: SqlStore) -> None:
    for kind in KINDS:
        compare(sqlite_store, kind, 4)


@pytest.mark.slow
def test_the_view_of_every_kind_says_what_its_documents_say_at_length(sql_store: SqlStore) -> None:
    for kind in KINDS:
        compare(sql_store, kind, 40)


def test_texts_of_every_script_come_through_whole(sql_store: SqlStore) -> None:
    name = 'O\'Brien "Zoë" \\ 😀 \u2028 $.x \t {}'
    doc = person(given_name=name, languages=["en", "pl"], max_km=5, online_ok=True)
    door(sql_store).write([_put(doc)])
    with reading(sql_store.engine) as connection:
        row = seen(connection, "person", "p1")
    assert row is not None
    assert row["given_name"] == name
    assert row["languages"] == '["en","pl"]'
    assert (row["max_km"], bool(row["online_ok"]), row["phone"]) == (5, True, None)


def test_a_null_character_spoils_neither_its_column_nor_its_view(sql_store: SqlStore) -> None:
    queries = [{"a": "\0"}, {"a": "x\0\0y\0"}, {"\0": 1}, {"a": "\\u0000"}, {"a": "\\\0"}, {"a": "\\\\\0 \\\\u0000"}]
    with writing(sql_store.engine) as connection:
        is_postgres = connection.dialect.name == "postgresql"
        for query in queries:
            record_id = keep(connection, "exposure", canonical({"query": query}))
            row = seen(connection, "exposure", record_id)
            assert row is not None
            assert json.loads(row["query"]) == wanted(query, is_postgres)


def wanted(query: dict[str, Any], is_postgres: bool) -> dict[str, Any]:
    def plain(text: Any) -> Any:
        return text.replace("\0", "\ufffd") if is_postgres and isinstance(text, str) else text

    return {plain(name): plain(value) for name, value in query.items()}


def _put(doc: dict[str, Any]) -> Any:
    from server.sync.door import Put

    return Put("person", "p1", doc)


def test_what_was_deleted_is_not_there_and_programmes_stay_apart(sql_store: SqlStore) -> None:
    with writing(sql_store.engine) as connection:
        there = keep(connection, "person", canonical(person()))
        gone = keep(connection, "person", canonical(person()), deleted=True)
        erased = keep(connection, "person", '{"*erased":"2026-11-21T09:00:00Z","team_id":"t1"}', deleted=True)
        kent = keep(connection, "person", canonical(person()), tenant="kent")
        found = connection.execute(text("SELECT tenant, id FROM person_record")).all()
    assert sorted(tuple(row) for row in found) == [(TENANT, there), ("kent", kent)]
    assert not {gone, erased} & {row[1] for row in found}


def test_a_document_from_before_a_field_was_there_has_nothing_in_its_column(sql_store: SqlStore) -> None:
    with writing(sql_store.engine) as connection:
        record_id = keep(connection, "person", '{"team_id":"t1"}')
        row = seen(connection, "person", record_id)
    assert row is not None
    assert {name for name, value in row.items() if value is not None} == {"tenant", "id", "version", "team_id"}


def test_stale_missing_and_left_over_views_are_named_and_mended(sql_store: SqlStore) -> None:
    url = sql_store.engine.url.render_as_string(hide_password=False)
    with writing(sql_store.engine) as connection:
        assert stale_views(connection) == [], "kith migrate makes them"
        connection.execute(text('DROP VIEW "person_record"'))
        connection.execute(text('DROP VIEW "note_record"'))
        connection.execute(text("CREATE VIEW note_record AS SELECT tenant, id FROM record"))
        connection.execute(text("CREATE VIEW gone_record AS SELECT tenant, id FROM record"))
        if connection.dialect.name == "postgresql":
            for name in ("note", "gone"):
                connection.execute(text(f"COMMENT ON VIEW {name}_record IS 'kith of another day'"))
        assert stale_views(connection) == ["gone_record", "note_record", "person_record"]
    upgrade(url)
    with writing(sql_store.engine) as connection:
        assert stale_views(connection) == []
        drop_views(connection)
        assert len(stale_views(connection)) == len(KINDS)
        make_views(connection)
        make_views(connection)
        assert stale_views(connection) == []


def test_no_field_has_the_name_of_a_column_that_every_view_has() -> None:
    assert [kind for kind in KINDS if {"tenant", "id", "version"} & columns_of(kind).keys()] == []
    assert len(definitions("sqlite")) == len(definitions("postgresql")) == len(KINDS)
