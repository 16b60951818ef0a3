from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mobile_contract.merge import FieldRule, Merge
from server.sync.merge import BOTH, Edit, Merged, merge_field
from server.sync.model import PENDING, FieldConflict, Key, Outcome, Stamp
from server.sync.ports import Store
from tests.builders import NOW, TENANT, Phone, person, prescriber, put
from tests.promises.asking import quarantine

EARLY, LATE = "1764000000000-0000-a", "1764000000001-0000-a"
MOVES = {"open": ("claimed", "cancelled"), "claimed": ("done",), "done": (), "cancelled": ()}


def edit(merge: Merge, mine: Any, current: Any, **more: Any) -> Merged:
    """Merge `mine`, made on version 5, into `current`, which phone b set at version 9."""
    rule = FieldRule("field", merge, moves=MOVES, order=("all", "some", "nothing"))
    values = {"base": 5, "hlc": LATE, "stamp": Stamp(9, "b", EARLY), "fits": lambda value: True, **more}
    return merge_field(Edit("person", rule, mine, current, device="a", **values))


def test_a_later_scalar_wins_and_the_loser_is_kept() -> None:
    merged = edit(Merge.SCALAR, "mine", "theirs")
    assert merged == Merged(
        "mine", Stamp(PENDING, "a", LATE), FieldConflict("field", "mine", "theirs", "mine", "scalar")
    )


def test_an_earlier_scalar_loses_and_is_kept() -> None:
    merged = edit(Merge.SCALAR, "mine", "theirs", hlc=EARLY, stamp=Stamp(9, "b", LATE))
    assert merged == Merged("theirs", Stamp(9, "b", LATE), FieldConflict("field", "mine", "theirs", "theirs", "scalar"))


@pytest.mark.parametrize("stamp", [Stamp(5, "b", LATE), Stamp(9, "a", LATE), None])
@pytest.mark.parametrize("merge", [Merge.SCALAR, Merge.TEXT, Merge.RESTRICT])
def test_an_edit_of_what_one_saw_or_wrote_oneself_is_no_conflict(merge: Merge, stamp: Stamp | None) -> None:
    merged = edit(merge, "all", "nothing", stamp=stamp, hlc=EARLY)
    assert (merged.value, merged.conflict) == ("all", None)


@pytest.mark.parametrize("merge", [Merge.SCALAR, Merge.TEXT, Merge.RESTRICT, Merge.STATUS, Merge.IMMUTABLE])
def test_two_that_wrote_the_same_agree(merge: Merge) -> None:
    assert edit(merge, "all", "all") == Merged("all", Stamp(9, "b", EARLY))


def test_two_long_texts_are_both_kept_the_earlier_first() -> None:
    assert edit(Merge.TEXT, "mine", "theirs").value == f"theirs{BOTH}mine"
    assert edit(Merge.TEXT, "mine", "theirs", hlc=EARLY, stamp=Stamp(9, "b", LATE)).value == f"mine{BOTH}theirs"


def test_a_text_that_holds_the_other_needs_no_person() -> None:
    assert edit(Merge.TEXT, "a b c", "a b") == Merged("a b c", Stamp(PENDING, "a", LATE))
    assert edit(Merge.TEXT, "a b", "a b c") == Merged("a b c", Stamp(9, "b", EARLY))


def test_a_text_that_one_cleared_is_kept_for_a_person() -> None:
    cleared, written = edit(Merge.TEXT, None, "theirs"), edit(Merge.TEXT, "mine", None)
    assert (cleared.value, written.value) == ("theirs", "mine")
    assert cleared.conflict is not None
    assert written.conflict is not None


def test_two_texts_too_long_together_are_settled_like_a_scalar() -> None:
    merged = edit(Merge.TEXT, "mine", "theirs", fits=lambda value: False)
    assert merged.conflict == FieldConflict("field", "mine", "theirs", "mine", "text")


def test_an_add_wins_over_a_remove() -> None:
    theirs = Stamp(9, "b", EARLY, {"money": (9, "b"), "food": (4, "b")})
    merged = edit(Merge.SET, {"add": ["pain"], "remove": ["money", "food"]}, ["food", "money"], stamp=theirs)
    assert merged.value == ["money", "pain"]
    assert merged.stamp is not None
    assert merged.stamp.added == {"money": (9, "b"), "pain": (PENDING, "a")}


def test_a_plain_list_is_read_as_its_difference() -> None:
    theirs = Stamp(9, "b", EARLY, {"money": (9, "b")})
    assert edit(Merge.SET, ["pain"], ["food", "money"], stamp=theirs).value == ["money", "pain"]
    assert edit(Merge.SET, ["pain"], ["food", "money"], stamp=theirs, base=9).value == ["pain"]


def test_adding_what_is_removed_in_one_breath_adds_it() -> None:
    assert edit(Merge.SET, {"add": ["food"], "remove": ["food"]}, []).value == ["food"]
    assert edit(Merge.SET, {"add": ["food"], "remove": ["food"]}, ["food"]).stamp == Stamp(9, "b", EARLY)


def test_differences_add_up() -> None:
    assert edit(Merge.DELTA, {"delta": 2}, 3).value == 5
    assert edit(Merge.DELTA, {"delta": -1}, None).value == -1
    assert edit(Merge.DELTA, {"delta": 0}, 3).stamp == Stamp(9, "b", EARLY)


def test_a_status_moves_from_where_the_server_has_it_or_not_at_all() -> None:
    assert edit(Merge.STATUS, "claimed", "open") == Merged("claimed", Stamp(PENDING, "a", LATE))
    refused = edit(Merge.STATUS, "claimed", "done", base=9)
    assert refused == Merged("done", Stamp(9, "b", EARLY), FieldConflict("field", "claimed", "done", "done", "status"))


def test_the_stricter_permission_wins_whoever_is_later() -> None:
    assert edit(Merge.RESTRICT, "all", "nothing").value == "nothing"
    stricter = edit(Merge.RESTRICT, "nothing", "some", hlc=EARLY, stamp=Stamp(9, "b", LATE))
    assert stricter.value == "nothing"
    assert stricter.conflict == FieldConflict("field", "nothing", "some", "nothing", "restrict")


def test_what_the_server_owns_and_what_is_fixed_stay() -> None:
    assert edit(Merge.SERVER, "mine", "theirs").value == "theirs"
    assert edit(Merge.IMMUTABLE, "mine", "theirs").value == "theirs"


CODES = st.sets(st.sampled_from("abcdef"), max_size=4)


@pytest.mark.slow
@given(st.lists(st.tuples(st.sampled_from("xy"), CODES, CODES), max_size=8), CODES)
@settings(max_examples=200, deadline=None)
def test_whatever_two_phones_do_unseen_every_added_code_is_there_unless_its_adder_took_it_away(
    edits: list[tuple[str, set[str], set[str]]], start: set[str]
) -> None:
    """Both phones saw version 1; an add may only be undone by the phone that made it."""
    rule = FieldRule("needs", Merge.SET)
    current, stamp = sorted(start), Stamp(1, "server", EARLY)
    alive: dict[str, set[str]] = {}
    for version, (device, add, remove) in enumerate(edits, start=2):
        mine = {"add": sorted(add), "remove": sorted(remove)}
        was = set(current)
        merged = merge_field(Edit("person", rule, mine, current, 1, device, LATE, stamp, lambda value: True))
        for code in remove - add:
            if alive.get(code) == {device}:
                alive.pop(code)
        for code in add - was:
            alive[code] = {device}
        current, stamp = merged.value, _numbered(merged.stamp, version)
        assert alive.keys() | add <= set(current) <= start | set().union(*(a for _, a, _ in edits))
        assert current == sorted(set(current))


def _numbered(stamp: Stamp | None, version: int) -> Stamp:
    assert stamp is not None
    added = {code: (version if v == PENDING else v, by) for code, (v, by) in stamp.added.items()}
    return Stamp(version if stamp.version == PENDING else stamp.version, stamp.device, stamp.hlc, added)


@given(st.permutations(["all", "some", "nothing"]), st.integers(0, 2))
def test_restriction_does_not_depend_on_the_order_of_arrival(values: list[str], first: int) -> None:
    rule = FieldRule("share", Merge.RESTRICT, order=("all", "some", "nothing"))
    current, stamp = values[first], Stamp(9, "start", EARLY)
    for number, mine in enumerate(values):
        merged = merge_field(Edit("consent", rule, mine, current, 1, f"p{number}", LATE, stamp, lambda value: True))
        current, stamp = merged.value, _numbered(merged.stamp, 10 + number)
    assert current == "nothing"


@pytest.fixture
def two(store: Store) -> tuple[Phone, Phone]:
    """Give two phones of one team that both hold version 1 of one person."""
    put(store, "person", "p", person(what_matters="The garden.", access_needs=["step_free"]))
    return Phone(store, prescriber("phone-a")), Phone(store, prescriber("phone-b"))


def document(phone: Phone, kind: str = "person", record_id: str = "p") -> dict[str, Any]:
    with phone.store.read(TENANT) as view:
        return dict(view.records([Key(kind, record_id)])[Key(kind, record_id)].doc)


def conflicts(phone: Phone) -> list[dict[str, Any]]:
    with phone.store.read(TENANT) as view:
        return [dict(stored.doc) for stored in view.of_kind("conflict")]


def test_two_edits_of_different_fields_merge(two: tuple[Phone, Phone]) -> None:
    a, b = two
    assert a.patch("person", "p", 1, given_name="Grace").outcome is Outcome.APPLIED
    merged = b.patch("person", "p", 1, phone="01206 000000")
    assert (merged.outcome, merged.version) == (Outcome.MERGED, 3)
    assert merged.row is not None
    assert '"given_name":"Grace"' in (merged.row.doc or "")
    assert conflicts(a) == []


def test_two_edits_of_one_field_leave_a_winner_and_a_conflict_that_both_phones_receive(
    two: tuple[Phone, Phone],
) -> None:
    a, b = two
    a.patch("person", "p", 1, given_name="Grace")
    b.now += timedelta(minutes=1)
    receipt = b.patch("person", "p", 1, given_name="Joan")
    assert receipt.outcome is Outcome.CONFLICT
    assert receipt.conflicts == (FieldConflict("given_name", "Joan", "Grace", "Joan", "scalar"),)
    assert document(a)["given_name"] == "Joan"
    for phone in two:
        assert sorted(row.kind for row in phone.pull().rows) == ["conflict", "person"]
    (kept,) = conflicts(a)
    assert (kept["mine"], kept["theirs"], kept["status"]) == ({"value": "Joan"}, {"value": "Grace"}, "open")


def test_an_edit_made_earlier_and_sent_later_loses(two: tuple[Phone, Phone]) -> None:
    a, b = two
    early = b.mutation("patch", "person", "p", 1, set={"given_name": "Joan"})
    a.now += timedelta(hours=1)
    a.patch("person", "p", 1, given_name="Grace")
    receipt = b.push(early, sent_at=NOW + timedelta(hours=8)).results[0]
    assert receipt.outcome is Outcome.CONFLICT
    assert document(a)["given_name"] == "Grace"


@pytest.mark.parametrize("error", [timedelta(days=3653), timedelta(days=-3653)])
def test_a_clock_ten_years_out_changes_no_winner(two: tuple[Phone, Phone], error: timedelta) -> None:
    a, b = two
    b.clock_error = error
    early = b.mutation("patch", "person", "p", 1, set={"given_name": "Joan"})
    a.now += timedelta(hours=1)
    a.patch("person", "p", 1, given_name="Grace")
    b.push(early, sent_at=NOW + timedelta(hours=8))
    assert document(a)["given_name"] == "Grace"
    b.now = NOW + timedelta(hours=9)
    b.patch("person", "p", 1, family_name="Hill")
    a.patch("person", "p", 2, family_name="Wood")
    assert document(a)["family_name"] == "Hill"


def test_a_phone_does_not_conflict_with_itself(two: tuple[Phone, Phone]) -> None:
    a, _ = two
    edits = [a.mutation("patch", "person", "p", 1, set={"given_name": name}) for name in ("Ann", "Bea", "Cat")]
    assert [receipt.outcome for receipt in a.push(*edits).results] == [Outcome.APPLIED] * 3
    assert a.patch("person", "p", 1, given_name="Dee").outcome is Outcome.APPLIED
    assert conflicts(a) == []


def test_two_long_texts_end_up_in_the_record(two: tuple[Phone, Phone]) -> None:
    a, b = two
    a.patch("person", "p", 1, what_matters="Her dog.")
    b.now += timedelta(minutes=1)
    b.patch("person", "p", 1, what_matters="Her sister.")
    assert document(a)["what_matters"] == f"Her dog.{BOTH}Her sister."
    assert len(conflicts(a)) == 1


def test_sets_take_both_sides(two: tuple[Phone, Phone]) -> None:
    a, b = two
    a.patch("person", "p", 1, access_needs={"add": ["parking"]})
    b.patch("person", "p", 1, access_needs={"add": ["bsl"], "remove": ["step_free", "parking"]})
    assert document(a)["access_needs"] == ["bsl", "parking"]


@pytest.mark.parametrize(
    "wrong", [{"add": "bsl"}, {"plus": ["bsl"]}, "bsl", None, 7, {"add": ["no such need"]}, ["no such need"], [[]]]
)
def test_a_set_that_is_none_is_refused(two: tuple[Phone, Phone], wrong: Any) -> None:
    receipt = two[0].patch("person", "p", 1, access_needs=wrong)
    assert receipt.problem is not None
    assert list(receipt.problem.errors) == ["access_needs"]


def test_the_stricter_wish_about_contact_wins_until_somebody_who_saw_it_loosens_it(two: tuple[Phone, Phone]) -> None:
    a, b = two
    a.patch("person", "p", 1, do_not_contact=True)
    assert b.patch("person", "p", 1, do_not_contact=False).outcome is Outcome.CONFLICT
    assert document(a)["do_not_contact"] is True
    version = b.pull().rows[-1].version
    assert b.patch("person", "p", version, do_not_contact=False).outcome is Outcome.APPLIED
    assert document(a)["do_not_contact"] is False


def test_a_second_creation_of_one_id_merges(store: Store) -> None:
    a, b = Phone(store, prescriber("phone-a")), Phone(store, prescriber("phone-b"))
    a.create("person", "p", **person(access_needs=["bsl"]))
    assert b.create("person", "p", **person(access_needs=["bsl"])).outcome is Outcome.DUPLICATE
    b.now += timedelta(minutes=1)
    receipt = b.create("person", "p", **person(given_name="Grace", access_needs=["parking"]))
    assert receipt.outcome is Outcome.CONFLICT
    assert (document(a)["given_name"], document(a)["access_needs"]) == ("Grace", ["bsl", "parking"])


def test_a_second_creation_cannot_change_what_is_written_once(store: Store) -> None:
    put(store, "person", "person-1", person())
    a, b = Phone(store, prescriber("phone-a")), Phone(store, prescriber("phone-b"))
    note = {"person_id": "person-1", "team_id": "team-a", "type": "note", "written_at": "2026-11-21T09:00:00Z"}
    a.create("note", "n", **note, text="First.")
    assert b.create("note", "n", **note, text="First.").outcome is Outcome.DUPLICATE
    receipt = b.create("note", "n", **note, text="Second.")
    assert receipt.problem is not None
    assert receipt.problem.slug == "already-exists"


def test_a_delete_stays_and_the_edit_can_be_brought_back(two: tuple[Phone, Phone]) -> None:
    a, b = two
    assert a.delete("person", "p", 1).outcome is Outcome.APPLIED
    assert a.delete("person", "p", 1).outcome is Outcome.DUPLICATE
    edit = b.patch("person", "p", 1, given_name="Grace")
    assert (edit.outcome, edit.row and edit.row.op) == (Outcome.CONFLICT, "del")
    assert "person" not in {row.kind for row in Phone(b.store, b.principal).pull().rows}
    (conflict,) = [row for row in a.pull().rows if row.kind == "conflict"]
    assert a.command("resolve_conflict", "conflict", conflict.id, keep="mine").outcome is Outcome.APPLIED
    assert document(a)["given_name"] == "Grace"
    assert "person" in {row.kind for row in Phone(b.store, b.principal).pull().rows}


def test_a_delete_over_an_unseen_edit_can_be_taken_back(two: tuple[Phone, Phone]) -> None:
    a, b = two
    b.patch("person", "p", 1, given_name="Grace")
    assert a.delete("person", "p", 1).outcome is Outcome.CONFLICT
    (conflict,) = [row for row in b.pull().rows if row.kind == "conflict"]
    assert b.command("resolve_conflict", "conflict", conflict.id, keep="theirs").outcome is Outcome.APPLIED
    assert document(a)["given_name"] == "Grace"
    assert "person" in {row.kind for row in Phone(b.store, b.principal).pull().rows}


HOME = {"postcode": "CM1 1AA", "easting": 570000, "northing": 207000, "district": "E07000070"}
BARN = {"postcode": "CO1 2BB", "easting": 599000, "northing": 225000, "district": "E07000071"}
MILL = {"postcode": "SS1 3CC", "easting": 588000, "northing": 186000, "district": "E07000072"}


def place(doc: dict[str, Any]) -> dict[str, Any]:
    return {name: doc[name] for name in HOME}


@pytest.fixture
def moved(store: Store) -> tuple[Phone, Phone]:
    """Give two phones that, unseen by each other, wrote down two different moves of one person."""
    put(store, "person", "p", person(**HOME))
    a, b = Phone(store, prescriber("phone-a")), Phone(store, prescriber("phone-b"))
    assert a.patch("person", "p", 1, **BARN).outcome is Outcome.APPLIED
    b.now += timedelta(minutes=1)
    assert b.patch("person", "p", 1, **MILL).outcome is Outcome.CONFLICT
    return a, b


def test_two_moves_of_one_person_are_one_conflict_and_one_place_wins_whole(moved: tuple[Phone, Phone]) -> None:
    a, _ = moved
    assert place(document(a)) == MILL
    (conflict,) = conflicts(a)
    assert conflict["field"] == "postcode"
    for side, where in (("mine", MILL), ("theirs", BARN), ("kept", MILL)):
        rest = {name: value for name, value in where.items() if name != "postcode"}
        assert conflict[side] == {"value": where["postcode"], "with": rest}


def test_an_earlier_move_that_arrives_later_changes_nothing_of_the_place(store: Store) -> None:
    put(store, "person", "p", person(**HOME))
    a, b = Phone(store, prescriber("phone-a")), Phone(store, prescriber("phone-b"))
    early = b.mutation("patch", "person", "p", 1, set={**MILL, "district": BARN["district"]})
    a.now += timedelta(minutes=1)
    a.patch("person", "p", 1, **BARN)
    b.now += timedelta(minutes=2)
    assert b.push(early).results[0].outcome is Outcome.CONFLICT
    assert place(document(a)) == BARN


@pytest.mark.parametrize(
    ("args", "where"),
    [
        ({"keep": "mine"}, MILL),
        ({"keep": "theirs"}, BARN),
        ({"keep": "other", "value": "CM1 1AA", "with": {k: v for k, v in HOME.items() if k != "postcode"}}, HOME),
        ({"keep": "other", "value": "SS1 3CD", "with": {"given_name": "Eve"}}, {**MILL, "postcode": "SS1 3CD"}),
    ],
)
def test_a_place_is_settled_whole(moved: tuple[Phone, Phone], args: dict[str, Any], where: dict[str, Any]) -> None:
    a, _ = moved
    (conflict,) = [row.id for row in a.pull().rows if row.kind == "conflict"]
    assert a.command("resolve_conflict", "conflict", conflict, **args).outcome is Outcome.APPLIED
    assert place(document(a)) == where
    assert document(a)["given_name"] == "Ada"


def test_the_same_place_written_twice_is_no_conflict(store: Store) -> None:
    put(store, "person", "p", person(**HOME))
    a, b = Phone(store, prescriber("phone-a")), Phone(store, prescriber("phone-b"))
    a.patch("person", "p", 1, **BARN)
    assert b.patch("person", "p", 1, **BARN).outcome is Outcome.DUPLICATE
    assert conflicts(a) == []


@given(st.lists(st.tuples(st.integers(0, 2), st.sampled_from([HOME, BARN, MILL]), st.integers(-60, 60)), max_size=6))
@settings(max_examples=40, deadline=None)
def test_a_place_is_always_one_that_somebody_wrote(moves: list[tuple[int, dict[str, Any], int]]) -> None:
    """Whoever moves the person, when by whose clock, the postcode, the point and the district belong together."""
    from server.storage.memory import MemoryStore

    store = MemoryStore()
    put(store, "person", "p", person(**HOME))
    phones = [Phone(store, prescriber(f"phone-{n}")) for n in range(3)]
    for who, where, minutes in moves:
        made = phones[who].mutation("patch", "person", "p", 1, set=where)
        phones[who].now = NOW + timedelta(minutes=minutes)
        phones[who].push(made, sent_at=NOW + timedelta(hours=2))
        assert place(document(phones[0])) in (HOME, BARN, MILL)


def test_a_delete_does_not_bury_what_another_added_beneath_ones_own_addition(two: tuple[Phone, Phone]) -> None:
    first, second = two
    base = first.create("person", "person-2", **person(languages=["en"])).version
    first.patch("person", "person-2", base, languages={"add": ["pl"], "remove": []})
    second.patch("person", "person-2", base, languages={"add": ["uk"], "remove": []})
    receipt = second.delete("person", "person-2", base)
    assert receipt.outcome is Outcome.CONFLICT
    [conflict] = receipt.conflicts
    assert conflict.theirs["languages"] == ["en", "pl", "uk"]


def test_a_delete_drops_no_values_that_came_with_it(two: tuple[Phone, Phone]) -> None:
    a, _ = two
    (receipt,) = a.push(a.mutation("delete", "person", "p", 1, set={"given_name": "Grace"})).results
    assert receipt.problem is not None
    assert (receipt.problem.slug, list(receipt.problem.errors)) == ("invalid", ["given_name"])
    assert [entry.reason for entry in quarantine(a.store)] == ["invalid"]
    assert a.delete("person", "p", 1).outcome is Outcome.APPLIED
