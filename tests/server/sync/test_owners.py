"""What belongs to another record by saying its kind and its id: it waits for it, is of its person, and goes with it."""

from typing import Any

import pytest

from server.sync.model import Key, Outcome
from server.sync.ports import Store
from tests.builders import TEAM, TENANT, Phone, door, person, prescriber, put
from tests.promises.asking import problem_of, quarantine
from tests.server.sync.test_erasing import admin

PHOTO = {"team_id": "team-a", "purpose": "photo", "media_type": "image/png", "bytes": 9}
NOTE = {"team_id": "team-a", "type": "note", "written_at": "2026-11-21T09:00:00Z", "text": "x"}


def photo(owner_kind: str, owner_id: str, person_id: str) -> dict[str, Any]:
    return {**PHOTO, "owner_kind": owner_kind, "owner_id": owner_id, "person_id": person_id}


def erased(store: Store, *names: str) -> list[str]:
    keys = [Key("attachment", name) for name in names]
    with store.read(TENANT) as view:
        return sorted(key.id for key, record in view.records(keys).items() if record.erased)


@pytest.fixture
def phone(store: Store) -> Phone:
    for name in ("p", "q"):
        put(store, "person", name, person())
        put(store, "note", f"of-{name}", {**NOTE, "person_id": name})
    return Phone(store, prescriber())


def test_what_belongs_to_one_person_and_says_another_is_refused(store: Store, phone: Phone) -> None:
    for number, wrong in enumerate((photo("person", "p", "q"), photo("note", "of-p", "q"))):
        receipt = phone.create("attachment", f"a{number}", **wrong)
        assert problem_of(receipt) == "invalid"
        assert receipt.problem is not None
        assert list(receipt.problem.errors) == ["person_id"]
    for number, right in enumerate((photo("person", "p", "p"), photo("note", "of-p", "p"))):
        assert phone.create("attachment", f"b{number}", **right).outcome is Outcome.APPLIED
    assert len(quarantine(store)) == 2


def test_what_belongs_to_a_record_that_is_not_there_waits_for_it(store: Store, phone: Phone) -> None:
    assert phone.create("attachment", "a", **photo("note", "late", "p")).outcome is Outcome.DEFERRED
    phone.create("note", "late", **NOTE, person_id="p")
    assert ("attachment", "a") in [(row.kind, row.id) for row in phone.pull().rows]


def test_what_waited_for_a_record_of_somebody_else_is_refused_when_it_comes(store: Store, phone: Phone) -> None:
    phone.create("attachment", "a", **photo("note", "late", "p"))
    phone.create("note", "late", **NOTE, person_id="q")
    assert [entry.id for entry in quarantine(store)] == ["a"]


def test_a_record_of_another_team_is_no_owner_and_answered_like_none(store: Store, phone: Phone) -> None:
    put(store, "note", "theirs", {**NOTE, "person_id": "p", "team_id": "team-b"})
    outcomes = [phone.create("attachment", name, **photo("note", name, "p")).outcome for name in ("theirs", "nobodys")]
    assert outcomes == [Outcome.DEFERRED, Outcome.DEFERRED]


def test_erasing_reaches_what_belongs_to_a_person_or_their_records_whomever_it_names(store: Store) -> None:
    for name in ("p", "q"):
        put(store, "person", name, person())
        put(store, "note", f"of-{name}", {**NOTE, "person_id": name})
    put(store, "attachment", "theirs", photo("person", "p", "q"))
    put(store, "attachment", "their-notes", photo("note", "of-p", "q"))
    put(store, "attachment", "names-them", photo("note", "of-q", "p"))
    put(store, "attachment", "of-another-kind", photo("note", "p", "q"))
    assert door(store).erase([Key("person", "p")]) == 5
    all_of_them = ("theirs", "their-notes", "names-them", "of-another-kind")
    assert erased(store, *all_of_them) == ["names-them", "their-notes", "theirs"]


def test_what_comes_late_for_a_note_of_an_erased_person_is_kept_without_content(store: Store, phone: Phone) -> None:
    Phone(store, admin(scopes=(TEAM,))).command("erase", "person", "p")
    assert problem_of(phone.create("attachment", "a", **photo("note", "of-p", "q"))) == "erased"
    assert "image/png" not in "".join(entry.payload for entry in quarantine(store))
