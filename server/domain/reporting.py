"""What fieldwork came to, for people outside the team: counts alone, from the parts, small numbers held back."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from mobile_contract.survey import choices
from server.domain.disclosure import LEAST, protect

Document = Mapping[str, Any]

#: What came of a household, the best first: it counts once, however often and by whomever it was visited.
OUTCOMES: Final = ("done", "refused", "not_in", "not_visited")
_AGES: Final = "age_"


@dataclass(frozen=True, slots=True)
class Line:
    """One published count of people or households. value : None when it is held back."""

    table: str
    group: str
    name: str
    value: int | None


def outcomes(households: Mapping[str, Document], visits: Iterable[Document]) -> dict[str, str]:
    """Say of each household what came of it at best. households : of one round, id → document."""
    best = dict.fromkeys(households, "not_visited")
    for visit in visits:
        name = visit["household_id"]
        if name in best:
            best[name] = min(best[name], visit["outcome"], key=OUTCOMES.index)
    return best


def coverage_pct(best: Iterable[str]) -> float | None:
    """Say what percentage of dwellings was visited at all, 0 to 100 with one decimal; None of no dwellings."""
    found = list(best)
    return round(100 * sum(one != "not_visited" for one in found) / len(found), 1) if found else None


def round_lines(households: Mapping[str, Document], visits: Sequence[Document], survey: Document | None) -> list[Line]:
    """Give what a round came to: dwellings by area and outcome, themes, and the answers to one version of a survey."""
    best = outcomes(households, visits)
    by_area = {area: Counter[str]() for area in sorted({doc["area"] or "" for doc in households.values()})}
    for name, outcome in best.items():
        by_area[households[name]["area"] or ""][outcome] += 1
    lines = _crossed("dwellings", {area: [found[one] for one in OUTCOMES] for area, found in by_area.items()}, OUTCOMES)
    lines += _alone("theme", "", Counter(theme for visit in visits for theme in visit["themes"]))
    for question in survey["questions"] if survey else ():
        counts = _answers(question, visits)
        lines += (
            _parts("answer", question["code"], counts)
            if _is_one(question)
            else _alone("answer", question["code"], counts)
        )
    return lines


def session_lines(sessions: Sequence[Document]) -> list[Line]:
    """Give how many people of each age sessions met by area, and what they spoke of; the sums are worked out here."""
    ages = [name for name in (sessions[0] if sessions else ()) if name.startswith(_AGES)]
    by_area = {area: [0] * len(ages) for area in sorted({one["area"] or "" for one in sessions})}
    for one in sessions:
        counts = by_area[one["area"] or ""]
        counts[:] = [before + one[name] for before, name in zip(counts, ages, strict=True)]
    lines = _crossed("met", by_area, [name.removeprefix(_AGES) for name in ages])
    return lines + _alone("session_theme", "", Counter(theme for one in sessions for theme in one["themes"]))


def shown_coverage(lines: Sequence[Line], area: str) -> float | None:
    """Work coverage out of what is shown of an area, or of all with ``*``: None where that does not tell it."""
    found = {line.name: line.value for line in lines if line.table == "dwellings" and line.group == area}
    every, missed = found.get("*"), found.get("not_visited")
    return None if not every or missed is None else round(100 * (every - missed) / every, 1)


def _answers(question: Document, visits: Sequence[Document]) -> Counter[str]:
    """Count the answers of one choice each; of numbers, how many answered."""
    found: Counter[str] = Counter(dict.fromkeys(choices(question) or ("answered",), 0))
    for visit in visits:
        given = visit["answers"].get(question["code"])
        if given is not None and question["type"] == "number":
            found["answered"] += 1
        elif given is not None:
            found.update(one for one in (given if isinstance(given, list) else [given]) if one in found)
    return found


def _is_one(question: Document) -> bool:
    """Say whether each household gives one of the choices, so that they add up to those who answered."""
    return question["type"] in ("one", "yes_no")


def _parts(table: str, group: str, counts: Mapping[str, int]) -> list[Line]:
    """Write counts whose sum may be known otherwise, such as all who were at home: held back as if it stood here."""
    lines = _crossed(table, {group: list(counts.values())}, list(counts))
    return [line for line in lines if line.group == group and line.name != "*"]


def _crossed(table: str, by_group: Mapping[str, Sequence[int]], names: Sequence[str]) -> list[Line]:
    """Write a table with its sums, which are called ``*``."""
    if not by_group:
        return []
    guarded, groups, columns = protect(list(by_group.values())), [*by_group, "*"], [*names, "*"]
    return [Line(table, groups[row], columns[column], guarded.shown((row, column))) for row, column in guarded.cells()]


def _alone(table: str, group: str, counts: Mapping[str, int]) -> list[Line]:
    """Write counts that no published sum binds together: each is shown or held back by itself."""
    return [Line(table, group, name, None if 0 < count < LEAST else count) for name, count in sorted(counts.items())]
