"""Figures of enquiries over HTTP: a centre sees its own, a commissioner counts that tell on nobody, others nothing."""

import pytest

from tests.server.api.house import slug
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
