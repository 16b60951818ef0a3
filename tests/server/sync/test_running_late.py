from typing import Any

import pytest

from server.sync.door import Put
from server.sync.model import Key, Outcome, Receipt
from server.sync.ports import Store
from tests.builders import TENANT, Phone, centre, door, task, volunteer


def slug(receipt: Receipt) -> str:
    return receipt.problem.slug if receipt.problem else ""


def claim_of(store: Store) -> dict[str, Any]:
    with store.read(TENANT) as view:
        (one,) = view.of_kind("claim")
        return dict(one.doc)


@pytest.fixture
def town(store: Store) -> Store:
    names = {"family_name": "Dale", "centre_id": "centre-a"}
    people = [Put("volunteer", f"volunteer-{n}", {"given_name": name, **names}) for n, name in ((1, "Vic"), (2, "Val"))]
    door(store).write([*people, Put("task", "task-1", task())])
    return store


def test_the_centre_hears_by_how_much_a_volunteer_is_late_and_when_they_said_so(town: Store) -> None:
    phone, desk = Phone(town, volunteer(1)), Phone(town, centre())
    phone.command("claim", "task", "task-1")
    phone.command("set_out", "task", "task-1")
    desk.pull()
    assert phone.command("running_late", "task", "task-1", minutes=20).outcome is Outcome.APPLIED
    (row,) = [row for row in desk.pull().rows if row.kind == "claim"]
    assert row.doc is not None
    assert '"late_min":20' in row.doc
    assert (claim_of(town)["status"], claim_of(town)["late_at"]) == ("en_route", claim_of(town)["claimed_at"])


def test_the_last_word_on_being_late_stands_and_zero_is_on_time_after_all(town: Store) -> None:
    phone = Phone(town, volunteer(1))
    phone.command("claim", "task", "task-1")
    for minutes in (30, 45, 0):
        phone.command("running_late", "task", "task-1", minutes=minutes)
        assert claim_of(town)["late_min"] == minutes


@pytest.mark.parametrize("minutes", [-1, 241, 2.5, "20", True, None])
def test_lateness_is_whole_minutes_up_to_four_hours(town: Store, minutes: object) -> None:
    phone = Phone(town, volunteer(1))
    phone.command("claim", "task", "task-1")
    assert slug(phone.command("running_late", "task", "task-1", minutes=minutes)) == "invalid"
    assert claim_of(town)["late_min"] is None


def test_only_who_has_the_task_can_be_late_for_it(town: Store) -> None:
    Phone(town, volunteer(1)).command("claim", "task", "task-1")
    for other in (volunteer(2), centre()):
        assert slug(Phone(town, other).command("running_late", "task", "task-1", minutes=5)) == "task-not-claimed"
    assert claim_of(town)["late_min"] is None


def test_a_word_of_the_volunteer_goes_with_the_task_that_is_done(town: Store) -> None:
    phone = Phone(town, volunteer(1))
    phone.command("claim", "task", "task-1")
    assert slug(phone.command("complete", "task", "task-1", minutes=30, line=" ")) == "invalid"
    phone.command("complete", "task", "task-1", minutes=30, line="The lift is broken.")
    assert (claim_of(town)["status"], claim_of(town)["said"]) == ("done", "The lift is broken.")
    with town.read(TENANT) as view:
        assert view.records([Key("task", "task-1")])[Key("task", "task-1")].doc["status"] == "done"


def test_the_centre_learns_why_a_task_was_given_back(town: Store) -> None:
    phone = Phone(town, volunteer(1))
    phone.command("claim", "task", "task-1")
    assert slug(phone.command("release", "task", "task-1", reason="boring")) == "invalid"
    phone.command("release", "task", "task-1", reason="unwell")
    assert (claim_of(town)["status"], claim_of(town)["reason"]) == ("released", "unwell")
