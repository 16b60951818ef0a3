"""What an employer's staff gave, with nobody in it: groups of fewer than five, and what tells of them, held back."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from server.domain.disclosure import protect

Doc = Mapping[str, Any]

#: What a request names that is about no role in the directory.
_ELSEWHERE: Final = "elsewhere"


@dataclass(frozen=True, slots=True)
class Given:
    """Time of one kind of role, or of all (``*``). None where it is held back.

    employees : people who went by themselves, each with the kind of role that they gave most time to.
    team_places : places of team events that were taken. Minutes are shown where the people are.
    """

    category: str
    employees: int | None
    employee_minutes: int | None
    team_places: int | None
    team_minutes: int | None


def given(leaves: Iterable[Doc], events: Iterable[Doc], roles: Mapping[str, Doc], until: str) -> list[Given]:
    """Count the time of an employer's staff up to a day. roles : opportunities by id. until : ISO date."""
    went = [one for one in leaves if one["status"] == "approved" and one["leave_on"] <= until]
    held = [one for one in events if one["status"] == "held"]
    alone, teams = _alone(went, roles), _teams(held, roles)
    names = sorted({*alone, *teams})
    table = protect([[alone[name][0], teams[name][0]] for name in names])
    minutes = [(alone[name][1], teams[name][1]) for name in names]
    minutes.append((sum(one for one, _ in minutes), sum(two for _, two in minutes)))
    return [_line(name, row, table.shown((row, 0)), table.shown((row, 1)), minutes)
            for row, name in enumerate([*names, "*"])]  # fmt: skip


def _line(
    name: str, row: int, employees: int | None, places: int | None, minutes: Sequence[tuple[int, int]]
) -> Given:  # fmt: skip
    by_employees = None if employees is None else minutes[row][0]
    return Given(name, employees, by_employees, places, None if places is None else minutes[row][1])


def _alone(leaves: Iterable[Doc], roles: Mapping[str, Doc]) -> defaultdict[str, tuple[int, int]]:
    """Count people and minutes by the kind of role that each person gave most time to."""
    theirs: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for leave in leaves:
        theirs[leave["volunteer_id"]][_category(leave, roles)] += leave["minutes"]
    found: defaultdict[str, tuple[int, int]] = defaultdict(lambda: (0, 0))
    for minutes in theirs.values():
        most = min(minutes, key=lambda name: (-minutes[name], name))
        people, given_min = found[most]
        found[most] = (people + 1, given_min + minutes.total())
    return found


def _teams(events: Iterable[Doc], roles: Mapping[str, Doc]) -> defaultdict[str, tuple[int, int]]:
    found: defaultdict[str, tuple[int, int]] = defaultdict(lambda: (0, 0))
    for event in events:
        people, given_min = found[_category(event, roles)]
        came = event["attended"] or 0
        found[_category(event, roles)] = (people + came, given_min + came * event["minutes"])
    return found


def _category(doc: Doc, roles: Mapping[str, Doc]) -> str:
    role = roles.get(doc["opportunity_id"] or "")
    return role["category"] if role else _ELSEWHERE
