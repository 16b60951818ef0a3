"""EVICT-COMPLETE and EVICT-MINIMAL: nothing stays that no held scope has, nothing goes that one has."""

from server.sync.model import Key
from tests.builders import KINDS, TENANT
from tests.promises.world import World, truth


def test_a_phone_holds_no_more_and_no_less_than_its_scopes(world: World) -> None:
    for held in world.devices:
        assert held.rows.keys() == truth(world.store, held.phone.principal.scopes).keys()


def test_a_conflict_is_held_by_those_who_hold_its_record(world: World) -> None:
    with world.store.read(TENANT) as view:
        for conflict in view.of_kind("conflict"):
            about = Key(conflict.doc["record_kind"], conflict.doc["record_id"])
            doc = view.records([about])[about].doc
            assert set(conflict.doc["scopes"]) == KINDS[about.kind].scopes_of(about.id, doc)
