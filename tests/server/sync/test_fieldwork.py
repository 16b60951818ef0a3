"""Doorstep rounds and sessions by sync: versions of surveys, two workers at one door, referrals with consent first."""

from dataclasses import replace
from typing import Any

import pytest

from mobile_contract.schemas import KINDS
from server.sync.model import Key, Outcome, Principal, Receipt
from server.sync.ports import Store
from tests.builders import TENANT, Phone

TEAM = frozenset({"fieldwork:team-a", "caseload:team-a"})
YES = {"question": "alone", "is": ["yes"]}


def worker(device: str = "worker-1", scopes: frozenset[str] = TEAM) -> Principal:
    return Principal(TENANT, f"account-{device}", device, frozenset({"outreach"}), scopes)


def survey(phone: Phone, edition: int, *codes: str, **more: Any) -> Receipt:
    questions = [{"code": code, "text": f"{code}?", "type": "yes_no"} for code in codes]
    said = {"team_id": "team-a", "series": "listening", "edition": edition, "title": "Listening"}
    return phone.create("survey", f"survey-{edition}", **{**said, "questions": questions, **more})


def furnished(store: Store) -> Phone:
    """A round with two households and the first version of its survey."""
    phone = Phone(store, worker())
    survey(phone, 1, "alone", "safe")
    phone.create("round", "round", team_id="team-a", name="Northgate", survey_id="survey-1")
    for number in (1, 2):
        phone.create("household", f"h{number}", round_id="round", team_id="team-a", number=number)
    return phone


def visit(phone: Phone, name: str, household: str = "h1", outcome: str = "done", **more: Any) -> Receipt:
    said = {"team_id": "team-a", "round_id": "round", "household_id": household, "visited_on": "2026-11-21"}
    return phone.create("visit", name, **{**said, "outcome": outcome, **more})


def problem(receipt: Receipt) -> tuple[str, list[str]]:
    assert receipt.problem
    return receipt.problem.slug, list(receipt.problem.errors)


def names(phone: Phone, kind: str) -> set[str]:
    return {row.id for row in phone.pull().rows if row.kind == kind}


def test_a_survey_changed_while_phones_are_out_leaves_their_visits_readable(store: Store):
    desk, out = furnished(store), Phone(store, worker("worker-2"))
    survey(desk, 2, "safe", "garden", replaces="survey-1")
    desk.patch("round", "round", 99, survey_id="survey-2")
    old = visit(out, "old", survey_id="survey-1", answers={"alone": "yes"})
    new = visit(desk, "new", "h2", survey_id="survey-2", answers={"garden": "no"})
    assert (old.outcome, new.outcome) == (Outcome.APPLIED, Outcome.APPLIED)
    assert names(desk, "survey") == {"survey-1", "survey-2"}
    assert problem(visit(out, "mixed", survey_id="survey-1", answers={"garden": "no"})) == ("invalid", ["answers"])


def test_a_version_of_a_survey_is_neither_changed_nor_deleted(store: Store):
    phone = furnished(store)
    assert problem(phone.patch("survey", "survey-1", 99, title="Another"))[0] == "immutable"
    assert problem(phone.delete("survey", "survey-1", 99))[0] == "immutable"


def test_two_workers_who_visit_one_household_see_each_other_and_both_visits_stand(store: Store):
    one, two = furnished(store), Phone(store, worker("worker-2"))
    receipts = [visit(one, "one", outcome="not_in"), visit(two, "two", themes=["litter"])]
    assert {receipt.outcome for receipt in receipts} == {Outcome.APPLIED}
    assert names(one, "visit") == names(two, "visit") == {"one", "two"}


def test_what_came_of_a_visit_stays_and_a_mistake_is_deleted(store: Store):
    phone = furnished(store)
    visit(phone, "one", outcome="refused")
    assert problem(phone.patch("visit", "one", 99, outcome="done"))[0] == "immutable"
    assert phone.patch("visit", "one", 99, themes={"add": ["litter"]}).outcome is Outcome.APPLIED
    assert phone.delete("visit", "one", 99).outcome is Outcome.APPLIED


@pytest.mark.parametrize(
    ("said", "about"),
    [
        ({"answers": {"alone": "yes"}}, ["survey_id"]),
        ({"survey_id": "survey-1", "answers": {"alone": "perhaps"}}, ["answers"]),
        ({"outcome": "not_in", "survey_id": "survey-1", "answers": {"alone": "yes"}}, ["outcome"]),
        ({"onward": -1}, ["onward"]),
        ({"visited_on": "2026-11-21T09:30:00Z"}, ["visited_on"]),
        ({"visited_on": "2026-11-22"}, ["visited_on"]),
    ],
)
def test_a_visit_that_does_not_fit_is_refused_and_says_why(store: Store, said: dict[str, Any], about: list[str]):
    assert problem(visit(furnished(store), "odd", **said)) == ("invalid", about)


@pytest.mark.parametrize("kind", ["household", "visit"])
def test_nobody_at_a_door_has_a_name(kind: str):
    assert not [name for name in KINDS[kind].fields if "name" in name or "phone" in name or "address" in name]


def test_a_visit_is_to_a_household_of_its_own_round(store: Store):
    phone = furnished(store)
    phone.create("round", "other", team_id="team-a", name="Southgate")
    assert problem(visit(phone, "odd", round_id="other")) == ("invalid", ["household_id"])


def test_many_visits_in_one_push_are_judged_like_one(store: Store):
    phone = furnished(store)
    said = {"team_id": "team-a", "round_id": "round", "household_id": "h1", "visited_on": "2026-11-21"}
    answers: list[dict[str, str]] = [{"alone": "yes"}] * 5 + [{"alone": "perhaps"}]
    made = [
        phone.mutation("create", "visit", f"v{number}", set={**said, "outcome": "done", "survey_id": "survey-1",
                                                             "answers": answer})
        for number, answer in enumerate(answers)
    ]  # fmt: skip
    outcomes = [receipt.outcome for receipt in phone.push(*made).results]
    assert outcomes == [Outcome.APPLIED] * 5 + [Outcome.REJECTED]


def test_a_household_is_rounded_and_belongs_to_the_team_of_its_round(store: Store):
    phone = Phone(store, worker("both", TEAM | {"fieldwork:team-b"}))
    furnished(store)
    said = {"round_id": "round", "number": 3}
    assert problem(phone.create("household", "h3", team_id="team-a", easting=571_234, **said)) == (
        "invalid",
        ["easting"],
    )
    assert problem(phone.create("household", "h3", team_id="team-b", **said)) == ("invalid", ["round_id"])
    assert phone.create("household", "h3", team_id="team-a", easting=571_200, **said).outcome is Outcome.APPLIED


def test_the_ages_of_a_session_are_counted_by_two_workers_together(store: Store):
    one, two = Phone(store, worker()), Phone(store, worker("worker-2"))
    one.create("session_log", "s", team_id="team-a", held_on="2026-11-20", place="The square", age_16_17=4)
    for phone, more in ((one, 3), (two, 2)):
        assert phone.patch("session_log", "s", 1, age_16_17={"delta": more}).outcome in (
            Outcome.APPLIED,
            Outcome.MERGED,
        )
    assert problem(two.patch("session_log", "s", 99, age_16_17={"delta": -10})) == ("invalid", ["age_16_17"])
    with store.read(TENANT) as view:
        assert view.records([Key("session_log", "s")])[Key("session_log", "s")].doc["age_16_17"] == 9


def test_a_total_cannot_be_sent_right_or_wrong(store: Store):
    said = {"team_id": "team-a", "held_on": "2026-11-20", "place": "The square", "age_16_17": 4}
    assert problem(Phone(store, worker()).create("session_log", "s", **said, total=4)) == ("unknown-field", ["total"])


@pytest.mark.parametrize("source", ["visit", "session", "phone_call"])
def test_a_referral_from_the_doorstep_names_a_consent_that_was_given_first(store: Store, source: str):
    phone = furnished(store)
    for name, keep in (("ada", True), ("bob", False)):
        phone.create("person", name, team_id="team-a", given_name=name.title(), family_name="Byrne")
        phone.create("consent", f"of-{name}", person_id=name, team_id="team-a", keep_record=keep)
    said = {"team_id": "team-a", "needs": ["loneliness"], "received_on": "2026-11-21", "source": source}
    refused = [{"person_id": "ada"}, {"person_id": "ada", "consent_id": "of-bob"},
               {"person_id": "bob", "consent_id": "of-bob"}]  # fmt: skip
    for number, more in enumerate(refused):
        assert problem(phone.create("referral", f"r{number}", **said, **more)) == ("invalid", ["consent_id"])
    assert phone.create("referral", "r", **said, person_id="ada", consent_id="of-ada").outcome is Outcome.APPLIED
    early = phone.create("referral", "early", **said, person_id="ada", consent_id="of-cat")
    assert early.outcome is Outcome.DEFERRED


def test_another_team_sees_and_writes_nothing(store: Store):
    furnished(store)
    other = Phone(store, worker("other", frozenset({"fieldwork:team-b"})))
    assert not other.pull().rows
    assert visit(other, "odd").outcome is Outcome.REJECTED


def test_a_prescriber_writes_no_fieldwork(store: Store):
    furnished(store)
    other = Phone(store, replace(worker("other"), roles=frozenset({"prescriber"})))
    assert problem(visit(other, "odd"))[0] == "not-yours"
