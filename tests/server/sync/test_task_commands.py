from typing import Any

import pytest

from server.sync.door import Put
from server.sync.model import Command, Key, Outcome, Receipt
from server.sync.ports import Store
from tests.builders import NOW, TENANT, Phone, centre, door, task, volunteer

CHECKED = {"dbs_level": "enhanced", "dbs_until_on": "2026-11-21"}
ASK = {
    "task_id": "task-1", "volunteer_id": "volunteer-1", "centre_id": "centre-a", "wave": 0, "position": 0,
    "policy": "waves", "asked_at": "2026-11-21T09:00:00Z", "answer_until_at": "2026-11-21T12:00:00Z",
    "status": "asked",
}  # fmt: skip


def problem(receipt: Receipt) -> str:
    return receipt.problem.slug if receipt.problem else ""


def document(store: Store, kind: str, record_id: str) -> dict[str, Any]:
    with store.read(TENANT) as view:
        return dict(view.records([Key(kind, record_id)])[Key(kind, record_id)].doc)


def claim_of(store: Store) -> tuple[str, dict[str, Any]]:
    with store.read(TENANT) as view:
        (one,) = view.of_kind("claim")
        return one.key.id, dict(one.doc)


def version_of(store: Store, kind: str, name: str) -> int:
    with store.read(TENANT) as view:
        return view.records([Key(kind, name)])[Key(kind, name)].version


@pytest.fixture
def town(store: Store) -> Store:
    names = {"given_name": "Vic", "family_name": "Dale", "centre_id": "centre-a"}
    door(store).write(
        [
            Put("volunteer", "volunteer-1", names | CHECKED),
            Put("volunteer", "volunteer-2", names),
            Put("task", "task-1", task(dbs_level="basic")),
            Put("ask", "ask-1", ASK),
        ]
    )
    return store


@pytest.mark.parametrize("how", ["left", "deleted", "erased"])
def test_what_a_volunteer_had_who_is_gone_is_open_again_and_they_take_nothing_more(town: Store, how: str) -> None:
    phone = Phone(town, volunteer(1))
    door(town).write([Put("task_detail", "task-1", {"task_id": "task-1", "centre_id": "centre-a", "name": "Mr Moss"})])
    phone.command("claim", "task", "task-1")
    assert document(town, "task_detail", "task-1")["claimant_id"] == "volunteer-1"
    desk = Phone(town, centre())
    if how == "left":
        assert desk.patch("volunteer", "volunteer-1", 10**6, status="left").problem is None
    elif how == "deleted":
        assert desk.delete("volunteer", "volunteer-1", 10**6).problem is None
    else:
        door(town).erase([Key("volunteer", "volunteer-1")])
    task_now = document(town, "task", "task-1")
    assert (task_now["status"], task_now["priority"], claim_of(town)[1]["status"]) == ("open", 1, "released")
    assert document(town, "task_detail", "task-1")["claimant_id"] is None
    again = phone.command("claim", "task", "task-1")
    assert problem(again) in ("volunteer-paused", "not-a-volunteer", "not-yours", "erased")
    assert document(town, "task", "task-1")["status"] == "open"


def test_a_task_whose_time_ends_before_it_begins_is_refused(town: Store) -> None:
    window = {"window_from_at": "2026-11-22T11:00:00.000Z", "window_until_at": "2026-11-22T10:59:00Z"}
    refused = Phone(town, centre()).create("task", "task-2", **task(**window))
    assert refused.problem
    assert list(refused.problem.errors) == ["window_until_at"]


def test_a_claimant_sets_out_and_says_when_it_is_done(town: Store) -> None:
    phone = Phone(town, volunteer(1))
    phone.command("claim", "task", "task-1")
    assert phone.command("set_out", "task", "task-1").outcome is Outcome.APPLIED
    assert phone.command("set_out", "task", "task-1").outcome is Outcome.DUPLICATE
    assert claim_of(town)[1]["status"] == "en_route"
    assert phone.command("complete", "task", "task-1", minutes=30).outcome is Outcome.APPLIED
    assert (claim_of(town)[1]["status"], claim_of(town)[1]["minutes"]) == ("done", 30)


def test_nobody_else_sets_out_for_a_task_or_completes_it(town: Store) -> None:
    Phone(town, volunteer(1)).command("claim", "task", "task-1")
    other = Phone(town, volunteer(2))
    assert problem(other.command("set_out", "task", "task-1")) == "task-not-claimed"
    assert problem(other.command("complete", "task", "task-1", minutes=30)) == "task-not-claimed"
    assert problem(Phone(town, centre()).command("set_out", "task", "task-1")) == "task-not-claimed"


def test_a_task_that_asks_for_a_check_is_not_claimed_without_one(town: Store) -> None:
    refused = Phone(town, volunteer(2)).command("claim", "task", "task-1")
    assert problem(refused) == "not-qualified"
    assert refused.problem is not None
    assert list(refused.problem.errors) == ["dbs_level"]


def test_a_check_that_runs_out_between_claim_and_start_stops_the_start(town: Store) -> None:
    phone = Phone(town, volunteer(1))
    assert phone.command("claim", "task", "task-1").outcome is Outcome.APPLIED
    phone.now = NOW.replace(day=22)
    refused = phone.command("set_out", "task", "task-1")
    assert problem(refused) == "not-qualified"
    assert claim_of(town)[1]["status"] == "active"
    assert phone.command("release", "task", "task-1").outcome is Outcome.APPLIED


def test_a_training_that_is_not_held_stops_a_claim(town: Store) -> None:
    door(town).write([Put("task", "task-1", task(training=["food-hygiene"]))])
    refused = Phone(town, volunteer(1)).command("claim", "task", "task-1")
    assert refused.problem is not None
    assert (problem(refused), list(refused.problem.errors)) == ("not-qualified", ["training"])


@pytest.mark.parametrize(("status", "slug"), [("enquiry", "not-qualified"), ("paused", "volunteer-paused")])
def test_who_is_no_volunteer_yet_or_whom_staff_paused_claims_nothing_and_sets_out_for_nothing(
    town: Store, status: str, slug: str
) -> None:
    phone, record = Phone(town, volunteer(1)), Key("volunteer", "volunteer-1")
    door(town).change([(record, {"status": status})])
    assert problem(phone.command("claim", "task", "task-1")) == slug
    door(town).change([(record, {"status": "active"})])
    assert phone.command("claim", "task", "task-1").outcome is Outcome.APPLIED
    door(town).change([(record, {"status": status})])
    assert problem(phone.command("set_out", "task", "task-1")) == slug


def test_the_centres_thanks_reach_the_volunteer_by_the_claim(town: Store) -> None:
    phone, desk = Phone(town, volunteer(1)), Phone(town, centre())
    phone.command("claim", "task", "task-1")
    name = claim_of(town)[0]
    assert problem(desk.command("thank", "claim", name, line="Early")) == "task-not-done"
    phone.command("complete", "task", "task-1", minutes=30)
    assert problem(desk.command("thank", "claim", name, line=" ")) == "invalid"
    assert problem(phone.command("thank", "claim", name, line="Well done me")) == "not-allowed"
    assert desk.command("thank", "claim", name, line="Mrs M. was so pleased.").outcome is Outcome.APPLIED
    (row,) = [row for row in phone.pull().rows if row.kind == "claim"]
    assert row.doc is not None
    assert "Mrs M. was so pleased." in row.doc


def test_two_desks_that_thank_at_once_do_not_write_over_each_other(town: Store) -> None:
    phone, one, two = Phone(town, volunteer(1)), Phone(town, centre("one")), Phone(town, centre("two"))
    phone.command("claim", "task", "task-1")
    name = claim_of(town)[0]
    phone.command("complete", "task", "task-1", minutes=30)

    def thank(desk: Phone, base: int, line: str) -> Receipt:
        return desk.send("command", "claim", name, base, command=Command("thank", {"line": line}, None))

    seen = version_of(town, "claim", name)
    assert thank(one, seen, "She was so glad.").outcome is Outcome.APPLIED
    assert problem(thank(two, seen, "The lamp shines.")) == "said-already"
    assert claim_of(town)[1]["thanks"] == "She was so glad."
    assert thank(two, version_of(town, "claim", name), "She was glad, and the lamp shines.").outcome is Outcome.APPLIED


def test_an_ask_is_seen_and_declined_with_a_reason_by_whoever_was_asked(town: Store) -> None:
    phone = Phone(town, volunteer(1))
    assert phone.command("see_ask", "ask", "ask-1").outcome is Outcome.APPLIED
    assert problem(phone.command("decline_ask", "ask", "ask-1", reason="boring")) == "invalid"
    assert phone.command("decline_ask", "ask", "ask-1", reason="too_far").outcome is Outcome.APPLIED
    assert phone.command("decline_ask", "ask", "ask-1", reason="too_far").outcome is Outcome.DUPLICATE
    ask = document(town, "ask", "ask-1")
    assert (ask["status"], ask["reason"], ask["seen_at"] is not None) == ("declined", "too_far", True)


def test_nobody_answers_for_another_and_nobody_edits_an_ask(town: Store) -> None:
    assert problem(Phone(town, volunteer(2)).command("decline_ask", "ask", "ask-1")) == "not-yours"
    assert problem(Phone(town, centre()).command("decline_ask", "ask", "ask-1")) == "not-a-volunteer"
    phone = Phone(town, volunteer(1))
    assert problem(phone.patch("ask", "ask-1", 1, status="claimed")) == "read-only"
    assert problem(phone.create("ask", "ask-2", **ASK)) == "read-only"


def test_an_answer_to_an_ask_that_is_over_is_refused_by_name(town: Store) -> None:
    door(town).write([Put("ask", "ask-1", ASK | {"status": "withdrawn", "reason": "taken"})])
    assert problem(Phone(town, volunteer(1)).command("decline_ask", "ask", "ask-1")) == "ask-ended"
