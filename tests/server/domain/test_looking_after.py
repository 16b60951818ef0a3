"""What is due and whom to write to again, worked out by hand; what an employer is told tells of nobody."""

from typing import Any

import pytest

from server.domain.employer_report import given
from server.domain.reengage import Heard, reengage
from server.domain.upcoming import Centre, upcoming

TODAY = "2026-11-21"


def vera(**fields: Any) -> dict[str, Any]:
    return {"status": "active", "commitment": "weekly", "dbs_level": "none", **fields}


def enquiry(**fields: Any) -> dict[str, Any]:
    return {"volunteer_id": "v", "status": "placed", "enquired_on": "2026-01-01", "stepped_on": None,
            "check_on": None, **fields}  # fmt: skip


def due(volunteer: dict[str, Any], enquiries: Any = (), checks: Any = ()) -> list[tuple[str, str, int]]:
    kept = [{str(number): one for number, one in enumerate(docs)} for docs in (enquiries, checks)]
    centre = Centre({"v": volunteer}, *kept)
    return [(one.what, one.on, one.days) for one in upcoming(centre, TODAY, 30)]


def test_a_stay_is_on_the_list_until_somebody_says() -> None:
    told = due(vera(), [enquiry(check_on="2026-03-01"), enquiry(check_on="2026-12-30", status="at_4_weeks")])
    assert told == [("still there after 4 weeks", "2026-03-01", -265)]
    assert due(vera(), [enquiry(check_on="2026-12-21", status="at_4_weeks")])[0][0] == "still there after 12 weeks"


def test_a_check_is_on_the_list_before_it_runs_out_and_a_while_after() -> None:
    for until, days in (("2026-12-21", 30), ("2026-11-21", 0), ("2026-08-23", -90)):
        assert due(vera(dbs_level="basic", dbs_until_on=until)) == [("background check", until, days)]
    for until in ("2026-12-22", "2026-08-22"):
        assert due(vera(dbs_level="basic", dbs_until_on=until)) == []


def test_a_guardians_consent_runs_out_only_for_whoever_is_still_under_18_then() -> None:
    young = {"guardian_until_on": "2026-12-01"}
    assert due(vera(birth_on="2010-03-01", **young)) == [("guardian's consent", "2026-12-01", 10)]
    assert due(vera(birth_on="2008-12-02", **young)) == []


def test_a_reference_that_does_not_come_is_asked_for_again_after_three_weeks() -> None:
    asked = {"volunteer_id": "v", "type": "reference", "until_on": None, "requested_on": "2026-11-01"}
    assert due(vera(), (), [{**asked, "status": "requested"}]) == [("reference has not come", "2026-11-22", 1)]
    assert due(vera(), (), [{**asked, "status": "received"}]) == []


def test_of_those_who_left_nothing_is_due() -> None:
    assert due(vera(status="left", dbs_level="basic", dbs_until_on=TODAY), [enquiry(check_on=TODAY)]) == []


def claim(day: str, status: str = "done") -> dict[str, Any]:
    return {"volunteer_id": "v", "status": status, "claimed_at": f"{day}T09:00:00Z", "ended_at": f"{day}T10:00:00Z"}


def again(
    volunteer: dict[str, Any], claims: Any = (), asks: Any = (), enquiries: Any = (), reason: str | None = None
) -> Any:
    steps = [{"enquiry_id": "e0", "number": 2, "reason": reason}]
    heard = Heard(claims, asks, {f"e{number}": one for number, one in enumerate(enquiries)}, steps)
    return [(one.reason, one.since) for one in reengage({"v": volunteer}, heard, TODAY, 90)]


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ({"volunteer": vera(paused_until_on="2026-11-20")}, ("pause_over", "2026-11-20")),
        ({"enquiries": [enquiry(status="withdrawn", stepped_on="2026-05-01")], "reason": "time"},
         ("no_time_then", "2026-05-01")),
        ({"enquiries": [enquiry(status="interview", stepped_on="2026-05-01")]}, ("waiting", "2026-05-01")),
        ({"claims": [claim("2026-05-01"), claim("2026-06-01"), claim("2026-06-02")]}, ("done_well", "2026-06-02")),
        ({"claims": [claim("2026-05-01")]}, ("lapsed", "2026-05-01")),
        ({"asks": [{"volunteer_id": "v", "status": "declined", "reason": "enough", "asked_at": "2026-06-01T09:00:00Z",
                    "answered_at": None}]}, ("no_time_then", "2026-06-01")),
    ],
)  # fmt: skip
def test_whoever_was_not_heard_of_is_written_to_with_the_reason_that_fits(told: Any, why: tuple[str, str]) -> None:
    assert again(**{"volunteer": vera(), **told}) == [why]


@pytest.mark.parametrize(
    "told",
    [
        {},
        {"claims": [claim("2026-05-01"), claim("2026-11-01")]},
        {"claims": [claim("2026-05-01"), claim("2026-05-02", "active")]},
        {"claims": [claim("2026-05-01")], "volunteer": vera(paused_until_on="2026-11-22")},
        {"claims": [claim("2026-05-01")], "volunteer": vera(status="left")},
        {"claims": [claim("2026-05-01")], "volunteer": vera(status="paused")},
        {"claims": [claim("2026-11-21")], "volunteer": vera(paused_until_on="2026-11-20")},
        {"enquiries": [enquiry(status="withdrawn", stepped_on="2026-05-01")], "reason": "moved"},
        {"enquiries": [enquiry(status="placed", stepped_on="2026-05-01")]},
    ],
)
def test_nobody_is_written_to_who_is_busy_away_gone_or_said_a_final_no(told: Any) -> None:
    assert again(**{"volunteer": vera(), **told}) == []


ROLES = {"dig": {"category": "gardening"}, "cook": {"category": "food"}}


def leaves(count: int, role: str, times: int = 1, first: int = 0) -> list[dict[str, Any]]:
    return [
        {"volunteer_id": f"{role}-{number}", "opportunity_id": role, "minutes": 60, "leave_on": "2026-11-01",
         "status": "approved"}
        for number in range(first, first + count) for _ in range(times)
    ]  # fmt: skip


def test_an_employer_is_told_neither_of_a_group_of_four_nor_what_would_give_it_away() -> None:
    lines = {one.category: one for one in given([*leaves(4, "dig"), *leaves(9, "cook")], [], ROLES, TODAY)}
    assert (lines["gardening"].employees, lines["gardening"].employee_minutes) == (None, None)
    hidden = {name for name, one in lines.items() if one.employees is None}
    assert len(hidden) > 1
    assert all(one.employee_minutes is None for name, one in lines.items() if name in hidden)


def test_one_employee_who_went_six_times_is_a_group_of_one() -> None:
    lines = {one.category: one for one in given(leaves(1, "dig", times=6), [], ROLES, TODAY)}
    assert {one.employees for one in lines.values()} == {None}


def test_groups_of_five_and_more_are_shown_with_their_minutes() -> None:
    event = {"opportunity_id": "dig", "status": "held", "attended": 12, "minutes": 180}
    lines = {one.category: one for one in given(leaves(6, "dig"), [event], ROLES, TODAY)}
    dig = lines["gardening"]
    assert (dig.employees, dig.employee_minutes, dig.team_places, dig.team_minutes) == (6, 360, 12, 2160)
    assert (lines["*"].employees, lines["*"].team_minutes) == (6, 2160)


def test_what_is_still_to_come_or_was_not_approved_is_not_counted() -> None:
    late = [{**one, "leave_on": "2026-11-22"} for one in leaves(6, "dig")]
    asked = [{**one, "status": "asked"} for one in leaves(6, "cook")]
    assert [(one.category, one.employees) for one in given([*late, *asked], [], ROLES, TODAY)] == [("*", 0)]
