"""Golden vectors of surveys: made-up questions and answers, right and wrong, with what is asked and what is wrong."""

import json
import random
from collections.abc import Iterable
from typing import Any, Final

from mobile_contract.survey import asked, choices, wrong_answers, wrong_questions

Json = dict[str, Any]

_SEED: Final = 20261121
_SURVEYS, _EACH = 12, 15
#: What no survey expects, and phones may send all the same.
_STRANGE: Final[tuple[Any, ...]] = (
    None,
    True,
    "",
    "perhaps",
    "yes",
    [],
    ["yes", "yes"],
    ["o1", 7],
    {},
    -1,
    0,
    3,
    2.5,
    10**9,
)


def survey_vectors() -> str:
    """Give the text of ``generated/vectors/survey.json``; the same every time."""
    chance = random.Random(_SEED)
    surveys = [_survey(chance) for _ in range(_SURVEYS)]
    cases = [_case(number, questions, _answers(chance, questions))
             for number, questions in enumerate(surveys) for _ in range(_EACH)]  # fmt: skip
    parts = [_part("surveys", surveys), _part("cases", cases)]
    return "{" + ",\n".join(parts) + "}\n"


def _part(name: str, rows: Iterable[Any]) -> str:
    lines = ",\n".join(map(_line, rows))
    return f'"{name}":[\n{lines}\n]'


def _line(row: Any) -> str:
    return json.dumps(row, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def _case(number: int, questions: list[Json], answers: Json) -> Json:
    wrong = wrong_answers(questions, answers)
    return {"survey": number, "answers": answers, "asked": asked(questions, answers), "wrong": wrong}


def _survey(chance: random.Random) -> list[Json]:
    questions: list[Json] = []
    for number in range(chance.randint(3, 9)):
        question = _question(chance, f"q{number}", chance.choice(("one", "many", "yes_no", "number")))
        if questions and chance.random() < 0.7:
            question["when"] = _rule(chance, questions, chance.randint(1, 4))
        questions.append(question)
    if wrong := wrong_questions(questions):
        raise ValueError(f"a golden survey makes no sense: {wrong}")
    return questions


def _question(chance: random.Random, code: str, kind: str) -> Json:
    has_options = kind in ("one", "many")
    options = [{"code": f"o{number}"} for number in range(chance.randint(2, 4))] if has_options else []
    low = chance.randint(0, 3)
    return {
        "code": code, "type": kind, "options": options, "low": low if kind == "number" else None,
        "high": low + chance.randint(0, 9) if kind == "number" else None, "required": chance.random() < 0.4,
        "when": None,
    }  # fmt: skip


def _rule(chance: random.Random, before: list[Json], deep: int) -> Json:
    if deep > 1:
        shape = chance.choice(("all", "any", "not"))
        if shape == "not":
            return {"not": _rule(chance, before, deep - 1)}
        return {shape: [_rule(chance, before, deep - 1) for _ in range(chance.randint(1, 2))]}
    about = chance.choice(before)
    if about["type"] == "number":
        ends = {"from": about["low"] + 1, "to": about["high"]}
        return {"question": about["code"], **dict(chance.sample(sorted(ends.items()), chance.randint(1, 2)))}
    codes = choices(about)
    return {"question": about["code"], "is": sorted(chance.sample(codes, chance.randint(1, len(codes) - 1)))}


def _answers(chance: random.Random, questions: list[Json]) -> Json:
    """Answer what is asked, mostly as one should."""
    answers: Json = {}
    for question in questions:
        is_asked = question["code"] in asked(questions, answers)
        if chance.random() < (0.9 if is_asked else 0.1):
            answers[question["code"]] = _answer(chance, question)
    if chance.random() < 0.1:
        answers["of_another_survey"] = "yes"
    return answers


def _answer(chance: random.Random, question: Json) -> Any:
    if chance.random() < 0.15:
        return chance.choice(_STRANGE)
    codes = choices(question)
    if question["type"] == "number":
        return chance.randint(question["low"], question["high"])
    return (
        sorted(chance.sample(codes, chance.randint(0, len(codes))))
        if question["type"] == "many"
        else chance.choice(codes)
    )
