"""OLD-CURSOR-410, never wrong data; RESYNC-KEEPS-OUTBOX."""

from dataclasses import replace

from server.sync.model import Pull
from server.sync.ports import Store
from server.sync.pull import pull
from tests.builders import SEAL, TEAM, TENANT, Phone, prescriber
from tests.server.sync.test_pull import people, problem_of


def test_after_a_restore_old_cursors_are_refused(store: Store) -> None:
    people(store, 1)
    cursor = Phone(store, prescriber()).pull().cursor
    store.new_epoch(TENANT)  # type: ignore[attr-defined] # every store of ours has it; the core does not need it
    assert problem_of(store, cursor) == "epoch-changed"


def test_a_cursor_from_before_tombstones_were_cleared_is_refused(memory: Store) -> None:
    people(memory, 3)
    phone = Phone(memory, prescriber())
    early = phone.pull(limit=1).cursor
    late = phone.pull().cursor
    people(memory, 2, start=10)
    tenant = memory._tenants[TENANT]  # type: ignore[attr-defined] # compaction, which raises the floor, comes later
    tenant.head = replace(tenant.head, floor=3)
    assert pull(Pull(late), prescriber(), store=memory, seal=SEAL).consistent
    assert pull(Pull(early), prescriber(), store=memory, seal=SEAL).consistent  # it began at 3, so it lacks nothing
    tenant.head = replace(tenant.head, floor=4)
    assert problem_of(memory, late) == "cursor-expired"


def test_a_place_beyond_the_head_is_from_another_history(store: Store) -> None:
    people(store, 1)
    with store.read(TENANT) as view:
        epoch = view.head().epoch
    token = SEAL.seal({"t": TENANT, "d": "phone-a", "e": epoch, "s": {TEAM: [99, 0]}})
    assert problem_of(store, token) == "epoch-changed"
