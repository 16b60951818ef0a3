import pytest

from server.domain.training import held_on, last_day, trained_by


@pytest.mark.parametrize(
    ("done_on", "months", "until"),
    [
        ("2026-03-15", 12, "2027-03-15"),
        ("2026-08-31", 6, "2027-02-28"),
        ("2027-08-31", 6, "2028-02-29"),
        ("2026-12-01", 1, "2027-01-01"),
        ("2026-01-31", 11, "2026-12-31"),
        ("2026-03-15", None, None),
    ],
)
def test_a_training_is_good_until_the_same_day_of_a_later_month(done_on: str, months: int, until: str | None) -> None:
    assert last_day(done_on, months) == until


def test_a_training_is_held_on_its_last_day_and_not_the_day_after() -> None:
    volunteer = {"trained": [{"training_id": "first-aid", "until_on": "2026-11-21"}]}
    assert held_on(volunteer, "2026-11-21") == {"first-aid"}
    assert held_on(volunteer, "2026-11-22") == frozenset()


def test_a_record_from_before_there_were_trainings_holds_none() -> None:
    assert held_on({}, "2026-11-21") == frozenset()


def test_of_one_training_done_twice_the_one_that_is_good_longest_counts_whatever_the_order() -> None:
    once = {"training_id": "first-aid", "status": "verified", "expires_on": "2027-01-01"}
    again, ever = once | {"expires_on": "2030-01-01"}, once | {"expires_on": None}
    assert (
        trained_by([again, once])
        == trained_by([once, again])
        == [{"training_id": "first-aid", "until_on": "2030-01-01"}]
    )
    assert trained_by([ever, again]) == [{"training_id": "first-aid", "until_on": None}]
    assert trained_by([once | {"status": "unverified"}, once | {"status": "revoked"}]) == []
