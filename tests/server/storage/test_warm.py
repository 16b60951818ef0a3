"""A worker is ready before its first request comes."""

from server.storage import holds, push_statements
from server.storage.engine import make_engine
from server.storage.sql import SqlStore
from server.storage.warm import compile_statements, open_connections
from tests.builders import TENANT, Phone, volunteer


def test_connections_are_open_before_anybody_asks(sql_store: SqlStore) -> None:
    sql_store.warm(3)
    wanted = 3 if sql_store.engine.dialect.name == "postgresql" else 0
    assert sql_store.engine.pool.checkedin() >= wanted  # type: ignore[attr-defined] # pools that keep connections count them


def test_a_database_that_is_away_stops_nobody_from_starting() -> None:
    open_connections(make_engine("postgresql+psycopg://kith@127.0.0.1:1/nowhere"), 2)


def test_statements_compiled_beforehand_are_those_that_pushes_ask(sql_store: SqlStore) -> None:
    name = sql_store.engine.dialect.name
    compile_statements(name)
    made = (push_statements.log, push_statements.numbers, push_statements.records, *holds.STATEMENTS)
    before = [make.cache_info().misses for make in made]
    phone = Phone(sql_store, volunteer(1))
    sql_store.ensure_tenant(TENANT)
    phone.command("claim", "task", "nowhere")
    assert [make.cache_info().misses for make in made] == before
