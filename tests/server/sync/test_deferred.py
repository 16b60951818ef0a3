from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from server.storage.sql import SqlStore
from server.sync.door import Put
from server.sync.model import Command, Key, Outcome, Push
from server.sync.ports import Store
from server.sync.push import push
from tests.builders import KINDS, NOW, TEAM, TENANT, Phone, door, person, prescriber, put, validate
from tests.promises.asking import quarantine, record, rights
from tests.server.sync.test_statements import counted

DIRECTORY = "directory:E07000071"
ERASE = Command("erase", {})


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
    phone = Phone(store, prescriber(scopes=(TEAM, DIRECTORY)))
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


def asked(phone: Phone, *mids: str) -> list[tuple[str, str]]:
    request = Push(phone.principal.device_id, None, 2, (), mids)
    answer = push(request, phone.principal, store=phone.store, rules=KINDS, validate=validate, now=phone.now)
    return [(later.outcome.value, later.problem.slug if later.problem else "") for later in answer.later]


def test_a_phone_learns_later_what_became_of_what_waited(store: Store) -> None:
    a, b = Phone(store, prescriber("phone-a")), Phone(store, prescriber("phone-b"))
    child = a.mutation("create", "referral", "r", set=referral())
    orphan = a.mutation("create", "referral", "s", set=referral("never"))
    a.push(child, orphan)
    assert asked(a, child.mid, orphan.mid) == []
    b.create("person", "p", **person())
    assert asked(a, child.mid, orphan.mid) == [("applied", "")]
    assert asked(b, child.mid) == []  # another's is nobody's
    door(store, NOW + timedelta(days=8)).sweep()
    assert asked(a, orphan.mid, child.mid) == [("applied", ""), ("rejected", "parent-missing")]
    assert asked(a, orphan.mid, child.mid) == [("applied", ""), ("rejected", "parent-missing")]


def test_a_sweep_gives_up_on_what_any_device_let_wait_too_long(store: Store) -> None:
    phones = [Phone(store, prescriber(f"phone-{n}")) for n in range(3)]
    for phone in phones:
        phone.create("referral", f"r-{phone.principal.device_id}", **referral("never"))
    assert door(store, NOW + timedelta(days=7)).sweep() == 0
    assert door(store, NOW + timedelta(days=7, seconds=1)).sweep() == 3
    assert {(entry.id, entry.reason) for entry in quarantine(store)} == {
        (f"r-phone-{n}", "parent-missing") for n in range(3)
    }
    assert door(store, NOW + timedelta(days=8)).sweep() == 0


def test_an_import_sweeps_on_its_way(store: Store) -> None:
    Phone(store, prescriber()).create("referral", "r", **referral("never"))
    door(store, NOW + timedelta(days=8)).write([Put("organisation", "o", {"name": "A practice"})])
    assert [entry.reason for entry in quarantine(store)] == ["parent-missing"]


def test_another_teams_person_answers_like_nobody_at_all(store: Store) -> None:
    """NO-LEAK: whether a child waits must not tell who exists elsewhere."""
    put(store, "person", "theirs", person("team-b"))
    phone = Phone(store, prescriber())
    known, unknown = (
        phone.create("referral", "r1", **referral("theirs")),
        phone.create("referral", "r2", **referral("q")),
    )
    assert replace(known, mid="", lseq=0) == replace(unknown, mid="", lseq=0)
    assert known.outcome is Outcome.DEFERRED
    put(store, "person", "theirs", person("team-b", given_name="Joan"))
    assert names(store, "referral") == []
    put(store, "person", "theirs", person("team-a"))  # the person moves to this team, and what waited is let in
    assert names(store, "referral") == ["r1"]


def test_an_organisation_of_another_district_answers_like_none_at_all(store: Store) -> None:
    """NO-LEAK: a directory is public, and still only those who hold it hear what is in it."""
    put(store, "person", "p", person())
    put(store, "organisation", "theirs", {"name": "A practice", "district": "E07000070"})
    phone = Phone(store, prescriber(scopes=(TEAM, DIRECTORY)))
    known, unknown = (
        phone.create("referral", f"r-{name}", **referral(referrer_organisation_id=name)) for name in ("theirs", "q")
    )
    assert replace(known, mid="", lseq=0) == replace(unknown, mid="", lseq=0)
    assert known.outcome is Outcome.DEFERRED


@pytest.mark.parametrize("count", [2, 60])
def test_what_mutations_refer_to_is_asked_at_once(sql_store: SqlStore, count: int) -> None:
    phone = Phone(sql_store, prescriber())
    phone.push(*(phone.mutation("create", "person", f"p{n}", set=person()) for n in range(count)))
    children = [phone.mutation("create", "referral", f"r{n}", set=referral(f"p{n}")) for n in range(count)]
    with counted(sql_store) as seen:
        phone.push(*children)
    assert sum("FROM feed" in statement for statement in seen) == 1


def test_what_waited_is_judged_by_the_grants_of_the_day_it_is_let_in(store: Store) -> None:
    phone = Phone(store, prescriber())
    phone.create("referral", "r", **referral())
    rights(store, phone.principal, frozenset())
    put(store, "person", "p", person())
    assert names(store, "referral") == []
    assert [(entry.id, entry.reason) for entry in quarantine(store)] == [("r", "not-yours")]


def test_a_grant_that_comes_lets_in_what_waited_at_the_next_push(store: Store) -> None:
    phone = Phone(store, prescriber())
    put(store, "person", "p", person("team-b"))
    phone.create("referral", "r", **referral())
    phone.principal = replace(phone.principal, scopes=frozenset({"caseload:team-a", "caseload:team-b"}))
    rights(store, phone.principal, phone.principal.scopes)
    phone.push()
    assert names(store, "referral") == ["r"]


AN_ORGANISATION = {"name": "A practice", "district": "E07000071"}


def late_and_later(store: Store, **later: Any) -> Phone:
    """Let a phone make a referral that waits for an organisation, and make it again without."""
    put(store, "person", "p", person())
    phone = Phone(store, prescriber(scopes=(TEAM, DIRECTORY)))
    phone.create("referral", "r", **referral(referrer_organisation_id="o", comment="First.", budget_pence=1))
    phone.now += timedelta(minutes=1)
    second = referral(comment="Second.", budget_pence=2, needs=["housing"])
    phone.create("referral", "r", **second | later)
    return phone


def conflicts(store: Store) -> str:
    with store.read(TENANT) as view:
        return repr([dict(one.doc) for one in view.of_kind("conflict")])


def test_what_waited_does_not_overwrite_what_its_own_author_wrote_later(store: Store) -> None:
    late_and_later(store)
    put(store, "organisation", "o", AN_ORGANISATION)
    kept = record(store, "referral", "r")
    assert (kept["comment"], kept["budget_pence"]) == ("Second.", 2)
    assert kept["needs"] == ["housing", "money"]  # codes add up, and an add wins
    assert conflicts(store) == "[]"


def test_a_parent_in_the_same_push_changes_nothing_of_that(store: Store) -> None:
    phone = Phone(store, prescriber())
    first = phone.mutation("create", "referral", "r", set=referral(comment="First."))
    parent = phone.mutation("create", "person", "p", set=person())
    second = phone.mutation("create", "referral", "r", set=referral(comment="Second."))
    outcomes = [receipt.outcome for receipt in phone.push(first, parent, second).results]
    assert outcomes == [Outcome.DEFERRED, Outcome.APPLIED, Outcome.APPLIED]
    assert record(store, "referral", "r")["comment"] == "Second."


def test_what_waited_still_sets_what_its_author_left_alone(store: Store) -> None:
    put(store, "person", "p", person())
    phone = Phone(store, prescriber(scopes=(TEAM, DIRECTORY)))
    made = phone.create("referral", "r", **referral())
    phone.patch("referral", "r", made.version, referrer_organisation_id="o", comment="First.", budget_pence=5)
    phone.patch("referral", "r", made.version, comment="Second.")
    put(store, "organisation", "o", AN_ORGANISATION)
    kept = record(store, "referral", "r")
    assert (kept["referrer_organisation_id"], kept["comment"], kept["budget_pence"]) == ("o", "Second.", 5)


def test_a_deletion_that_waited_spares_what_its_author_made_again(store: Store) -> None:
    put(store, "person", "p", person())
    phone = Phone(store, prescriber(scopes=(TEAM, DIRECTORY)))
    phone.create("referral", "r", **referral(referrer_organisation_id="o", comment="First."))
    assert phone.delete("referral", "r", 0).outcome is Outcome.DEFERRED
    phone.now += timedelta(minutes=1)
    phone.create("referral", "r", **referral(comment="Second."))
    put(store, "organisation", "o", AN_ORGANISATION)
    assert names(store, "referral") == ["r"]
    assert record(store, "referral", "r")["comment"] == "Second."


def test_what_waited_is_shown_where_another_phone_wrote_as_well(store: Store) -> None:
    """Its author and another both wrote the field since: what stands is theirs, what waited is not lost."""
    phone = late_and_later(store)
    other = Phone(store, prescriber("phone-b"), phone.now + timedelta(minutes=1))
    other.patch("referral", "r", 99, comment="Theirs.")
    put(store, "organisation", "o", AN_ORGANISATION)
    assert "Theirs." in record(store, "referral", "r")["comment"]
    assert "First." in conflicts(store) + record(store, "referral", "r")["comment"]


def after_a_restore(store: Store) -> int:
    """Let a restore have taken numbers back; give one of them."""
    put(store, "person", "theirs", person("team-b"))
    with store.read(TENANT) as view:
        lost = view.head().seq + 3
    store.new_epoch(TENANT)  # type: ignore[attr-defined] # every store of ours has it; the core does not need it
    return lost


@pytest.mark.parametrize("op", ["patch", "delete", "command"])
def test_what_was_made_on_a_lost_version_waits_whether_its_record_is_elsewhere_or_nowhere(
    store: Store, op: str
) -> None:
    """NO-LEAK: another team's record answers like one that a restore took away."""
    lost, phone = after_a_restore(store), Phone(store, prescriber())
    known, unknown = (phone.send(op, "person", name, lost, command=ERASE) for name in ("theirs", "nobody"))
    assert replace(known, mid="", lseq=0) == replace(unknown, mid="", lseq=0)
    assert known.outcome is Outcome.DEFERRED
    for number in (0, lost - 3, lost + 10**18):  # none, one that was given before the backup, one that is still to come
        assert phone.patch("person", "nobody", number, phone="0").outcome is Outcome.REJECTED


def test_what_waited_for_its_own_record_is_applied_when_that_is_made_again(store: Store) -> None:
    lost, a, b = after_a_restore(store), Phone(store, prescriber("phone-a")), Phone(store, prescriber("phone-b"))
    b.now -= timedelta(minutes=1)
    first, second = (a.mutation("patch", "person", "p", lost, set={"given_name": name}) for name in ("Ann", "Bea"))
    a.push(first, second)
    b.create("person", "p", **person(given_name="Ada"))
    assert record(store, "person", "p")["given_name"] == "Bea"
    assert asked(a, first.mid, second.mid) == [("conflict", ""), ("merged", "")]
    assert names(store, "conflict")
    assert quarantine(store) == []


def test_what_waited_for_its_own_record_in_vain_is_kept_aside(store: Store) -> None:
    lost, phone = after_a_restore(store), Phone(store, prescriber())
    phone.patch("person", "theirs", lost, given_name="Ann")
    assert door(store, NOW + timedelta(days=8)).sweep() == 1
    assert [(entry.id, entry.reason) for entry in quarantine(store)] == [("theirs", "parent-missing")]
    assert record(store, "person", "theirs")["given_name"] == "Ada"
