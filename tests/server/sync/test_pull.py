import base64

import pytest

from server.sync.door import Put
from server.sync.model import Key, Page, Pull, RefusedError
from server.sync.ports import Store
from server.sync.pull import pull
from server.sync.seal import HmacSeal
from tests.builders import NOW, SEAL, TEAM, TENANT, Phone, door, person, prescriber, put


def people(store: Store, count: int, team: str = "team-a", start: int = 0) -> None:
    numbers = range(start, start + count)
    door(store).write(Put("person", f"person-{n:03d}", person(team, given_name=f"Name {n}")) for n in numbers)


def ids(page: Page) -> list[str]:
    return [row.id for row in page.rows]


def test_pages_follow_each_other_without_gaps_or_repeats(store: Store) -> None:
    people(store, 25)
    phone = Phone(store, prescriber())
    pages = [phone.pull(limit=10) for _ in range(3)]
    assert [len(page.rows) for page in pages] == [10, 10, 5]
    assert [page.more for page in pages] == [True, True, False]
    assert [page.consistent for page in pages] == [False, False, True]
    assert [name for page in pages for name in ids(page)] == [f"person-{n:03d}" for n in range(25)]


def test_an_idle_pull_is_empty_and_keeps_its_place(store: Store) -> None:
    people(store, 3)
    phone = Phone(store, prescriber())
    phone.pull()
    before = phone.cursor
    page = phone.pull()
    assert (page.rows, page.more, page.consistent, page.cursor) == ((), False, True, before)


def test_a_page_holds_the_bytes_it_may_and_at_least_one_row(store: Store) -> None:
    people(store, 4)
    phone = Phone(store, prescriber())
    length = len(phone.pull(limit=1).rows[0].doc or "")
    assert len(phone.pull(max_bytes=1).rows) == 1
    assert len(phone.pull(max_bytes=2 * length + 10).rows) == 2


@pytest.mark.parametrize(("limit", "max_bytes"), [(0, 99), (-1, 99), (5, 0), (5, -1)])
def test_asking_for_nothing_gets_one_row_so_that_asking_again_ends(store: Store, limit: int, max_bytes: int) -> None:
    people(store, 2)
    phone = Phone(store, prescriber())
    assert [ids(phone.pull(limit, max_bytes)) for _ in range(2)] == [["person-000"], ["person-001"]]


def test_a_changed_record_comes_again_once(store: Store) -> None:
    people(store, 3)
    phone = Phone(store, prescriber())
    phone.pull()
    door(store).write([Put("person", "person-001", person(given_name="Grace"))])
    assert [(row.id, row.version) for row in phone.pull().rows] == [("person-001", 4)]


def test_a_deleted_record_comes_as_a_tombstone_without_content(store: Store) -> None:
    people(store, 1)
    phone = Phone(store, prescriber())
    phone.pull()
    door(store).remove([Key("person", "person-000")])
    assert [(row.op, row.doc) for row in phone.pull().rows] == [("del", None)]


def test_a_record_that_moves_leaves_an_out_row_for_those_it_leaves(store: Store) -> None:
    people(store, 1)
    here, there = Phone(store, prescriber()), Phone(store, prescriber("phone-b", ("caseload:team-b",)))
    here.pull(), there.pull()
    door(store).write([Put("person", "person-000", person("team-b"))])
    assert [(row.op, row.doc) for row in here.pull().rows] == [("out", None)]
    assert [row.op for row in there.pull().rows] == ["put"]


def test_a_record_that_moves_between_scopes_of_one_phone_is_only_changed(store: Store) -> None:
    people(store, 1)
    phone = Phone(store, prescriber(scopes=(TEAM, "caseload:team-b")))
    phone.pull()
    door(store).write([Put("person", "person-000", person("team-b"))])
    assert [(row.op, row.id) for row in phone.pull().rows] == [("put", "person-000")]


def test_a_record_in_two_scopes_comes_once(store: Store) -> None:
    put(store, "claim", "claim-1", {"task_id": "t", "volunteer_id": "v", "centre_id": "c", "status": "active",
                                    "claimed_at": "2026-11-21T09:00:00Z"})  # fmt: skip
    assert len(Phone(store, prescriber(scopes=("volunteer:v", "centre:c"))).pull().rows) == 1


def test_a_lost_scope_is_evicted_and_a_new_one_is_filled_from_the_start(store: Store) -> None:
    people(store, 3)
    people(store, 3, "team-b", start=10)
    phone = Phone(store, prescriber())
    phone.pull()
    phone.principal = prescriber(scopes=("caseload:team-b",))
    page = phone.pull()
    assert page.evict == (TEAM,)
    assert ids(page) == ["person-010", "person-011", "person-012"]
    assert phone.pull().evict == ()


def test_a_new_scope_fills_up_while_the_others_keep_their_place(store: Store) -> None:
    people(store, 4)
    people(store, 5, "team-b", start=10)
    phone = Phone(store, prescriber())
    phone.pull()
    phone.principal = prescriber(scopes=(TEAM, "caseload:team-b"))
    door(store).write([Put("person", "person-001", person(given_name="New"))])
    first = phone.pull(limit=3)
    assert ids(first) == ["person-001", "person-010", "person-011"]
    assert first.more
    assert ids(phone.pull(limit=3)) == ["person-012", "person-013", "person-014"]
    assert phone.pull().consistent


def test_a_new_scope_says_nothing_of_records_that_left_or_died_before(store: Store) -> None:
    people(store, 3)
    door(store).remove([Key("person", "person-000")])
    door(store).write([Put("person", "person-001", person("team-b"))])
    phone = Phone(store, prescriber())
    assert [(row.id, row.op) for row in phone.pull().rows] == [("person-002", "put")]


def test_a_new_scope_says_nothing_of_the_departed_on_later_pages_either(store: Store) -> None:
    people(store, 5)
    door(store).remove([Key("person", "person-003")])
    phone = Phone(store, prescriber())
    pages = [phone.pull(limit=1) for _ in range(5)]
    assert [(row.id, row.op) for page in pages for row in page.rows] == [
        (f"person-{n:03d}", "put") for n in (0, 1, 2, 4)
    ]


def test_what_moves_into_a_scope_that_is_up_to_date_is_not_dropped_by_the_scope_that_fills_up(store: Store) -> None:
    people(store, 3, "team-b")
    phone = Phone(store, prescriber())
    phone.pull()
    phone.principal = prescriber(scopes=(TEAM, "caseload:team-b"))
    assert ids(phone.pull(limit=1)) == ["person-000"]
    door(store).write([Put("person", "person-000", person("team-a"))])
    rest = [(row.id, row.op) for row in phone.pull().rows]
    assert sorted(rest) == [(f"person-{n:03d}", "put") for n in range(3)]


def test_what_dies_while_a_scope_fills_up_is_told(store: Store) -> None:
    people(store, 4)
    phone = Phone(store, prescriber())
    assert ids(phone.pull(limit=2)) == ["person-000", "person-001"]
    door(store).remove([Key("person", "person-000"), Key("person", "person-003")])
    rest = [(row.id, row.op) for row in phone.pull().rows]
    assert rest == [("person-002", "put"), ("person-000", "del"), ("person-003", "del")]


def test_nothing_of_other_scopes_or_tenants_comes(store: Store) -> None:
    people(store, 3, "team-b")
    assert Phone(store, prescriber()).pull().rows == ()
    assert Phone(store, prescriber(scopes=("caseload:team-b",), tenant="kent")).pull().rows == ()
    assert Phone(store, prescriber(scopes=())).pull().consistent


def problem_of(store: Store, cursor: str, **who: str) -> str:
    with pytest.raises(RefusedError) as refused:
        pull(Pull(cursor), prescriber(**who), store=store, seal=SEAL)
    return refused.value.problem.slug


def test_a_cursor_of_another_tenant_or_device_is_refused(store: Store) -> None:
    phone = Phone(store, prescriber())
    cursor = phone.pull().cursor
    assert problem_of(store, cursor, tenant="kent") == "cursor-invalid"
    assert problem_of(store, cursor, device="phone-b") == "cursor-invalid"


@pytest.mark.parametrize("forge", ["", "x", "!!!", "é", "AAAA", "swap", "cut", "foreign"])
def test_a_forged_cursor_is_refused(store: Store, forge: str) -> None:
    cursor = Phone(store, prescriber()).pull().cursor
    forged = {
        "swap": cursor[:-1] + ("A" if cursor[-1] != "A" else "B"),
        "cut": cursor[:-4],
        "foreign": HmacSeal([b"x" * 32]).seal({"t": TENANT, "d": "phone-a", "e": "epoch-1", "s": {}}),
    }.get(forge, forge)
    assert problem_of(store, forged) == "cursor-invalid"


def test_a_cursor_survives_a_change_of_keys() -> None:
    token = HmacSeal([b"a" * 32]).seal({"t": "essex"})
    assert HmacSeal([b"b" * 32, b"a" * 32]).open(token) == {"t": "essex"}
    with pytest.raises(ValueError, match="not a token"):
        HmacSeal([b"b" * 32]).open(token)


def test_a_token_of_another_purpose_is_worthless() -> None:
    token = HmacSeal([b"a" * 32], "letters").seal({})
    with pytest.raises(ValueError, match="not a token"):
        HmacSeal([b"a" * 32]).open(token)


def test_a_token_has_one_spelling() -> None:
    raw = base64.urlsafe_b64encode(b"0" * 40).decode()
    with pytest.raises(ValueError, match="padding"):
        SEAL.open(raw + "\n")


def test_a_change_of_grants_moves_the_head(store: Store) -> None:
    people(store, 1)
    phone = Phone(store, prescriber())
    phone.pull()
    store.touch(TENANT)  # type: ignore[attr-defined] # as new_epoch
    with store.read(TENANT) as view:
        assert view.head().seq == 2
    assert phone.pull().consistent
    assert phone.now == NOW
