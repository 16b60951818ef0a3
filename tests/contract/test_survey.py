"""Surveys as data: what is asked, whether answers fit, and which surveys make no sense."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mobile_contract.survey import asked, holds, wrong_answers, wrong_questions
from mobile_contract.validate import validate


def question(code: str, kind: str = "yes_no", **more: Any) -> dict[str, Any]:
    return {"code": code, "text": f"{code}?", "type": kind, **more}


def choice(*codes: str) -> list[dict[str, str]]:
    return [{"code": code, "label": code.capitalize()} for code in codes]


ALONE = {"question": "alone", "is": ["yes"]}
QUESTIONS = [
    question("alone", required=True),
    question("how_often", "one", options=choice("often", "sometimes"), when=ALONE),
    question("helps", "many", options=choice("clubs", "family", "work"), when={"not": ALONE}),
    question("adults", "number", low=1, high=12),
    question("space", when={"all": [{"question": "adults", "from": 3}, {"any": [ALONE, {"not": ALONE}]}]}),
]


def test_questions_are_asked_by_the_answers_before_them():
    assert asked(QUESTIONS, {}) == ["alone", "helps", "adults"]
    assert asked(QUESTIONS, {"alone": "yes"}) == ["alone", "how_often", "adults"]
    assert asked(QUESTIONS, {"alone": "no", "adults": 4}) == ["alone", "helps", "adults", "space"]


def test_an_answer_to_a_skipped_question_counts_for_none():
    chain = [question("a"), question("b", when={"question": "a", "is": ["yes"]}),
             question("c", when={"question": "b", "is": ["yes"]})]  # fmt: skip
    assert asked(chain, {"a": "no", "b": "yes"}) == ["a"]


@pytest.mark.parametrize(
    "answers",
    [
        {"alone": "no"},
        {"alone": "yes", "how_often": "often", "adults": 2},
        {"alone": "no", "helps": ["clubs", "work"], "adults": 12, "space": "yes"},
    ],
)
def test_answers_that_fit_are_taken(answers: dict[str, Any]):
    assert wrong_answers(QUESTIONS, answers) == {}


@pytest.mark.parametrize(
    ("answers", "about"),
    [
        ({}, "alone"),
        ({"alone": "perhaps"}, "alone"),
        ({"alone": ["yes"]}, "alone"),
        ({"alone": "no", "shoes": 9}, "shoes"),
        ({"alone": "no", "how_often": "often"}, "how_often"),
        ({"alone": "no", "helps": "clubs"}, "helps"),
        ({"alone": "no", "helps": ["clubs", "clubs"]}, "helps"),
        ({"alone": "no", "helps": [["clubs"]]}, "helps"),
        ({"alone": "no", "adults": 0}, "adults"),
        ({"alone": "no", "adults": True}, "adults"),
        ({"alone": "no", "adults": 2.5}, "adults"),
        ({"alone": "no", "adults": "2"}, "adults"),
    ],
)
def test_answers_that_do_not_fit_are_named(answers: dict[str, Any], about: str):
    assert list(wrong_answers(QUESTIONS, answers)) == [about]


def test_ten_thousand_answers_are_told_in_few_words():
    answers = {f"q{number}": "yes" for number in range(10_000)}
    assert len(wrong_answers(QUESTIONS, answers)) == 60
    said = {"team_id": "t", "round_id": "r", "household_id": "h", "visited_on": "2026-11-21", "outcome": "done"}
    _, errors = validate("visit", {**said, "answers": answers}, False)
    assert errors == {"answers": ["Longer than maximum length 60."]}


@pytest.mark.parametrize(
    ("questions", "message"),
    [
        ([question("a"), question("a")], "a: two questions have this code."),
        ([question("a", "one", options=choice("x"))], "a: a question with choices needs two at least."),
        ([question("a", "many", options=choice("x", "y", "x"))], "a: two choices have one code."),
        ([question("a", "number", low=3)], "a: a number needs its low and its high end."),
        ([question("a", "number", low=3, high=1)], "a: a number needs its low and its high end."),
    ],
)
def test_questions_that_make_no_sense_are_named(questions: list[dict[str, Any]], message: str):
    assert wrong_questions(questions) == [message]


@pytest.mark.parametrize(
    "rule",
    [
        {"question": "b", "is": ["yes"]},  # of itself
        {"question": "c", "is": ["yes"]},  # of one that is asked later, and asks back: round in a circle
        {"not": {"question": "c", "is": ["no"]}},
        {"question": "nowhere", "is": ["yes"]},
        {"question": ["a"], "is": ["yes"]},
        {"question": "a", "is": ["maybe"]},
        {"question": "a", "is": []},
        {"question": "a", "from": 3},
        {"all": []},
        {"any": "a"},
        {"eval": "1 + 1"},
        {},
        {"not": {"not": {"not": {"not": {"question": "a", "is": ["yes"]}}}}},
        {"any": [{"question": "a", "is": ["yes"]}] * 50},
    ],
)
def test_rules_that_lead_nowhere_are_refused_when_they_are_written(rule: dict[str, Any]):
    questions = [question("a"), question("b", when=rule), question("c", when={"question": "b", "is": ["yes"]})]
    survey = {"team_id": "t", "series": "s", "edition": 1, "title": "Listening", "questions": questions}
    assert [message[:3] for message in wrong_questions(questions)] == ["b: "]
    assert list(validate("survey", survey, False)[1]) == ["questions"]


def test_the_rules_of_a_survey_that_makes_sense_are_kept_as_they_are():
    survey = {"team_id": "t", "series": "s", "edition": 1, "title": "Listening", "questions": QUESTIONS}
    clean, errors = validate("survey", survey, False)
    assert errors == {}
    assert clean["questions"][1]["when"] == ALONE


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=4) | st.sampled_from(["a", "yes"]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["all", "any", "not", "question", "is", "from", "to", "x"]), inner, max_size=3
        )
    ),
    max_leaves=12,
)


@pytest.mark.slow
@given(rule=JSON, answers=st.dictionaries(st.sampled_from(["a", "b"]), JSON, max_size=2))
def test_any_rule_whatever_it_says_is_true_or_false(rule: Any, answers: dict[str, Any]):
    assert holds(rule, answers) in (True, False)


@pytest.mark.slow
@given(rule=JSON, answer=JSON)
def test_any_rule_whatever_it_says_is_judged(rule: Any, answer: Any):
    questions = [question("a"), question("b", when=rule)]
    if wrong_questions(questions) == []:
        assert set(asked(questions, {"a": answer, "b": "yes"})) <= {"a", "b"}
    wrong_answers(questions[:1], {"a": answer})
