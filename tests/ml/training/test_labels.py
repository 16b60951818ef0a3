"""Labels, one sentence a case."""

from datetime import date

import pytest

from ml.training.labels import Label, State, label_of

AS_OF = date(2026, 6, 1)
OLD = "2026-01-05T10:00:00Z"


def choice(**told):
    return {"chosen_at": OLD, "status": "started", "attended": 0, "wellbeing_gain": "unknown"} | told


@pytest.mark.parametrize(
    ("told", "relevance"),
    [
        ({"status": "declined", "reason": "not_interested"}, 0),
        ({"status": "ended", "reason": None}, 0),
        ({"status": "chosen"}, 1),
        ({"attended": 1}, 2),
        ({"attended": 3, "status": "ended"}, 2),
        ({"attended": 4}, 3),
        ({"attended": 9, "wellbeing_gain": "yes"}, 4),
    ],
)
def test_a_mature_choice_is_graded_by_what_came_of_it(told, relevance):
    assert label_of(choice(**told), as_of=AS_OF) == Label(relevance, State.MATURE)


@pytest.mark.parametrize("reason", ["full", "no_transport", "unwell", "no_contact", "moved"])
def test_an_end_that_is_no_matter_of_taste_is_missing(reason):
    assert label_of(choice(status="declined", reason=reason), as_of=AS_OF).state is State.MISSING


def test_an_end_after_some_sessions_counts_the_sessions_whatever_the_reason():
    assert label_of(choice(status="ended", reason="full", attended=2), as_of=AS_OF).relevance == 2


def test_a_young_choice_counts_one_and_waits_even_when_bad_news_came_early():
    young = choice(chosen_at="2026-05-20T10:00:00Z", status="declined", reason="not_interested")
    assert label_of(young, as_of=AS_OF) == Label(1, State.WAITING)


def test_a_choice_matures_on_the_day_its_twelve_weeks_are_over():
    chosen = choice(chosen_at="2026-03-10T00:00:00Z", attended=5)
    assert label_of(chosen, as_of=date(2026, 5, 31)).state is State.WAITING
    assert label_of(chosen, as_of=date(2026, 6, 1)).state is State.MATURE


def test_an_outcome_told_after_the_day_is_not_known_on_the_day():
    assert label_of(choice(attended=5, outcome_on="2026-06-02"), as_of=AS_OF) == Label(1, State.WAITING)


def test_a_choice_after_the_day_is_refused():
    with pytest.raises(ValueError, match="after the day"):
        label_of(choice(chosen_at="2026-06-02T00:00:00Z"), as_of=AS_OF)
