"""O(CHANGES): an idle pull asks two questions, whatever a tenant holds; a delta reads what it gives."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event

from server.storage import reads
from server.storage.sql import SqlStore
from server.sync.door import Put
from tests.builders import TEAM, TENANT, Phone, door, person, prescriber

SCOPES = (TEAM, *(f"caseload:team-{letter}" for letter in "bcdefgh"))


@contextmanager
def statements(store: SqlStore) -> Iterator[list[str]]:
    """Gather what is asked of the database."""
    asked: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if statement != "BEGIN":  # which only one of the drivers lets through here
            asked.append(statement)

    event.listen(store.engine, "before_cursor_execute", note)
    yield asked
    event.remove(store.engine, "before_cursor_execute", note)


def fill(store: SqlStore, count: int, start: int = 0) -> None:
    numbers = range(start, start + count)
    door(store).write(Put("person", f"p{n:06d}", person(f"team-{'abcdefgh'[n % 8]}")) for n in numbers)


def test_an_idle_pull_asks_one_question_and_reads_no_row_of_the_feed(sql_store: SqlStore) -> None:
    phone = Phone(sql_store, prescriber(scopes=SCOPES))
    for total in (40, 400):
        fill(sql_store, total)
        phone.pull(), phone.pull()
        with statements(sql_store) as asked:
            assert phone.pull().rows == ()
        assert len(asked) == 1
        assert "feed" not in asked[0]


def test_a_pull_after_others_changed_their_own_scopes_asks_once_for_all_scopes(sql_store: SqlStore) -> None:
    phone = Phone(sql_store, prescriber(scopes=SCOPES))
    fill(sql_store, 80)
    phone.pull()
    door(sql_store).write([Put("person", "elsewhere", person("team-z"))])
    with statements(sql_store) as asked:
        assert phone.pull().rows == ()
    assert len(asked) == 2


def test_a_page_costs_as_many_questions_however_many_rows_and_scopes(sql_store: SqlStore) -> None:
    fill(sql_store, 160)
    for scopes in (SCOPES[:1], SCOPES):
        phone = Phone(sql_store, prescriber(scopes=scopes))
        with statements(sql_store) as asked:
            phone.pull(limit=15)
        assert len(asked) <= 3  # the head, how much the device will hold, the page
        with statements(sql_store) as asked:
            assert len(phone.pull(limit=5).rows) == 5
        assert len(asked) == 2


def plan(store: SqlStore, scopes: int, *, fills: bool) -> str:
    """Ask the database how it would read a page."""
    named = {f"scope_{number}": scope for number, scope in enumerate(SCOPES[:scopes])}
    asked = {"at_tenant": TENANT, "after": 10, "limit": 50, **({"began": 100} if fills else {}), **named}
    name = store.engine.dialect.name
    statement = reads.changes(name, scopes, fills=fills)
    explain = "EXPLAIN QUERY PLAN " if name == "sqlite" else "EXPLAIN "
    with store.engine.connect() as connection:
        return "\n".join(str(row) for row in statement.rows(connection, asked, before=explain))


@pytest.mark.parametrize("fills", [False, True])
@pytest.mark.parametrize("scopes", [1, 3, 8])
def test_a_page_is_read_along_indexes_without_sorting_or_scanning(
    sql_store: SqlStore, scopes: int, fills: bool
) -> None:
    fill(sql_store, 1_600 if sql_store.engine.dialect.name == "postgresql" else 80)
    if sql_store.engine.dialect.name == "postgresql":
        with sql_store.engine.begin() as connection:
            connection.exec_driver_sql("ANALYZE")
    told = plan(sql_store, scopes, fills=fills)
    assert told.count("ix_feed_tenant_scope_seq") == scopes
    for never in ("Seq Scan", "Sort  (", "TEMP B-TREE", "SCAN feed", "SCAN record"):
        assert never not in told, told
