"""Trainings: who records and verifies them, what they open, and when they open it no longer."""

from dataclasses import replace
from typing import Any

import pytest

from server.sync.door import Put
from server.sync.model import Key, Outcome, Receipt
from server.sync.ports import Store
from tests.builders import DISTRICT, NOW, TENANT, Phone, centre, door, task, volunteer

NAMES = {"given_name": "Vic", "family_name": "Dale", "centre_id": "centre-a"}
HYGIENE = {"name": "Food hygiene, level 2", "district": DISTRICT, "valid_months": 12}
DONE = {"volunteer_id": "volunteer-1", "training_id": "food-hygiene", "centre_id": "centre-a", "done_on": "2025-11-21"}
SEEN = DONE | {"evidence": "Certificate 7711"}


def problem(receipt: Receipt) -> str:
    return receipt.problem.slug if receipt.problem else ""


def document(store: Store, kind: str, record_id: str) -> dict[str, Any]:
    with store.read(TENANT) as view:
        return dict(view.records([Key(kind, record_id)])[Key(kind, record_id)].doc)


def held(store: Store) -> dict[str, str | None]:
    trained = document(store, "volunteer", "volunteer-1").get("trained", [])
    return {one["training_id"]: one["until_on"] for one in trained}


def trainee(store: Store) -> Phone:
    who = volunteer(1)
    return Phone(store, replace(who, scopes=who.scopes | {f"directory:{DISTRICT}"}))


@pytest.fixture
def town(store: Store) -> Store:
    door(store).write(
        [
            Put("training", "food-hygiene", HYGIENE),
            Put("training", "induction", {"name": "Induction", "district": DISTRICT, "needs_evidence": False}),
            Put("volunteer", "volunteer-1", NAMES),
            Put("volunteer", "volunteer-2", NAMES),
            Put("task", "task-1", task(training=["food-hygiene"])),
        ]
    )
    return store


def test_a_centre_records_a_training_and_it_counts_from_then_on(town: Store) -> None:
    desk, phone = Phone(town, centre()), trainee(town)
    assert problem(phone.command("claim", "task", "task-1")) == "not-qualified"
    receipt = desk.create("completion", "done-1", **SEEN)
    assert receipt.outcome is Outcome.APPLIED
    doc = document(town, "completion", "done-1")
    assert (doc["status"], doc["expires_on"], doc["verified_by"]) == ("verified", "2026-11-21", "account-centre")
    assert held(town) == {"food-hygiene": "2026-11-21"}
    assert phone.command("claim", "task", "task-1").outcome is Outcome.APPLIED


def test_the_refusal_names_the_rule_and_the_training(town: Store) -> None:
    refused = trainee(town).command("claim", "task", "task-1")
    assert refused.problem is not None
    assert dict(refused.problem.errors) == {"training": ["Not held, or run out: food-hygiene."]}


def test_a_training_that_runs_out_between_claim_and_start_stops_the_start(town: Store) -> None:
    desk, phone = Phone(town, centre()), trainee(town)
    desk.create("completion", "done-1", **SEEN)
    assert phone.command("claim", "task", "task-1").outcome is Outcome.APPLIED
    phone.now = NOW.replace(day=22)
    assert problem(phone.command("set_out", "task", "task-1")) == "not-qualified"
    desk.create("completion", "done-2", **SEEN | {"done_on": "2026-11-20"})
    assert phone.command("set_out", "task", "task-1").outcome is Outcome.APPLIED


def test_a_training_that_is_revoked_between_claim_and_start_stops_the_start(town: Store) -> None:
    desk, phone = Phone(town, centre()), trainee(town)
    desk.create("completion", "done-1", **SEEN)
    phone.command("claim", "task", "task-1")
    assert desk.command("revoke_completion", "completion", "done-1", reason="provider").outcome is Outcome.APPLIED
    assert problem(phone.command("set_out", "task", "task-1")) == "not-qualified"


def test_a_volunteers_own_word_opens_nothing_until_the_centre_has_verified_it(town: Store) -> None:
    phone, desk = trainee(town), Phone(town, centre())
    assert phone.create("completion", "done-1", **SEEN).outcome is Outcome.APPLIED
    assert document(town, "completion", "done-1")["status"] == "unverified"
    assert problem(phone.command("claim", "task", "task-1")) == "not-qualified"
    assert problem(phone.command("verify_completion", "completion", "done-1")) == "not-allowed"
    assert desk.command("verify_completion", "completion", "done-1").outcome is Outcome.APPLIED
    assert desk.command("verify_completion", "completion", "done-1").outcome is Outcome.DUPLICATE
    assert phone.command("claim", "task", "task-1").outcome is Outcome.APPLIED


def test_a_volunteer_says_what_there_is_to_see_and_the_centre_where_the_training_asks_for_it(town: Store) -> None:
    own, desk = trainee(town), Phone(town, centre())
    for phone in (own, desk):
        refused = phone.create("completion", "done-1", **DONE)
        assert refused.problem is not None
        assert list(refused.problem.errors) == ["evidence"]
    assert problem(own.create("completion", "done-2", **DONE | {"training_id": "induction"})) == "invalid"
    assert desk.create("completion", "done-2", **DONE | {"training_id": "induction"}).outcome is Outcome.APPLIED
    assert held(town) == {"induction": None}


def test_nobody_vouches_for_themselves_though_they_work_at_the_centre(town: Store) -> None:
    who = centre()
    both = replace(
        who, roles=frozenset({"centre", "volunteer"}), scopes=who.scopes | {"volunteer:volunteer-1"},
        volunteer_id="volunteer-1",
    )  # fmt: skip
    phone = Phone(town, both)
    phone.create("completion", "done-1", **SEEN)
    assert document(town, "completion", "done-1")["status"] == "unverified"
    assert problem(phone.command("verify_completion", "completion", "done-1")) == "not-allowed"
    phone.create("completion", "done-2", **SEEN | {"volunteer_id": "volunteer-2"})
    assert document(town, "completion", "done-2")["status"] == "verified"


def test_what_the_server_says_of_a_completion_nobody_else_says(town: Store) -> None:
    receipt = trainee(town).create("completion", "done-1", **SEEN, status="verified", expires_on="2099-01-01")
    assert receipt.outcome is Outcome.MERGED
    doc = document(town, "completion", "done-1")
    assert (doc["status"], doc["expires_on"]) == ("unverified", "2026-11-21")


def test_nobody_edits_a_volunteers_trainings(town: Store) -> None:
    forged = [{"training_id": "food-hygiene", "until_on": None}]
    for phone in (trainee(town), Phone(town, centre())):
        assert phone.patch("volunteer", "volunteer-1", 0, trained=forged).outcome is not Outcome.APPLIED
    assert held(town) == {}


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"done_on": "2026-11-22"}, "done_on"),
        ({"done_on": "2026-02-30"}, "done_on"),
        ({"evidence": " "}, "evidence"),
    ],
)
def test_a_completion_that_cannot_be_is_refused_by_name(town: Store, wrong: dict[str, str], field: str) -> None:
    refused = Phone(town, centre()).create("completion", "done-1", **SEEN | wrong)
    assert refused.problem is not None
    assert (problem(refused), list(refused.problem.errors)) == ("invalid", [field])


def test_a_training_of_another_centres_volunteer_is_not_recorded(town: Store) -> None:
    door(town).write([Put("volunteer", "volunteer-9", NAMES | {"centre_id": "centre-z"})])
    receipt = Phone(town, centre()).create("completion", "done-1", **SEEN | {"volunteer_id": "volunteer-9"})
    assert receipt.outcome is not Outcome.APPLIED
    with town.read(TENANT) as view:
        assert not list(view.of_kind("completion"))


def test_a_completion_is_never_edited_nor_deleted_but_revoked_with_a_reason(town: Store) -> None:
    desk = Phone(town, centre())
    version = desk.create("completion", "done-1", **SEEN).version
    assert problem(desk.patch("completion", "done-1", version, done_on="2026-11-01")) == "immutable"
    assert problem(desk.delete("completion", "done-1", version)) == "immutable"
    assert problem(desk.command("revoke_completion", "completion", "done-1")) == "invalid"
    assert problem(desk.command("revoke_completion", "completion", "done-1", reason="boring")) == "invalid"
    assert held(town) == {"food-hygiene": "2026-11-21"}
    assert desk.command("revoke_completion", "completion", "done-1", reason="mistake").outcome is Outcome.APPLIED
    assert desk.command("revoke_completion", "completion", "done-1", reason="other").outcome is Outcome.DUPLICATE
    doc = document(town, "completion", "done-1")
    assert (doc["status"], doc["reason"], doc["revoked_on"]) == ("revoked", "mistake", "2026-11-21")
    assert problem(desk.command("verify_completion", "completion", "done-1")) == "training-revoked"
    assert held(town) == {}


def test_revoking_the_later_of_two_leaves_the_earlier(town: Store) -> None:
    desk = Phone(town, centre())
    desk.create("completion", "done-1", **SEEN | {"done_on": "2026-03-01"})
    desk.create("completion", "done-2", **SEEN | {"done_on": "2026-10-01"})
    assert held(town) == {"food-hygiene": "2027-10-01"}
    desk.command("revoke_completion", "completion", "done-2", reason="evidence")
    assert held(town) == {"food-hygiene": "2027-03-01"}


def test_a_volunteer_takes_back_what_nobody_has_verified_and_nothing_else(town: Store) -> None:
    phone, desk = trainee(town), Phone(town, centre())
    phone.create("completion", "done-1", **SEEN)
    phone.create("completion", "done-2", **SEEN)
    assert phone.command("revoke_completion", "completion", "done-1", reason="mistake").outcome is Outcome.APPLIED
    desk.command("verify_completion", "completion", "done-2")
    assert problem(phone.command("revoke_completion", "completion", "done-2", reason="mistake")) == "not-allowed"


def test_trainings_follow_a_volunteer_to_another_centre(town: Store) -> None:
    desk = Phone(town, centre())
    desk.create("completion", "done-1", **SEEN)
    both = replace(centre("desk-2"), scopes=centre().scopes | {"centre:centre-b"})
    head = Phone(town, both)
    version = next(row.version for row in head.pull().rows if row.id == "volunteer-1")
    assert head.patch("volunteer", "volunteer-1", version, centre_id="centre-b").outcome is Outcome.APPLIED
    assert document(town, "completion", "done-1")["centre_id"] == "centre-b"
    assert not [row for row in desk.pull().rows if row.kind == "completion"]


def test_an_import_of_volunteers_leaves_what_they_hold(town: Store) -> None:
    Phone(town, centre()).create("completion", "done-1", **SEEN)
    door(town).write([Put("volunteer", "volunteer-1", NAMES | {"phone": "01632 960001"})])
    assert held(town) == {"food-hygiene": "2026-11-21"}
    door(town).write([Put("completion", "done-3", SEEN | {"status": "verified", "expires_on": "2028-01-01"})])
    assert held(town) == {"food-hygiene": "2028-01-01"}


def test_an_erased_volunteers_trainings_lose_their_content(town: Store) -> None:
    Phone(town, centre()).create("completion", "done-1", **SEEN)
    door(town).erase([Key("volunteer", "volunteer-1")])
    doc = document(town, "completion", "done-1")
    assert "evidence" not in doc
    assert "training_id" not in doc
