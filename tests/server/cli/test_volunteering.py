"""`kith volunteering`: what is printed of enquiries, and of fewer than five nothing to others."""

import pytest

from server.cli.workplace import workplace
from server.sync.door import Put
from tests.server.cli.conftest import Run
from tests.server.walks import enquiries


@pytest.fixture
def centre(essex: Run) -> Run:
    door = workplace().door("essex")
    door.write(enquiries(3, "at_12_weeks"))
    door.write(enquiries(1, "withdrawn", reason="health"))
    door.write(enquiries(6, "enquiry"))
    return essex


def test_a_report_tells_how_many_came_how_far_of_how_many_beside_the_benchmark(centre: Run) -> None:
    said = centre("volunteering", "report", "--tenant", "essex", "--days", "3650").output
    # by hand: 4 of 10 were placed, 6 may still be
    assert "placed: 40.0% of 10, beside 31% at volunteer centres; up to 100.0% if all who are under way" in said
    assert "because: health 1" in said
    rows = [line.split() for line in said.splitlines()]
    assert ["all", "at_12_weeks", "3", "4", "75.0%", "0", "62", "92"] in rows


def test_of_one_centre_only_when_asked(centre: Run) -> None:
    said = centre("volunteering", "report", "--tenant", "essex", "--centre", "c9", "--days", "3650").output
    assert "No enquiries in these days." in said


def test_counts_for_others_hold_back_small_ones(centre: Run) -> None:
    said = centre("volunteering", "report", "--tenant", "essex", "--public", "--days", "3650").output
    assert "held back" in said
    assert " 3 " not in said


def test_lists_for_staff_name_people_and_each_look_is_in_the_audit(essex: Run) -> None:
    vera = {"centre_id": "c1", "given_name": "Vera", "family_name": "Shah", "commitment": "weekly"}
    workplace().door("essex").write(
        [
            Put("volunteer", "v1", {**vera, "paused_until_on": "2020-01-01"}),
            Put("check", "c1", {"volunteer_id": "v1", "centre_id": "c1", "type": "reference",
                                "requested_on": "2020-01-01"}),
        ]
    )  # fmt: skip
    assert "Their break is over" in essex("volunteering", "reengage", "--tenant", "essex").output
    assert "reference has not come" in essex("volunteering", "due", "--tenant", "essex").output
    assert "Vera Shah" not in essex("volunteering", "due", "--tenant", "essex", "--centre", "c2").output
    with workplace().store.read("essex") as view:
        assert {("due", "v1"), ("reengage", "v1")} <= {(one.what, one.id) for one in view.seen()}


def test_an_employer_nobody_knows_is_said_plainly(essex: Run) -> None:
    said = essex("volunteering", "employer", "firm", "--tenant", "essex", ends=1)
    assert "There is no employer firm in essex." in said.output
