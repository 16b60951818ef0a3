"""Figures of enquiries over HTTP: a centre sees its own, a commissioner counts that tell on nobody, others nothing."""

import pytest

from server.sync.door import Put
from tests.server.api.house import slug
from tests.server.api.test_volunteering import VOLUNTEER
from tests.server.walks import enquiries


@pytest.fixture
def town(house):
    house.add("cara", roles=["centre"], centre_ids=["c1"], team_ids=[])
    house.add("otto", roles=["centre"], centre_ids=["c2"], team_ids=[])
    house.add("cleo", roles=["commissioner"], team_ids=[])
    house.write(*enquiries(4, "placed"), *enquiries(9, "enquiry"), *enquiries(30, "placed", "c2"))
    house.write(*enquiries(20, "enquiry", "c2"))
    return house


def get(town, who, path):
    return town.phone(who, f"phone-{who}").get(f"/v1/volunteering/{path}")


def test_a_coordinator_sees_how_far_enquiries_of_their_own_centre_came(town):
    told = get(town, "cara", "funnel?days=3650").json
    placed = next(one for one in told["overall"]["steps"] if one["step"] == "placed")
    assert (placed["reached"], placed["of"], placed["open"]) == (4, 13, 9)
    assert list(told["by_centre"]) == ["c1"]
    assert told["benchmark"] == 0.31


def test_a_commissioner_sees_no_group_of_four_and_none_that_gives_it_away(town):
    told = get(town, "cleo", "figures?days=3650").json
    placed = told["steps"].index("placed")
    assert told["rows"]["c1"][placed] is None
    assert told["rows"]["*"][-1] == 63
    assert told["rows"]["c2"][placed] is None  # else the sum of both would give it away
    assert "4" not in [str(count) for row in told["rows"].values() for count in row]


@pytest.mark.parametrize(("who", "path"), [("cleo", "funnel"), ("cara", "figures")])
def test_nobody_else_sees_them(town, who, path):
    assert slug(get(town, who, path)) == "not-allowed"


@pytest.mark.parametrize("asked", ["days=0", "days=many"])
def test_what_is_asked_wrongly_is_invalid(town, asked):
    assert slug(get(town, "cara", f"funnel?{asked}")) == "invalid"


@pytest.fixture
def firm(town):
    town.add("emma", roles=["employer"], employer_ids=["firm"], team_ids=[])
    town.add("egon", roles=["employer"], employer_ids=["other"], team_ids=[])
    asked = {"employer_id": "firm", "employee": "1042", "leave_on": "2026-11-01", "minutes": 60, "status": "approved"}
    town.write(Put("employer", "firm", {"name": "Firm", "centre_id": "c1", "allowance_min": 6000}))
    town.write(*(Put("leave_request", f"l{one}", asked | {"volunteer_id": f"w{one % 4}"}) for one in range(8)))
    return town


def test_an_employer_is_given_no_person_and_no_group_of_four(firm):
    given = get(firm, "emma", "employers/firm/given").json["given"]
    assert [(one["category"], one["employees"], one["employee_minutes"]) for one in given] == [
        ("elsewhere", None, None), ("*", None, None),
    ]  # fmt: skip


def test_another_employer_and_a_volunteer_hear_of_no_such_employer(firm):
    assert slug(get(firm, "egon", "employers/firm/given")) == "not-found"
    assert slug(get(firm, "otto", "employers/firm/given")) == "not-found"
    assert get(firm, "cara", "employers/firm/given").status_code == 200


def test_a_centre_sees_what_is_due_and_whom_to_write_to_of_its_own_and_each_look_is_kept(town):
    town.write(
        Put("volunteer", "v1", VOLUNTEER | {"dbs_level": "basic", "dbs_until_on": "2026-12-01"}),
        Put("volunteer", "v2", VOLUNTEER | {"paused_until_on": "2026-11-01"}),
        Put("volunteer", "v3", VOLUNTEER | {"paused_until_on": "2026-11-01", "centre_id": "c2"}),
    )
    due = get(town, "cara", "due").json["due"]
    assert due == [{"volunteer_id": "v1", "what": "background check", "on": "2026-12-01", "days": 10}]
    again = get(town, "cara", "reengage").json["volunteers"]
    assert [(one["volunteer_id"], one["reason"]) for one in again] == [("v2", "pause_over")]
    town.services.reads.write()
    with town.services.store.read("essex") as view:
        seen = {(one.what, one.id) for one in view.seen()}
    assert {("due", "v1"), ("reengage", "v2")} <= seen


@pytest.mark.parametrize("path", ["due", "reengage"])
def test_only_staff_see_whom_to_write_to(town, path):
    assert slug(get(town, "cleo", path)) == "not-allowed"
