from datetime import timedelta
from typing import Any

from server.sync.model import Key, Outcome
from server.sync.ports import Store
from tests.builders import NOW, TENANT, Phone, person, prescriber, put


def referral(person_id: str = "p", **fields: Any) -> dict[str, Any]:
    return {"person_id": person_id, "team_id": "team-a", "needs": ["money"], "received_on": "2026-11-20", **fields}


def names(store: Store, kind: str) -> list[str]:
    with store.read(TENANT) as view:
        return [stored.key.id for stored in view.of_kind(kind)]


def test_a_child_before_its_parent_waits_and_is_applied_when_it_comes(store: Store) -> None:
    a, b = Phone(store, prescriber("phone-a")), Phone(store, prescriber("phone-b"))
    waiting = a.mutation("create", "referral", "r", set=referral())
    assert a.push(waiting).results[0].outcome is Outcome.DEFERRED
    assert names(store, "referral") == []
    b.create("person", "p", **person())
    assert names(store, "referral") == ["r"]
    assert a.push(waiting).results[0].outcome is Outcome.DEFERRED  # the first receipt, for ever
    assert {row.kind for row in a.pull().rows} == {"person", "referral"}


def test_a_child_ahead_of_its_parent_in_one_push_ends_up_there(store: Store) -> None:
    phone = Phone(store, prescriber())
    child = phone.mutation("create", "referral", "r", set=referral())
    edit = phone.mutation("patch", "referral", "r", set={"status": "contacted"})
    parent = phone.mutation("create", "person", "p", set=person())
    outcomes = [receipt.outcome for receipt in phone.push(child, edit, parent).results]
    assert outcomes == [Outcome.DEFERRED, Outcome.DEFERRED, Outcome.APPLIED]
    with store.read(TENANT) as view:
        assert view.records([Key("referral", "r")])[Key("referral", "r")].doc["status"] == "contacted"


def test_generations_that_wait_for_each_other_all_arrive(store: Store) -> None:
    phone = Phone(store, prescriber())
    note = {"person_id": "p", "referral_id": "r", "team_id": "team-a", "type": "note", "text": "x"}
    phone.create("note", "n", **note, written_at="2026-11-21T09:00:00Z")
    phone.create("referral", "r", **referral(referrer_organisation_id="o"))
    put(store, "person", "p", person())
    assert (names(store, "referral"), names(store, "note")) == ([], [])
    put(store, "organisation", "o", {"name": "A practice", "district": "E07000071"})
    assert (names(store, "referral"), names(store, "note")) == (["r"], ["n"])


def test_the_door_lets_in_what_waited(store: Store) -> None:
    phone = Phone(store, prescriber())
    phone.create("referral", "r", **referral())
    put(store, "person", "p", person())
    assert names(store, "referral") == ["r"]


def test_what_turns_out_wrong_when_its_parent_comes_is_kept_aside(store: Store) -> None:
    a, b = Phone(store, prescriber("phone-a")), Phone(store, prescriber("phone-b"))
    a.create("referral", "r", **referral())
    put(store, "referral", "r", referral(team_id="team-b"))
    b.create("person", "p", **person())
    with store.read(TENANT) as view:
        assert [refused.reason for refused in view.quarantined()] == ["not-yours"]
        assert view.records([Key("referral", "r")])[Key("referral", "r")].doc["team_id"] == "team-b"


def test_what_waited_a_week_is_kept_aside_for_people(store: Store) -> None:
    phone = Phone(store, prescriber())
    phone.create("referral", "r", **referral())
    phone.now = NOW + timedelta(days=7)
    phone.push()
    with store.read(TENANT) as view:
        assert view.quarantined() == []
    phone.now = NOW + timedelta(days=7, seconds=1)
    phone.push()
    with store.read(TENANT) as view:
        assert [(refused.id, refused.reason) for refused in view.quarantined()] == [("r", "parent-missing")]
    put(store, "person", "p", person())
    assert names(store, "referral") == []


def test_a_parent_that_came_unseen_is_noticed_at_the_devices_next_push(store: Store) -> None:
    """As when the parent commits while the child's transaction, which does not see it, decides to wait."""
    phone = Phone(store, prescriber())
    phone.create("referral", "r", **referral())
    with store.write(TENANT) as work:
        entries = work.waiting_of("phone-a")
        assert [entry.parent for entry in entries] == [Key("person", "p")]
    hide_from_the_door(store)
    phone.push()
    assert names(store, "referral") == ["r"]


def hide_from_the_door(store: Store) -> None:
    from server.sync.model import Op
    from server.sync.ports import FeedEntry, RecordEntry, Writes

    with store.write(TENANT) as work:
        number = work.numbers(1)
        there = FeedEntry("caseload:team-a", Key("person", "p"), number, Op.PUT, "desk")
        work.save(Writes([RecordEntry(Key("person", "p"), number, "{}", "{}", False, True)], [there]))
