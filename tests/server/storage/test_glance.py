"""A pull that is asked in one statement gives the page that a whole look gives."""

from functools import partial
from random import Random

import pytest
from sqlalchemy import Select, literal, select

from server.storage import reads
from server.storage.engine import make_once
from server.storage.glance import Glance
from server.storage.sql import SqlStore
from server.sync.door import Put
from server.sync.glance import UnforeseenError, likely
from server.sync.model import Page, Principal, Pull
from server.sync.pull import page_of, pull
from tests.builders import SEAL, TENANT, Phone, door, person, prescriber

SCOPES = tuple(f"caseload:team-{letter}" for letter in "abcd")
ASKING: Select[tuple[str, str]] = select(literal("who").label("who"), literal("scope").label("scope"))


def glanced(store: SqlStore, principal: Principal, request: Pull) -> Page | None:
    """Pull by one statement; None where that would not do."""
    try:
        view = store.glance(TENANT, principal.device_id, ASKING, likely(request, SEAL))
        return page_of(view, request, principal, SEAL)
    except UnforeseenError:
        return None


def stir(store: SqlStore, chance: Random) -> None:
    """Write people, some new and some moved from team to team, and take one away at times."""
    numbers = [chance.randrange(40) for _ in range(chance.randrange(12))]
    door(store).write(Put("person", f"p{n:03}", person(f"team-{chance.choice('abcdz')}")) for n in set(numbers))


@pytest.mark.parametrize("seed", range(6))
def test_a_glance_gives_the_pages_of_a_whole_look(sql_store: SqlStore, seed: int) -> None:
    chance, cursor, served = Random(seed), None, 0
    principal = prescriber(scopes=SCOPES[: chance.randint(1, 4)])
    for _ in range(25):
        stir(sql_store, chance)
        held = prescriber(scopes=SCOPES[: chance.randint(1, 4)]) if chance.random() < 0.1 else principal
        request = Pull(cursor, chance.choice((1, 3, 10, 500)), chance.choice((300, 10**6)), (), ())
        whole = pull(request, held, store=sql_store, seal=SEAL)
        quick = glanced(sql_store, held, request)
        served += quick is not None
        assert quick in (None, whole), f"seed {seed}"
        cursor = whole.cursor
    assert served, f"seed {seed}"


def test_a_glance_knows_nothing_else(sql_store: SqlStore) -> None:
    phone = Phone(sql_store, prescriber())
    phone.create("person", "one", **person())
    view = sql_store.glance(TENANT, "phone-a", ASKING, None)
    assert isinstance(view, Glance)
    assert view.where("phone-a") == (view.head(), 1)
    assert view.who == [["who", "scope"]]
    for ask in (lambda: view.counts(SCOPES), lambda: view.changes(SCOPES, 0, 5, 0), lambda: view.last(SCOPES[0])):
        with pytest.raises(UnforeseenError):
            ask()


def test_a_tenant_without_a_feed_is_left_to_a_whole_look(sql_store: SqlStore) -> None:
    with pytest.raises(UnforeseenError):
        sql_store.glance("nobody", "phone-a", ASKING, None)


def test_a_name_that_no_database_keeps_is_left_to_a_whole_look(sql_store: SqlStore) -> None:
    with pytest.raises(UnforeseenError):
        sql_store.glance(TENANT, "phone-a\0", ASKING, None)


@pytest.mark.parametrize("fills", [False, True])
@pytest.mark.parametrize("scopes", [1, 3])
def test_a_glance_is_planned_along_indexes_even_while_tables_are_small(
    sql_store: SqlStore, scopes: int, fills: bool
) -> None:
    door(sql_store).write([Put("person", "one", person())])
    name = sql_store.engine.dialect.name
    asked_in_turn = name == "sqlite"
    make = reads.changes if asked_in_turn else partial(reads.glance, ASKING)
    statement = make(name, scopes, fills=fills)
    values = reads.asked(TENANT, 1, 50, 9 if fills else 0) | reads.named(SCOPES[:scopes])
    explain = "EXPLAIN QUERY PLAN " if asked_in_turn else "EXPLAIN "
    with make_once(sql_store.engine).connect() as connection:
        given = values | {"at_device": "phone-a", "device": "phone-a"}
        told = "\n".join(str(row) for row in statement.rows(connection, given, before=explain))
    assert told.count("ix_feed_tenant_scope_seq") == scopes
    for never in ("Seq Scan", "Sort  (", "TEMP B-TREE", "SCAN feed", "SCAN record"):
        assert never not in told, told
