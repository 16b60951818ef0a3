"""What fieldwork came to: a household counts once, totals come from the parts, small numbers stay inside."""

from typing import Any

from server.domain.reporting import Line, coverage_pct, outcomes, round_lines, session_lines, shown_coverage


def visit(household: str, outcome: str, **more: Any) -> dict[str, Any]:
    return {"household_id": household, "outcome": outcome, "themes": [], "answers": {}, **more}


def homes(number: int, area: str = "E01") -> dict[str, dict[str, Any]]:
    return {f"{area}-{one}": {"area": area} for one in range(number)}


def values(lines: list[Line], table: str, group: str = "") -> dict[str, int | None]:
    return {line.name: line.value for line in lines if (line.table, line.group) == (table, group)}


def test_a_household_that_two_workers_visited_counts_once_by_the_best_that_came_of_it() -> None:
    visits = [visit("a", "not_in"), visit("a", "done"), visit("b", "refused"), visit("b", "not_in"), visit("z", "done")]
    best = outcomes({name: {} for name in "abcd"}, visits)
    assert best == {"a": "done", "b": "refused", "c": "not_visited", "d": "not_visited"}
    assert coverage_pct(best.values()) == 50.0


def test_a_round_without_dwellings_has_no_coverage() -> None:
    assert coverage_pct([]) is None
    assert round_lines({}, [], None) == []


def test_dwellings_are_counted_by_area_and_outcome_with_their_sums() -> None:
    households = homes(20) | homes(12, "E02")
    visits = [visit(f"E01-{one}", "done") for one in range(10)] + [visit(f"E02-{one}", "done") for one in range(5)]
    lines = round_lines(households, visits, None)
    assert values(lines, "dwellings", "E01") == {"done": 10, "refused": 0, "not_in": 0, "not_visited": 10, "*": 20}
    assert values(lines, "dwellings", "*") == {"done": 15, "refused": 0, "not_in": 0, "not_visited": 17, "*": 32}
    assert [shown_coverage(lines, area) for area in ("E01", "E02", "*")] == [50.0, 41.7, 46.9]


def test_a_few_who_refused_are_not_shown_and_nothing_tells_how_many() -> None:
    lines = round_lines(homes(20), [visit(f"E01-{one}", "refused") for one in range(3)], None)
    assert values(lines, "dwellings", "E01")["refused"] is None
    assert values(lines, "dwellings", "E01")["not_visited"] is None
    assert shown_coverage(lines, "E01") is None


def test_themes_and_answers_below_five_are_not_shown() -> None:
    questions = [{"code": "alone", "type": "yes_no"}, {"code": "adults", "type": "number", "low": 1, "high": 9}]
    visits = [visit(f"E01-{one}", "done", themes=["litter"] if one < 4 else ["noise"],
                    answers={"alone": "yes" if one < 6 else "no", "adults": 2}) for one in range(10)]  # fmt: skip
    lines = round_lines(homes(10), visits, {"questions": questions})
    assert values(lines, "theme") == {"litter": None, "noise": 6}
    assert values(lines, "answer", "alone") == {"yes": None, "no": None}  # ten were at home, so 6 would tell the 4
    assert values(lines, "answer", "adults") == {"answered": 10}


def test_the_sums_of_sessions_come_from_their_parts() -> None:
    sessions = [{"area": "E01", "age_under_16": 6, "age_16_17": 7, "themes": []},
                {"area": "E01", "age_under_16": 5, "age_16_17": 0, "themes": []},
                {"area": "E02", "age_under_16": 0, "age_16_17": 8, "themes": []}]  # fmt: skip
    lines = session_lines(sessions)
    assert values(lines, "met", "E01") == {"under_16": 11, "16_17": 7, "*": 18}
    assert values(lines, "met", "*") == {"under_16": 11, "16_17": 15, "*": 26}
    assert session_lines([]) == []


def test_ten_thousand_visits_are_counted() -> None:
    households = homes(5000)
    visits = [visit(f"E01-{one % 5000}", "done" if one % 2 else "not_in") for one in range(10_000)]
    assert values(round_lines(households, visits, None), "dwellings", "*")["*"] == 5000
