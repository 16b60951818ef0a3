from datetime import date

import pytest

from server.domain.closing import months_over, round_is_over


@pytest.mark.parametrize(
    ("found", "last", "is_over"),
    [
        ({"status": "closed", "ends_on": "2026-11-07"}, "2026-11-01", True),
        ({"status": "closed", "ends_on": "2026-11-08"}, "2026-11-01", False),
        ({"status": "closed", "ends_on": "2026-11-01"}, "2026-11-08", False),
        ({"status": "closed", "ends_on": None}, "2026-11-07", True),
        ({"status": "closed", "ends_on": None}, None, False),
        ({"status": "open", "ends_on": "2026-01-01"}, "2026-01-01", False),
    ],
)
def test_a_round_is_over_two_weeks_after_its_end_and_its_last_visit_once_it_is_closed(found, last, is_over) -> None:
    visits = [{"visited_on": last}] if last else []
    assert round_is_over(found, visits, date(2026, 11, 21)) is is_over


def test_a_month_is_over_two_weeks_after_its_last_day() -> None:
    sessions = [{"held_on": day} for day in ("2026-09-30", "2026-10-01", "2026-10-31", "2026-11-01")]
    assert months_over(sessions, date(2026, 11, 14)) == ["2026-09"]
    assert months_over(sessions, date(2026, 11, 15)) == ["2026-09", "2026-10"]
