import pytest

from server.sync.door import InvalidDocumentError, Put, Written
from server.sync.model import Key
from server.sync.ports import Store
from tests.builders import TENANT, Phone, door, person, prescriber


def head(store: Store) -> int:
    with store.read(TENANT) as view:
        return view.head().seq


def test_writing_twice_moves_nothing_the_second_time(store: Store) -> None:
    puts = [Put("person", f"p{n:04d}", person(given_name=f"N{n}")) for n in range(1201)]
    assert door(store).write(puts) == Written(created=1201)
    assert head(store) == 1201
    assert door(store).write(iter(puts)) == Written(unchanged=1201)
    assert head(store) == 1201
    puts[7] = Put("person", "p0007", person(given_name="New"))
    assert door(store).write(puts) == Written(changed=1, unchanged=1200)
    assert head(store) == 1202


def test_places_counted_by_the_server_do_not_make_an_unchanged_count_new(store: Store) -> None:
    count = Put("place_count", "a", {"item_kind": "asset", "item_id": "a", "places_total": 5, "places_open": 3})
    assert door(store).write([count]) == Written(created=1)
    assert door(store).write([count]) == Written(unchanged=1)


def test_a_wrong_document_is_named_and_stops_its_chunk(store: Store) -> None:
    with pytest.raises(InvalidDocumentError) as wrong:
        door(store).write([Put("person", "p", person()), Put("person", "q", person(given_name=41))])
    assert wrong.value.key == Key("person", "q")
    assert list(wrong.value.errors) == ["given_name"]
    assert head(store) == 0
    with pytest.raises(InvalidDocumentError):
        door(store).write([Put("spaceship", "p", {})])


def test_a_document_given_twice_in_one_chunk_ends_as_the_last(store: Store) -> None:
    door(store).write([Put("person", "p", person()), Put("person", "p", person(given_name="Last"))])
    (row,) = Phone(store, prescriber()).pull().rows
    assert '"given_name":"Last"' in (row.doc or "")


def test_removing_leaves_tombstones_once(store: Store) -> None:
    door(store).write([Put("person", "p", person())])
    keys = [Key("person", "p"), Key("person", "p"), Key("person", "none")]
    assert door(store).remove(keys) == 1
    assert door(store).remove(keys) == 0
    assert head(store) == 2


def test_a_removed_record_can_be_written_again(store: Store) -> None:
    door(store).write([Put("person", "p", person())])
    door(store).remove([Key("person", "p")])
    assert door(store).write([Put("person", "p", person())]) == Written(changed=1)
    assert [row.op for row in Phone(store, prescriber()).pull().rows] == ["put"]


def test_an_import_does_not_look_like_a_phones_own_edit(store: Store) -> None:
    phone = Phone(store, prescriber())
    phone.create("person", "p", **person())
    door(store).write([Put("person", "p", person(given_name="Grace"))], by="import")
    receipt = phone.patch("person", "p", 1, given_name="Joan")
    assert [(c.mine, c.theirs) for c in receipt.conflicts] == [("Joan", "Grace")]


def test_changing_fields_leaves_the_others_to_whoever_writes_them(memory):
    door(memory).write([Put("person", "p1", person(phone="1"))])
    assert door(memory).change([(Key("person", "p1"), {"phone": "2"})]) == 1
    assert door(memory).change([(Key("person", "p1"), {"phone": "2"})]) == 0
    assert door(memory).change([(Key("person", "nobody"), {"phone": "2"})]) == 0
    with memory.read(TENANT) as view:
        assert view.records([Key("person", "p1")])[Key("person", "p1")].doc["phone"] == "2"
        assert view.head().seq == 2
    door(memory).remove([Key("person", "p1")])
    assert door(memory).change([(Key("person", "p1"), {"phone": "3"})]) == 0
