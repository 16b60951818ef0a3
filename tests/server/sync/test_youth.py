"""Under 18: only what is open to them, and only with a guardian's consent that holds; a withdrawal counts at once."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from server.sync.model import Key, Outcome, Receipt
from server.sync.ports import Store
from tests.builders import DISTRICT, NOW, TENANT, Phone, centre, door, put, task, volunteer

YOUNG = {"centre_id": "centre-a", "given_name": "Yusuf", "family_name": "Lane", "status": "active"}
#: 16 years old at the builders' time, 2026-11-21.
SIXTEEN = "2010-03-01"


@pytest.fixture
def desk(store: Store) -> Phone:
    put(store, "volunteer", "volunteer-1", {**YOUNG, "birth_on": SIXTEEN})
    put(store, "task", "task-1", task(min_age=16))
    put(store, "task", "adults", task())
    put(store, "opportunity", "role-1", {"name": "Café", "category": "other", "district": DISTRICT, "min_age": 16})
    return Phone(store, centre())


def agree(desk: Phone, name: str = "g1", given: str = "2026-11-01", until: str = "2027-10-31", **more: Any) -> Receipt:
    said = {"guardian_name": "Amina Lane", "relation": "parent", "agreed": True, "given_on": given, "until_on": until}
    owner = {"volunteer_id": "volunteer-1", "centre_id": "centre-a"}
    return desk.create("guardian_consent", name, **{**owner, **said, **more})


def claim(store: Store, name: str = "task-1", now: datetime = NOW) -> Receipt:
    return Phone(store, volunteer(1, f"phone-{now:%d%H}-{name}"), now=now).command("claim", "task", name)


def lacks(receipt: Receipt) -> list[str]:
    assert receipt.problem, receipt.outcome
    assert receipt.problem.slug in ("not-qualified", "invalid")
    return list(receipt.problem.errors)


def held_until(store: Store) -> Any:
    with store.read(TENANT) as view:
        return view.records([Key("volunteer", "volunteer-1")])[Key("volunteer", "volunteer-1")].doc["guardian_until_on"]


def test_nobody_under_18_takes_a_task_without_a_guardians_consent(store: Store, desk: Phone) -> None:
    assert lacks(claim(store)) == ["guardian_consent"]
    agree(desk)
    assert held_until(store) == "2027-10-31"
    assert Phone(store, volunteer(1)).command("claim", "task", "task-1").outcome is Outcome.APPLIED


def test_what_does_not_say_from_which_age_it_is_open_is_for_adults(store: Store, desk: Phone) -> None:
    agree(desk)
    assert lacks(claim(store, "adults")) == ["min_age"]


def test_consent_opens_nothing_to_whoever_is_too_young_for_it(store: Store, desk: Phone) -> None:
    agree(desk)
    desk.patch("volunteer", "volunteer-1", 9, birth_on="2011-03-01")
    assert lacks(claim(store)) == ["min_age"]


def test_turning_18_ends_the_need(store: Store, desk: Phone) -> None:
    desk.patch("volunteer", "volunteer-1", 9, birth_on="2008-11-22")
    assert lacks(claim(store)) == ["guardian_consent"]
    assert claim(store, now=NOW + timedelta(days=1)).outcome is Outcome.APPLIED
    assert claim(store, "adults", NOW + timedelta(days=1)).outcome is Outcome.APPLIED


def test_a_consent_withdrawn_between_claim_and_start_stops_the_start(store: Store, desk: Phone) -> None:
    agree(desk)
    phone = Phone(store, volunteer(1))
    phone.command("claim", "task", "task-1")
    desk.patch("guardian_consent", "g1", 9, agreed=False)
    assert held_until(store) is None
    assert lacks(phone.command("set_out", "task", "task-1")) == ["guardian_consent"]


def test_a_consent_that_runs_out_between_match_and_start_stops_the_start(store: Store, desk: Phone) -> None:
    agree(desk, until="2026-11-21")
    origin = {"origin": "school", "enquired_on": "2026-11-01"}
    desk.create("enquiry", "e1", volunteer_id="volunteer-1", centre_id="centre-a", **origin)
    later = replace(desk, now=NOW + timedelta(days=1))

    def step(phone: Phone, came_from: str, to: str, on: str) -> Receipt:
        asked = {"from_step": came_from, "step": to, "stepped_on": on, "opportunity_id": "role-1"}
        return phone.command("take_step", "enquiry", "e1", **asked)

    step(desk, "enquiry", "interview", "2026-11-20")
    assert step(desk, "interview", "matched", "2026-11-21").outcome is Outcome.APPLIED
    later.lseq, later.made = desk.lseq, desk.made
    assert lacks(step(later, "matched", "referred", "2026-11-22")) == ["guardian_consent"]
    # the day that it is said to have happened on does not bring the consent back
    assert lacks(step(later, "matched", "referred", "2026-11-21")) == ["guardian_consent"]


def test_of_two_guardians_the_one_who_withdraws_decides_until_a_later_consent(store: Store, desk: Phone) -> None:
    agree(desk)
    agree(desk, "g2", guardian_name="Bilal Lane")
    desk.patch("guardian_consent", "g2", 9, agreed=False, withdrawn_on="2026-11-10")
    assert held_until(store) is None
    agree(desk, "g3", given="2026-11-10")
    assert held_until(store) is None  # given on the very day: nobody can tell which came first
    agree(desk, "g4", given="2026-11-11", until="2027-01-31")
    assert held_until(store) == "2027-01-31"


def test_a_consent_written_by_mistake_and_deleted_counts_no_more(store: Store, desk: Phone) -> None:
    agree(desk)
    desk.delete("guardian_consent", "g1", 99)
    assert held_until(store) is None


def test_a_consent_that_cannot_be_is_refused(desk: Phone) -> None:
    wrong: dict[str, dict[str, Any]] = {
        "given_on": {"given": "2026-11-22"},
        "until_on": {"until": "2026-10-01"},
        "guardian_name": {"guardian_name": " "},
        "relation": {"relation": "friend"},
    }
    for about, more in wrong.items():
        assert lacks(agree(desk, f"of-{about}", **more)) == [about]


def test_volunteers_neither_consent_for_themselves_nor_say_how_old_they_are(store: Store, desk: Phone) -> None:
    own = Phone(store, volunteer(1))
    refused = agree(own)
    assert refused.problem
    assert refused.problem.slug == "not-yours"
    own.patch("volunteer", "volunteer-1", 9, birth_on="1990-01-01", guardian_until_on="2030-01-01")
    assert lacks(claim(store)) == ["guardian_consent"]


def test_of_a_volunteer_who_is_erased_the_guardian_is_forgotten_too(store: Store, desk: Phone) -> None:
    agree(desk)
    door(store, NOW + timedelta(days=1)).erase([Key("volunteer", "volunteer-1")])
    with store.read(TENANT) as view:
        assert view.records([Key("guardian_consent", "g1")])[Key("guardian_consent", "g1")].erased
