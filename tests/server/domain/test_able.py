from datetime import date

from server.domain.able import Due, able, due

TODAY = date(2026, 11, 21)
TRAININGS = {"aid": {"lead_days": 30, "status": "active"}, "old": {"lead_days": 30, "status": "retired"}}


def holding(until_on: str | None, training_id: str = "aid", **more: object) -> dict[str, object]:
    return {"trained": [{"training_id": training_id, "until_on": until_on}], "status": "active", **more}


def test_those_are_due_whose_training_runs_out_within_its_own_days_or_has_as_many_days_ago() -> None:
    volunteers = [
        ("far", holding("2026-12-22")), ("near", holding("2026-12-21")), ("today", holding("2026-11-21")),
        ("late", holding("2026-10-22")), ("long-over", holding("2026-10-21")), ("ever", holding(None)),
    ]  # fmt: skip
    found = due(volunteers, TRAININGS, TODAY, None)
    assert [(one.volunteer_id, one.days) for one in found] == [("late", -30), ("today", 0), ("near", 30)]
    assert due(volunteers, TRAININGS, TODAY, 31)[-1] == Due("far", "aid", "2026-12-22", 31)


def test_nobody_is_reminded_of_a_retired_training_nor_after_they_have_left() -> None:
    volunteers = [("a", holding("2026-11-22", "old")), ("b", holding("2026-11-22", status="left"))]
    assert due(volunteers, TRAININGS, TODAY, 30) == []


def test_who_can_do_something_holds_the_training_and_has_the_skill_today() -> None:
    volunteers = [
        ("runs-out", holding("2026-11-21", skills=["driving"])),
        ("over", holding("2026-11-20", skills=["driving"])),
        ("ever", holding(None, skills=[], paused_until_on="2026-12-01")),
        ("skilled", {"skills": ["driving"], "status": "active"}),
        ("left", holding(None, skills=["driving"], status="left")),
    ]
    by_training = able(volunteers, TODAY, training_id="aid", skill=None)
    assert [(one.volunteer_id, one.until_on, one.away_until_on) for one in by_training] == [
        ("ever", None, "2026-12-01"), ("runs-out", "2026-11-21", None),
    ]  # fmt: skip
    assert [one.volunteer_id for one in able(volunteers, TODAY, training_id=None, skill="driving")] == [
        "over", "runs-out", "skilled",
    ]  # fmt: skip
    assert [one.volunteer_id for one in able(volunteers, TODAY, training_id="aid", skill="driving")] == ["runs-out"]
