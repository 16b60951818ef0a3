"""Erasing reaches what was sent under names that the contract does not have, before and after."""

from dataclasses import replace
from typing import Any

import pytest

from server.sync.model import Key
from server.sync.ports import Store
from tests.builders import Phone, door, person, prescriber, put
from tests.promises.asking import problem_of, quarantine
from tests.server.sync.test_erasing import MARK, OTHER, admin, everything

NOTE = {"team_id": "team-a", "type": "note", "written_at": "2026-11-21T09:00:00Z", "text": MARK}
#: Kind, id and values of what speaks of the person under names that nobody knows.
STRANGE: dict[str, tuple[str, str, dict[str, Any]]] = {
    "by its own id": ("sighting", "p", {"given_name": MARK}),
    "by the person": ("sighting", "v1", {"person_id": "p", "text": MARK}),
    "by its owner": ("sighting", "v2", {"owner_kind": "person", "owner_id": "p", "text": MARK}),
    "by an owner without a kind": ("sighting", "v3", {"owner_id": "p", "text": MARK}),
    "by a record of theirs": ("sighting", "v4", {"referral_id": "r", "text": MARK}),
    "by a field that its kind lacks": ("note", "n", {**NOTE, "owner_id": "p"}),
}


@pytest.fixture
def phone(store: Store) -> Phone:
    for name in ("p", "q"):
        put(store, "person", name, person())
    referral = {"person_id": "p", "team_id": "team-a", "needs": ["money"], "received_on": "2026-11-20"}
    put(store, "referral", "r", referral)
    return Phone(store, prescriber())


def erase(store: Store) -> None:
    assert problem_of(Phone(store, admin()).command("erase", "person", "p")) == ""


def test_what_was_kept_before_under_strange_names_loses_its_content(store: Store, phone: Phone) -> None:
    told = [problem_of(phone.create(kind, name, **values)) for kind, name, values in STRANGE.values()]
    phone.create("sighting", "v9", people=[{"id": "p"}], text=MARK)
    assert told == ["unknown-kind"] * 5 + ["unknown-field"]
    assert everything(store).count(MARK) >= len(STRANGE)
    erase(store)
    assert MARK not in everything(store)
    assert len(quarantine(store)) == len(STRANGE) + 1


def test_what_comes_later_under_strange_names_is_answered_erased(store: Store, phone: Phone) -> None:
    erase(store)
    for how, (kind, name, values) in STRANGE.items():
        assert problem_of(phone.create(kind, name, **values)) == "erased", how
        assert problem_of(phone.patch(kind, name, 1, **values)) == "erased", how
    assert MARK not in everything(store)
    assert [entry.reason for entry in quarantine(store)] == ["erased"] * 2 * len(STRANGE)


def test_who_never_held_them_hears_of_a_stranger_and_nothing_is_kept_either(store: Store, phone: Phone) -> None:
    erase(store)
    other = Phone(store, prescriber("other", (OTHER,)))
    for how, (kind, name, values) in STRANGE.items():
        told = other.create(kind, name, **values)
        stranger = {field: "nobody" if value in ("p", "r") else value for field, value in values.items()}
        stranger |= {"text": "x", "given_name": "x"} if kind == "sighting" else {"text": "x"}
        of_nobody = other.create(kind, "nobody" if name == "p" else name, **stranger)
        assert replace(told, mid="", lseq=0) == replace(of_nobody, mid="", lseq=0), how
    assert MARK not in everything(store)


def test_what_speaks_of_somebody_else_under_strange_names_stays_whole(store: Store, phone: Phone) -> None:
    phone.create("sighting", "q", text=MARK)
    erase(store)
    assert problem_of(phone.create("sighting", "v", person_id="q", text=MARK)) == "unknown-kind"
    assert [MARK in entry.payload for entry in quarantine(store)] == [True, True]


def test_a_refusal_loses_the_names_of_fields_that_nobody_knew(store: Store, phone: Phone) -> None:
    sent = [
        phone.mutation("patch", "person", "p", 1, set={MARK: 1}),
        phone.mutation("create", "note", "n", set={**NOTE, "text": "x", "person_id": "p", MARK: 1}),
        phone.mutation("create", "person", "q", set={MARK: 1}),
    ]
    for mutation in sent:
        told = phone.push(mutation).results[0].problem
        assert told is not None
        assert list(told.errors) == [MARK]
    assert door(store).erase([Key("person", "p"), Key("person", "q")]) == 3
    assert MARK not in everything(store)
    for mutation in sent:  # the answer to a repeat no longer tells
        again = phone.push(mutation).results[0].problem
        assert again is not None
        assert (again.slug, again.errors) == ("unknown-field", {})
