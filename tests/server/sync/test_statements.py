"""A push asks the database as often whatever it carries, so that speed cannot rot unseen."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import event

from server.storage.sql import SqlStore
from server.sync.model import Mutation, Outcome
from tests.builders import Phone, person, prescriber

#: The log, what waits (twice), numbers, and a write for each of four tables, or one for all on PostgreSQL.
OF_CREATIONS = {"sqlite": 8, "postgresql": 5}
#: The same but for a look at records, and none for what waits for them: nothing is new.
OF_EDITS = {"sqlite": 8, "postgresql": 6}


@contextmanager
def counted(store: SqlStore) -> Iterator[list[str]]:
    """Note every statement but those that begin and end a transaction."""
    seen: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if not statement.startswith(("BEGIN", "SAVEPOINT", "RELEASE")):
            seen.append(statement)

    event.listen(store.engine, "before_cursor_execute", note)
    yield seen
    event.remove(store.engine, "before_cursor_execute", note)


def creations(phone: Phone, count: int, at: int) -> list[Mutation]:
    return [phone.mutation("create", "person", f"p{at + n}", set=person()) for n in range(count)]


def edits(phone: Phone, count: int, at: int) -> list[Mutation]:
    return [phone.mutation("patch", "person", f"p{at + n}", 10**6, set={"phone": f"{n}"}) for n in range(count)]


@pytest.mark.slow
@pytest.mark.parametrize("count", [1, 30, 700])
def test_a_push_of_any_size_asks_the_database_as_often(sql_store: SqlStore, count: int) -> None:
    phone = Phone(sql_store, prescriber())
    phone.push(replace(phone.mutation("create", "person", "first", set=person()), mid="phone-a-m000000000"))
    for make, allowed in ((creations, OF_CREATIONS), (edits, OF_EDITS)):
        most = allowed[sql_store.engine.dialect.name]
        made = make(phone, count, 0)
        mutations = [replace(one, mid=f"phone-a-m{one.lseq:09}") for one in made]  # one after the other, as phones do
        with counted(sql_store) as seen:
            answer = phone.push(*mutations)
        assert {receipt.outcome for receipt in answer.results} == {Outcome.APPLIED}
        assert len(seen) <= most, seen
        with counted(sql_store) as seen:
            assert phone.push(*mutations).results == answer.results
        assert len(seen) <= most, seen
