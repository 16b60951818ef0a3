"""What a survey asks and whether answers fit it: skip rules as data, read by small functions that always end.

A rule is one of ``{"question": code, "is": [codes]}``, ``{"question": code, "from": low, "to": high}`` (either end may
be missing), ``{"all": [rules]}``, ``{"any": [rules]}`` and ``{"not": rule}``. It speaks only of questions that stand
before its own, so that rules cannot go round in a circle. Standard library only, so that the core may read it.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from operator import ge, le
from typing import Any, Final

Question = Mapping[str, Any]
Answers = Mapping[str, Any]

#: The most questions that a survey has.
MOST_QUESTIONS: Final = 60
#: How deep rules may lie in each other, and how many there may be in one question's rule.
MOST_DEEP, MOST_RULES = 4, 40

_YES_NO: Final = ("yes", "no")


def choices(question: Question) -> tuple[str, ...]:
    """Give the codes that may answer a question; none for a number."""
    if question["type"] == "yes_no":
        return _YES_NO
    return tuple(option["code"] for option in question.get("options") or ())


# ── what is asked ─────────────────────────────────────────────────────────────────────────────────────────────────


def holds(rule: Any, answers: Answers, deep: int = MOST_DEEP) -> bool:
    """Say whether a rule is true of these answers; what is no rule, or lies too deep, is not true."""
    if not isinstance(rule, Mapping) or deep < 1:
        return False
    if "all" in rule:
        return all(holds(each, answers, deep - 1) for each in _listed(rule["all"]))
    if "any" in rule:
        return any(holds(each, answers, deep - 1) for each in _listed(rule["any"]))
    if "not" in rule:
        return not holds(rule["not"], answers, deep - 1)
    return _is_answered(rule, answers)


def _is_answered(rule: Mapping[str, Any], answers: Answers) -> bool:
    name = rule.get("question")
    given = answers.get(name) if isinstance(name, str) else None
    if "is" in rule:
        mine = _listed(given) if isinstance(given, list) else [given]
        return any(one in _listed(rule["is"]) for one in mine)
    if not _is_number(given):
        return False
    return all(within(rule[end], given) for end, within in _ENDS if _is_number(rule.get(end)))


_ENDS: Final[tuple[tuple[str, Callable[[Any, Any], bool]], ...]] = (("from", le), ("to", ge))


def asked(questions: Sequence[Question], answers: Answers) -> list[str]:
    """Name the questions that are asked of whoever answers so, in order. An answer to one not asked counts for none."""
    heard: dict[str, Any] = {}
    names: list[str] = []
    for question in questions:
        rule, name = question.get("when"), question["code"]
        if rule is None or holds(rule, heard):
            names.append(name)
            if name in answers:
                heard[name] = answers[name]
    return names


# ── whether answers fit ───────────────────────────────────────────────────────────────────────────────────────────


def wrong_answers(questions: Sequence[Question], answers: Answers) -> dict[str, list[str]]:
    """Say per question what is wrong with the answers; at most as many messages as a survey has questions."""
    by_name, now = {question["code"]: question for question in questions}, set(asked(questions, answers))
    wrong = {name: _wrong_answer(by_name.get(name), answers[name], name in now) for name in answers}
    for name, question in by_name.items():
        if name in now and question.get("required") and name not in answers:
            wrong[name] = "This has to be answered."
    said = [(name, [message]) for name, message in wrong.items() if message]
    return dict(said[:MOST_QUESTIONS])


def _wrong_answer(question: Question | None, answer: Any, is_asked: bool) -> str:
    if question is None:
        return "No such question in this version of the survey."
    if not is_asked:
        return "This question is skipped after the answers before it."
    if question["type"] == "number":
        return _wrong_number(question, answer)
    codes = choices(question)
    if question["type"] == "many":
        fits = isinstance(answer, list) and all(_is_among(one, codes) for one in answer) and _is_set(answer)
        return "" if fits else f"Not a list of different codes of {', '.join(codes)}."
    return "" if _is_among(answer, codes) else f"Not one of {', '.join(codes)}."


def _wrong_number(question: Question, answer: Any) -> str:
    low, high = question["low"], question["high"]
    fits = isinstance(answer, int) and _is_number(answer) and low <= answer <= high
    return "" if fits else f"Not a whole number from {low} to {high}."


# ── whether a survey makes sense ──────────────────────────────────────────────────────────────────────────────────


def wrong_questions(questions: Sequence[Question]) -> list[str]:
    """Say what keeps these questions from being a survey: repeats, missing choices, rules that lead nowhere."""
    before: dict[str, Question] = {}
    wrong: list[str] = []
    for question in questions:
        name = question["code"]
        if name in before:
            wrong.append(f"{name}: two questions have this code.")
        wrong += [f"{name}: {message}" for message in (*_wrong_choices(question), *_wrong_when(question, before))]
        before[name] = question
    return wrong


def _wrong_choices(question: Question) -> Iterator[str]:
    codes, low, high = choices(question), question.get("low"), question.get("high")
    if len(set(codes)) < len(codes):
        yield "two choices have one code."
    if question["type"] in ("one", "many") and len(codes) < 2:
        yield "a question with choices needs two at least."
    if question["type"] == "number" and (low is None or high is None or low > high):
        yield "a number needs its low and its high end."


def _wrong_when(question: Question, before: Mapping[str, Question]) -> Iterator[str]:
    if question.get("when") is None:
        return
    rules = list(_rules_in(question["when"]))
    if len(rules) > MOST_RULES:
        yield f"its rule has more than {MOST_RULES} parts."
        return
    for rule, deep in rules:
        message = "its rule lies too deep." if deep > MOST_DEEP else _wrong_rule(rule, before)
        if message:
            yield message
            return


def _rules_in(rule: Any, deep: int = 1) -> Iterator[tuple[Any, int]]:
    """Give a rule and those within it, with how deep they lie, down to one step too many."""
    yield rule, deep
    if not isinstance(rule, Mapping) or deep > MOST_DEEP:
        return
    inner = [*_listed(rule.get("all")), *_listed(rule.get("any")), *([rule["not"]] if "not" in rule else [])]
    for each in inner[: MOST_RULES + 1]:
        yield from _rules_in(each, deep + 1)


_SHAPES: Final = ({"all"}, {"any"}, {"not"}, {"question", "is"}, {"question", "from"}, {"question", "to"},
                  {"question", "from", "to"})  # fmt: skip


def _wrong_rule(rule: Any, before: Mapping[str, Question]) -> str:
    if not isinstance(rule, Mapping) or set(rule) not in _SHAPES:
        return "its rule is none that is known."
    if "question" not in rule:
        part = rule.get("all", rule.get("any", [None]))
        return "" if isinstance(part, list) and part else "its rule has an empty part."
    name = rule["question"]
    if not isinstance(name, str) or name not in before:
        return f"its rule speaks of {name}, which is not asked before it."
    return _wrong_test(rule, before[name])


def _wrong_test(rule: Mapping[str, Any], about: Question) -> str:
    codes = choices(about)
    if "is" in rule:
        fits = isinstance(rule["is"], list) and rule["is"] and all(_is_among(one, codes) for one in rule["is"])
        return "" if fits else f"its rule asks for what cannot be an answer to {about['code']}."
    ends = all(_is_number(rule[end]) for end in ("from", "to") if end in rule)
    return "" if about["type"] == "number" and ends else f"its rule compares {about['code']}, which is no number."


def _listed(value: Any) -> Sequence[Any]:
    return value if isinstance(value, list) else ()


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_among(value: Any, codes: Collection[str]) -> bool:
    return isinstance(value, str) and value in codes


def _is_set(answer: Sequence[Any]) -> bool:
    return len(set(answer)) == len(answer)
