"""A pull that is asked in one statement gives the page that a whole look gives."""

from functools import partial
from random import Random

import pytest
from sqlalchemy import Select, literal, select

from server.api import encode
from server.storage import reads
from server.storage.engine import make_once
from server.storage.glance import Glance
from server.storage.sql import SqlStore
from server.sync.door import Put
from server.sync.glance import UnforeseenError, likely
from server.sync.model import Key, Page, Principal, Pull
from server.sync.pull import page_of, pull
from tests.builders import SEAL, TENANT, Phone, door, person, prescriber

SCOPES = tuple(f"caseload:team-{letter}" for letter in "abcd")
ASKING: Select[tuple[str, str]] = select(literal("who").label("who"), literal("scope").label("scope"))
#: What JSON writes in another way, and what databases may: quotes, breaks, other scripts, letters of four bytes.
ODD_NAMES = ("O'Neil", 'Ann "Nan"', "Back\\slash", "Žofia", "李", "🌻", "a\u2028b", "plain")
ODD_IDS = ("has'one", 'has"two', "has\\three", "ünï", "🌻", "tab\there", "a}b,{", "a%sb:c")


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


@pytest.mark.slow
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
        assert quick is None or encode.page(quick, 9) == encode.page(whole, 9), f"seed {seed}"
        assert quick is None or sorted(quick.kinds) == sorted(whole.kinds), f"seed {seed}"
        cursor = whole.cursor
    assert served, f"seed {seed}"


@pytest.mark.parametrize("began", ["at nothing", "at the head"])
def test_what_a_glance_tells_as_text_is_byte_for_byte_the_page_of_a_whole_look(sql_store: SqlStore, began: str) -> None:
    principal = prescriber(scopes=SCOPES[:1])
    stirred = [Put("person", f"p{n:03}", person("team-a", family_name=name)) for n, name in enumerate(ODD_NAMES)]
    door(sql_store).write([Put("person", "first", person("team-a"))])
    cursor = pull(Pull(None, 1), principal, store=sql_store, seal=SEAL).cursor if began == "at nothing" else None
    door(sql_store).write([*stirred, *[Put("person", one, person("team-a")) for one in ODD_IDS]])
    cursor = cursor or pull(Pull(None, 2), principal, store=sql_store, seal=SEAL).cursor
    door(sql_store).write([Put("person", "p000", person("team-b"))])
    door(sql_store).remove([Key("person", "p001"), Key("person", ODD_IDS[0])])
    texts = 0
    for request in (Pull(cursor, limit, most) for limit in (1, 4, 500) for most in (600, 2_000, 10**6)):
        whole, quick = pull(request, principal, store=sql_store, seal=SEAL), glanced(sql_store, principal, request)
        assert quick is not None
        assert encode.page(quick, 9) == encode.page(whole, 9), request
        assert (quick.count, sorted(quick.kinds)) == (whole.count, sorted(whole.kinds)), request
        texts += quick.lines is not None
    assert texts >= 3


def test_kinds_that_are_passed_over_are_passed_over_at_a_glance_too(sql_store: SqlStore) -> None:
    principal, hidden = prescriber(scopes=SCOPES[:1]), frozenset({"person"})
    door(sql_store).write([Put("person", "one", person("team-a"))])
    cursor = pull(Pull(), principal, store=sql_store, seal=SEAL, hidden=hidden).cursor
    door(sql_store).write([Put("person", "two", person("team-a"))])
    view = sql_store.glance(TENANT, principal.device_id, ASKING, likely(Pull(cursor), SEAL, hidden))
    page = page_of(view, Pull(cursor), principal, SEAL, hidden)
    assert (page.count, page.consistent) == (0, True)


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
@pytest.mark.parametrize(("scopes", "as_lines"), [(1, False), (1, True), (3, False), (3, True)])
def test_a_glance_is_planned_along_indexes_even_while_tables_are_small(
    sql_store: SqlStore, scopes: int, as_lines: bool, fills: bool
) -> None:
    door(sql_store).write([Put("person", "one", person())])
    name = sql_store.engine.dialect.name
    asked_in_turn = name == "sqlite"
    at_once = partial(reads.glance, ASKING, as_lines=as_lines)
    in_turn = reads.lines if as_lines else reads.changes
    statement = (in_turn if asked_in_turn else at_once)(name, scopes, fills=fills)
    values = reads.asked(TENANT, 1, 50, 9 if fills else 0) | reads.named(SCOPES[:scopes])
    explain = "EXPLAIN QUERY PLAN " if asked_in_turn else "EXPLAIN "
    with make_once(sql_store.engine).connect() as connection:
        given = values | {"at_device": "phone-a", "device": "phone-a"}
        told = "\n".join(str(row) for row in statement.rows(connection, given, before=explain))
    assert told.count("ix_feed_tenant_scope_seq") == scopes
    told = told.replace("TEMP B-TREE FOR count(DISTINCT)", "the numbers of one page")
    for never in ("Seq Scan", "Sort  (", "TEMP B-TREE", "SCAN feed", "SCAN record"):
        assert never not in told, told
