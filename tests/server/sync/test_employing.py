"""Working time for volunteering: nobody's approval but the employer's, and never more than the allowance."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from server.sync.model import Key, Outcome, Principal, Receipt
from server.sync.ports import Store
from tests.builders import DISTRICT, NOW, TENANT, Phone, centre, door, put, volunteer

EVENT = {"employer_id": "firm-a", "centre_id": "centre-a", "opportunity_id": "dig", "held_on": "2026-11-21",
         "places": 8, "minutes": 60}  # fmt: skip


def firm(device: str = "firm-phone", name: str = "firm-a") -> Principal:
    scopes = frozenset({f"employer:{name}", f"directory:{DISTRICT}"})
    return Principal(TENANT, f"account-{device}", device, frozenset({"employer"}), scopes)


@pytest.fixture
def desk(store: Store) -> Phone:
    put(store, "employer", "firm-a", {"name": "Firm", "centre_id": "centre-a", "allowance_min": 600, "year_month": 4})
    for number in (1, 2):
        said = {"centre_id": "centre-a", "given_name": "Vera", "family_name": "Shah", "employer_id": "firm-a"}
        put(store, "volunteer", f"volunteer-{number}", said)
    role = {"name": "Digging", "category": "gardening", "district": DISTRICT}
    put(store, "opportunity", "dig", {**role, "role_type": "employee"})
    put(store, "opportunity", "weekly", {**role, "role_type": "recurring"})
    return Phone(store, firm())


def ask(store: Store, name: str, minutes: int = 300, number: int = 1, **more: Any) -> Receipt:
    phone = Phone(store, volunteer(number, f"phone-{name}"))
    owner = {"volunteer_id": f"volunteer-{number}", "employer_id": "firm-a", "employee": "V. Shah, 1042"}
    return phone.create("leave_request", name, **{**owner, "leave_on": "2026-12-01", "minutes": minutes, **more})


def approve(desk: Phone, name: str) -> Receipt:
    return desk.command("approve_leave", "leave_request", name)


def problem(receipt: Receipt) -> str:
    assert receipt.problem, receipt.outcome
    return receipt.problem.slug


def doc(store: Store, kind: str, name: str) -> Any:
    with store.read(TENANT) as view:
        return view.records([Key(kind, name)])[Key(kind, name)].doc


def used(store: Store) -> int:
    minutes: int = doc(store, "employer", "firm-a")["used_min"]
    return minutes


def test_the_employer_approves_and_the_minutes_are_gone(store: Store, desk: Phone) -> None:
    ask(store, "l1")
    assert approve(desk, "l1").outcome is Outcome.APPLIED
    assert approve(desk, "l1").outcome is Outcome.DUPLICATE
    assert doc(store, "leave_request", "l1")["status"] == "approved"
    assert (used(store), doc(store, "employer", "firm-a")["year_on"]) == (300, "2026-04-01")


def test_what_the_allowance_has_not_left_is_not_approved(store: Store, desk: Phone) -> None:
    for name, minutes in (("l1", 400), ("l2", 201), ("l3", 200)):
        ask(store, name, minutes)
    assert [approve(desk, name).outcome for name in ("l1", "l2", "l3")] == [
        Outcome.APPLIED, Outcome.REJECTED, Outcome.APPLIED,
    ]  # fmt: skip
    assert problem(approve(desk, "l2")) == "allowance-spent"
    assert used(store) == 600


def test_each_year_of_the_employers_has_its_own_allowance(store: Store, desk: Phone) -> None:
    ask(store, "l1", 600)
    ask(store, "l2", 600, leave_on="2027-03-31")
    ask(store, "l3", 600, leave_on="2027-04-01")
    approve(desk, "l1")
    assert problem(approve(desk, "l2")) == "allowance-spent"
    assert approve(desk, "l3").outcome is Outcome.APPLIED
    assert used(store) == 600  # of the year that it is now


def test_what_is_cancelled_goes_back_to_the_allowance_once(store: Store, desk: Phone) -> None:
    ask(store, "l1", 600)
    approve(desk, "l1")
    own = Phone(store, volunteer(1, "second"))
    assert own.command("cancel_leave", "leave_request", "l1", reason="unwell").outcome is Outcome.APPLIED
    assert desk.command("cancel_leave", "leave_request", "l1", reason="business").outcome is Outcome.DUPLICATE
    assert used(store) == 0
    assert problem(approve(desk, "l1")) == "leave-decided"


def test_an_employer_who_grants_less_takes_back_nothing_that_was_promised(store: Store, desk: Phone) -> None:
    for name in ("l1", "l2"):
        ask(store, name)
    approve(desk, "l1")
    desk.patch("employer", "firm-a", 99, allowance_min=100)
    assert problem(approve(desk, "l2")) == "allowance-spent"
    assert used(store) == 300


def test_a_no_says_why(desk: Phone, store: Store) -> None:
    ask(store, "l1")
    assert problem(desk.command("decline_leave", "leave_request", "l1")) == "invalid"
    assert desk.command("decline_leave", "leave_request", "l1", reason="business").outcome is Outcome.APPLIED
    assert doc(store, "leave_request", "l1")["reason"] == "business"


def test_neither_employees_nor_another_employer_approve(store: Store, desk: Phone) -> None:
    ask(store, "l1")
    assert problem(approve(Phone(store, volunteer(1, "second")), "l1")) == "not-yours"
    assert problem(approve(Phone(store, firm("far", "firm-z")), "l1")) == "not-yours"
    assert not [row for row in Phone(store, firm("far", "firm-z")).pull().rows if row.kind == "leave_request"]


def test_a_request_goes_to_ones_own_employer_and_is_ones_own(store: Store, desk: Phone) -> None:
    assert problem(ask(store, "l1", employer_id="firm-z")) == "invalid"
    assert problem(ask(store, "l2", volunteer_id="volunteer-2")) in ("not-yours", "parent-missing")


def test_a_time_that_no_day_has_is_refused(store: Store, desk: Phone) -> None:
    for number, minutes in enumerate((0, -60, 25 * 60, 14)):
        assert problem(ask(store, f"l{number}", minutes)) == "invalid"


def test_a_team_event_is_asked_for_by_one_side_and_agreed_by_the_other(store: Store, desk: Phone) -> None:
    assert desk.create("team_event", "t1", **EVENT).outcome is Outcome.APPLIED
    assert problem(desk.command("agree_event", "team_event", "t1")) == "not-yours"
    staff = Phone(store, centre())
    assert staff.command("agree_event", "team_event", "t1").outcome is Outcome.APPLIED
    assert (doc(store, "team_event", "t1")["asked_by"], used(store)) == ("employer", 480)


def test_a_team_that_is_more_than_the_allowance_is_not_agreed(store: Store, desk: Phone) -> None:
    ask(store, "l1")
    approve(desk, "l1")
    desk.create("team_event", "t1", **EVENT)
    assert problem(Phone(store, centre()).command("agree_event", "team_event", "t1")) == "allowance-spent"


def test_minutes_of_those_who_did_not_come_go_back(store: Store, desk: Phone) -> None:
    staff = Phone(store, centre())
    staff.create("team_event", "t1", **EVENT)
    desk.command("agree_event", "team_event", "t1")
    assert problem(staff.command("close_event", "team_event", "t1", attended=9)) == "invalid"
    assert problem(desk.command("close_event", "team_event", "t1", attended=6)) == "not-yours"
    assert staff.command("close_event", "team_event", "t1", attended=6).outcome is Outcome.APPLIED
    assert (doc(store, "team_event", "t1")["status"], used(store)) == ("held", 360)


@pytest.mark.parametrize("meanwhile", [{"allowance_min": 0}, {"status": "closed"}])
def test_what_a_group_gave_stays_used_when_the_employer_grants_less_meanwhile(
    store: Store, desk: Phone, meanwhile: dict[str, Any]
) -> None:
    staff = Phone(store, centre())
    staff.create("team_event", "t1", **EVENT)
    desk.command("agree_event", "team_event", "t1")
    with store.read(TENANT) as view:
        (firm_now,) = view.records([Key("employer", "firm-a")]).values()
    desk.patch("employer", "firm-a", firm_now.version, **meanwhile)
    assert staff.command("close_event", "team_event", "t1", attended=6).outcome is Outcome.APPLIED
    assert used(store) == 360


def test_an_event_is_closed_once_and_another_number_is_not_taken_for_the_same(store: Store, desk: Phone) -> None:
    staff = Phone(store, centre())
    staff.create("team_event", "t1", **EVENT)
    desk.command("agree_event", "team_event", "t1")
    staff.command("close_event", "team_event", "t1", attended=6)
    assert staff.command("close_event", "team_event", "t1", attended=6).outcome is Outcome.DUPLICATE
    assert problem(staff.command("close_event", "team_event", "t1", attended=7)) == "leave-decided"
    assert used(store) == 360


def test_an_event_is_not_over_before_its_day(store: Store, desk: Phone) -> None:
    staff = Phone(store, centre())
    staff.create("team_event", "t1", **{**EVENT, "held_on": "2026-11-30"})
    desk.command("agree_event", "team_event", "t1")
    assert problem(staff.command("close_event", "team_event", "t1", attended=6)) == "leave-decided"
    assert staff.command("cancel_event", "team_event", "t1", reason="called_off").outcome is Outcome.APPLIED
    assert used(store) == 0


def test_only_a_role_for_teams_takes_teams_and_only_of_the_centres_own_employers(store: Store, desk: Phone) -> None:
    wrong = desk.create("team_event", "t1", **{**EVENT, "opportunity_id": "weekly"})
    assert problem(wrong) == "invalid"
    both = Phone(store, replace(centre("both"), scopes=frozenset({*centre().scopes, "centre:centre-b"})))
    assert problem(both.create("team_event", "t2", **{**EVENT, "centre_id": "centre-b"})) == "invalid"


def test_of_an_employee_who_is_erased_the_request_is_forgotten_and_the_minutes_stay_gone(
    store: Store, desk: Phone
) -> None:
    ask(store, "l1")
    approve(desk, "l1")
    door(store, NOW + timedelta(days=1)).erase([Key("volunteer", "volunteer-1")])
    with store.read(TENANT) as view:
        assert view.records([Key("leave_request", "l1")])[Key("leave_request", "l1")].erased
    assert used(store) == 300


def test_a_new_employer_knows_its_year_at_once(store: Store) -> None:
    office = Phone(store, centre())
    office.create("employer", "firm-b", name="Firm B", centre_id="centre-a", allowance_min=60, year_month=4)
    assert doc(store, "employer", "firm-b")["year_on"] == f"{NOW.year - (NOW.month < 4)}-04-01"
