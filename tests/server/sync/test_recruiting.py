"""Enquiries: dated steps in their order, none rewritten; two staff at once; what a break or a missing check stops."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest

from server.sync.model import Key, Outcome, Receipt
from server.sync.ports import Store
from tests.builders import DISTRICT, NOW, TENANT, Phone, centre, door, put, volunteer

TODAY = "2026-11-21"
VERA = {"centre_id": "centre-a", "given_name": "Vera", "family_name": "Shah", "status": "enquiry"}
ROLE = {"name": "Befriender", "category": "befriending", "district": DISTRICT}


@pytest.fixture
def desk(store: Store) -> Phone:
    put(store, "volunteer", "volunteer-1", VERA)
    put(store, "opportunity", "role-1", ROLE)
    return Phone(store, centre())


def enquire(desk: Phone, name: str = "e1", **fields: Any) -> Receipt:
    doc = {"volunteer_id": "volunteer-1", "centre_id": "centre-a", "origin": "event", "enquired_on": "2026-06-01"}
    return desk.create("enquiry", name, **{**doc, **fields})


def step(phone: Phone, came_from: str, to: str, on: str = "2026-06-08", **more: Any) -> Receipt:
    args = {"from_step": came_from, "step": to, "stepped_on": on, **more}
    return phone.command("take_step", "enquiry", "e1", **args)


def place(desk: Phone, on: str = "2026-07-01") -> None:
    enquire(desk)
    way = ("enquiry", "interview", "matched", "referred", "placed")
    for before, after in pairwise(way):
        assert step(desk, before, after, on, opportunity_id="role-1").outcome is Outcome.APPLIED


def problem(receipt: Receipt) -> str:
    assert receipt.problem, receipt.outcome
    return receipt.problem.slug


def fields(receipt: Receipt) -> set[str]:
    assert problem(receipt) in ("invalid", "not-qualified")
    assert receipt.problem
    return set(receipt.problem.errors)


def doc(store: Store, kind: str, name: str) -> Any:
    with store.read(TENANT) as view:
        return view.records([Key(kind, name)])[Key(kind, name)].doc


def steps(store: Store) -> list[tuple[Any, ...]]:
    with store.read(TENANT) as view:
        found = sorted((one.doc for one in view.of_kind("enquiry_step")), key=lambda one: one["number"])
    return [(one["number"], one["step"], one["stepped_on"]) for one in found]


def test_each_step_is_kept_with_its_day_and_the_enquiry_shows_where_it_stands(store: Store, desk: Phone) -> None:
    place(desk)
    now = doc(store, "enquiry", "e1")
    assert (now["status"], now["placed_on"], now["check_on"]) == ("placed", "2026-07-01", "2026-07-29")
    assert steps(store) == [(1, "enquiry", "2026-06-01"), (2, "interview", "2026-07-01"), (3, "matched", "2026-07-01"),
                            (4, "referred", "2026-07-01"), (5, "placed", "2026-07-01")]  # fmt: skip
    assert doc(store, "volunteer", "volunteer-1")["status"] == "active"


def test_who_stayed_can_be_told_after_4_and_after_12_weeks_and_not_before(store: Store, desk: Phone) -> None:
    place(desk)
    assert fields(step(desk, "placed", "at_4_weeks", "2026-07-28")) == {"stepped_on"}
    assert step(desk, "placed", "at_4_weeks", "2026-07-29").outcome is Outcome.APPLIED
    assert doc(store, "enquiry", "e1")["check_on"] == "2026-09-23"
    assert step(desk, "at_4_weeks", "at_12_weeks", "2026-09-23").outcome is Outcome.APPLIED
    assert doc(store, "enquiry", "e1")["check_on"] is None


def test_who_was_not_asked_after_4_weeks_may_still_be_there_after_12(desk: Phone) -> None:
    place(desk)
    assert step(desk, "placed", "at_12_weeks", "2026-10-01").outcome is Outcome.APPLIED


def test_a_step_out_of_order_is_refused_by_name(store: Store, desk: Phone) -> None:
    enquire(desk)
    assert problem(step(desk, "enquiry", "placed", opportunity_id="role-1")) == "step-out-of-order"
    assert problem(step(desk, "interview", "matched", opportunity_id="role-1")) == "step-out-of-order"
    assert len(steps(store)) == 1


def test_of_two_staff_at_once_one_is_told_what_the_other_wrote(store: Store, desk: Phone) -> None:
    enquire(desk)
    other = Phone(store, centre("second"))
    assert step(desk, "enquiry", "interview").outcome is Outcome.APPLIED
    late = step(other, "enquiry", "withdrawn", reason="time")
    assert problem(late) == "step-taken-already"
    assert late.row
    assert '"status":"interview"' in str(late.row.doc)


def test_a_repeated_step_is_taken_once_and_keeps_its_first_day(store: Store, desk: Phone) -> None:
    enquire(desk)
    receipts = [step(desk, "enquiry", "interview"), step(Phone(store, centre("second")), "enquiry", "interview", TODAY)]
    assert [receipt.outcome for receipt in receipts] == [Outcome.APPLIED, Outcome.DUPLICATE]
    assert steps(store)[1:] == [(2, "interview", "2026-06-08")]


def test_nothing_is_dated_in_the_future_nor_before_the_step_before(desk: Phone) -> None:
    assert fields(enquire(desk, enquired_on="2026-11-22")) == {"enquired_on"}
    enquire(desk)
    assert fields(step(desk, "enquiry", "interview", "2026-11-22")) == {"stepped_on"}
    assert fields(step(desk, "enquiry", "interview", "2026-05-31")) == {"stepped_on"}
    assert fields(step(desk, "enquiry", "interview", "yesterday")) == {"stepped_on"}
    assert "step" in fields(step(desk, "enquiry", "promoted"))


def test_an_end_and_a_step_back_say_why(store: Store, desk: Phone) -> None:
    place(desk)
    assert fields(step(desk, "placed", "withdrawn", TODAY)) == {"reason"}
    assert fields(step(desk, "placed", "withdrawn", TODAY, reason="unanswered")) == {"reason"}
    assert step(desk, "placed", "withdrawn", TODAY, reason="health").outcome is Outcome.APPLIED
    assert fields(step(desk, "withdrawn", "matched", TODAY)) == {"reason"}
    assert step(desk, "withdrawn", "matched", TODAY, reason="came_back").outcome is Outcome.APPLIED
    assert doc(store, "enquiry", "e1")["placed_on"] is None
    assert fields(step(desk, "matched", "referred", TODAY, reason="came_back")) == {"reason"}


def test_an_end_written_by_mistake_is_taken_back_no_further_than_where_it_stood(store: Store, desk: Phone) -> None:
    enquire(desk)
    step(desk, "enquiry", "no_reply", reason="unanswered")
    assert problem(step(desk, "no_reply", "placed", reason="mistake")) == "step-out-of-order"
    assert step(desk, "no_reply", "enquiry", reason="mistake").outcome is Outcome.APPLIED
    assert [one[1] for one in steps(store)] == ["enquiry", "no_reply", "enquiry"]


def test_another_centre_hears_what_it_would_hear_of_no_enquiry(store: Store, desk: Phone) -> None:
    enquire(desk)
    stranger = Phone(store, replace(centre("far"), scopes=frozenset({"centre:centre-z"})))
    assert problem(step(stranger, "enquiry", "interview")) == "not-yours"


def test_an_enquiry_is_made_at_the_centre_of_its_volunteer(store: Store, desk: Phone) -> None:
    put(store, "volunteer", "volunteer-2", {**VERA, "centre_id": "centre-b"})
    both = replace(centre("both"), scopes=frozenset({"centre:centre-a", "centre:centre-b"}))
    assert fields(enquire(Phone(store, both), volunteer_id="volunteer-2")) == {"volunteer_id"}


def test_volunteers_themselves_withdraw_and_take_no_other_step(store: Store, desk: Phone) -> None:
    enquire(desk)
    vera = Phone(store, volunteer(1))
    assert problem(step(vera, "enquiry", "interview")) == "not-yours"
    assert step(vera, "enquiry", "withdrawn", reason="asked_not_to_say").outcome is Outcome.APPLIED


def test_whoever_is_on_a_break_is_not_matched_and_keeps_their_record(store: Store, desk: Phone) -> None:
    enquire(desk)
    step(desk, "enquiry", "interview")
    desk.patch("volunteer", "volunteer-1", 1, paused_until_on="2026-12-24")
    assert problem(step(desk, "interview", "matched", TODAY, opportunity_id="role-1")) == "volunteer-paused"
    assert doc(store, "enquiry", "e1")["status"] == "interview"
    desk.patch("volunteer", "volunteer-1", 1, paused_until_on=None)
    assert step(desk, "interview", "matched", TODAY, opportunity_id="role-1").outcome is Outcome.APPLIED


def test_a_match_names_a_role_that_is_there(desk: Phone) -> None:
    enquire(desk)
    step(desk, "enquiry", "interview")
    assert fields(step(desk, "interview", "matched")) == {"opportunity_id"}
    assert fields(step(desk, "interview", "matched", opportunity_id="gone")) == {"opportunity_id"}


def test_of_a_volunteer_who_is_erased_the_steps_stay_without_them(store: Store, desk: Phone) -> None:
    place(desk)
    door(store, NOW + timedelta(days=1)).erase([Key("volunteer", "volunteer-1")])
    with store.read(TENANT) as view:
        gone = view.records([Key("enquiry", "e1")])[Key("enquiry", "e1")]
        kept = [one.doc for one in view.of_kind("enquiry_step")]
    assert gone.erased
    assert len(kept) == 5
    assert "volunteer-1" not in str(kept)


def test_today_is_the_day_of_clocks_here_and_not_of_greenwich_in_summer(store: Store, desk: Phone) -> None:
    night = datetime(2027, 6, 30, 23, 30, tzinfo=UTC)
    late = replace(desk, now=night)
    assert enquire(late, "e2", enquired_on="2027-07-01").outcome is Outcome.APPLIED
    assert fields(enquire(late, "e3", enquired_on="2027-07-02")) == {"enquired_on"}
