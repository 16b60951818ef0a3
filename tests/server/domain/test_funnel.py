"""The funnel, worked out by hand: who counts, who is too young to count, how long steps took, what others are shown."""

from itertools import pairwise
from typing import Any

from server.domain.funnel import report, shown, ways_of

TODAY = "2026-11-21"
ALL = ("enquiry", "interview", "matched", "referred", "placed", "at_4_weeks", "at_12_weeks")


def walk(name: str, *steps: tuple[str, str], origin: str = "web", centre: str = "c1") -> list[dict[str, Any]]:
    """Write down the steps of an enquiry; one that ends or goes back names a reason."""
    ends = {"withdrawn": "time", "unsuitable": "no_role", "no_reply": "unanswered"}
    return [
        {"enquiry_id": name, "centre_id": centre, "number": number, "step": step, "stepped_on": day,
         "origin": origin if number == 1 else None, "reason": ends.get(step)}
        for number, (step, day) in enumerate(steps, 1)
    ]  # fmt: skip


def to(step: str, month: int = 6) -> list[tuple[str, str]]:
    """Give the steps up to one, on the 1st, 3rd, 8th, 10th and 20th; stays four and twelve weeks later."""
    days = (f"2026-{month:02}-01", f"2026-{month:02}-03", f"2026-{month:02}-08", f"2026-{month:02}-10",
            f"2026-{month:02}-20", f"2026-{month + 1:02}-20", f"2026-{month + 3:02}-20")  # fmt: skip
    return list(zip(ALL, days, strict=True))[: ALL.index(step) + 1]


def figures(*walks: list[dict[str, Any]]) -> Any:
    ways = ways_of([step for walk in walks for step in walk], "2026-01-01", TODAY)
    return report(ways, TODAY)


def at(step: str, funnel: Any) -> Any:
    return next(one for one in funnel.steps if one.step == step)


def test_of_those_who_enquired_it_says_how_many_came_to_each_step_and_how_long_that_took() -> None:
    found = figures(
        walk("a", *to("at_12_weeks")),
        walk("b", *to("placed")),
        walk("c", *to("interview"), ("withdrawn", "2026-06-30")),
        walk("d", *to("enquiry")),
    ).overall
    told = {one.step: (one.reached, one.of, one.open) for one in found.steps}
    assert told == {"interview": (3, 4, 1), "matched": (2, 4, 1), "referred": (2, 4, 1), "placed": (2, 4, 1),
                    "at_4_weeks": (1, 2, 1), "at_12_weeks": (1, 2, 1)}  # fmt: skip
    placed = at("placed", found)
    assert (placed.share, placed.days, placed.days_in_all) == (0.5, 10, 19)
    assert (found.ended, found.reasons) == ({"withdrawn": 1}, {"time": 1})


def test_who_began_lately_is_not_counted_among_those_who_might_have_stayed() -> None:
    found = figures(walk("a", *to("at_4_weeks")), walk("b", *to("placed", 11))).overall
    assert (at("placed", found).of, at("at_4_weeks", found).of, at("at_12_weeks", found).of) == (2, 1, 1)


def test_who_is_there_after_twelve_weeks_was_there_after_four() -> None:
    found = figures(walk("a", *to("placed"), ("at_12_weeks", "2026-10-01"))).overall
    four = at("at_4_weeks", found)
    assert (four.reached, four.share, four.days) == (1, 1.0, None)  # nobody wrote down the day


def test_a_step_back_undoes_what_came_after_it() -> None:
    back = walk("a", *to("placed"), ("matched", "2026-07-01"))
    found = figures(back).overall
    assert (at("matched", found).reached, at("placed", found).reached, at("placed", found).open) == (1, 0, 1)


def test_only_enquiries_of_the_days_asked_about_count_whenever_their_steps_were() -> None:
    early = walk("a", ("enquiry", "2025-12-31"), ("interview", "2026-02-01"))
    assert figures(early).overall.enquiries == 0


def test_it_is_told_by_origin_and_by_centre() -> None:
    found = figures(walk("a", *to("placed")), walk("b", *to("enquiry"), origin="event", centre="c2"))
    assert {name: at("placed", funnel).share for name, funnel in found.by_origin.items()} == {"event": 0, "web": 1}
    assert {name: funnel.enquiries for name, funnel in found.by_centre.items()} == {"c1": 1, "c2": 1}


def test_without_enquiries_there_is_no_share() -> None:
    found = figures().overall
    assert (found.enquiries, at("placed", found).share, at("placed", found).days) == (0, None, None)


def test_a_group_of_four_is_not_shown_to_others_and_does_not_follow_from_what_is() -> None:
    walks = [walk(f"a{one}", *to("placed")) for one in range(4)]
    walks += [walk(f"b{one}", *to("interview")) for one in range(9)]
    walks += [walk(f"c{one}", *to("placed"), centre="c2") for one in range(20)]
    walks += [walk(f"d{one}", *to("interview"), centre="c2") for one in range(20)]
    rows = shown(ways_of([step for walk in walks for step in walk], "2026-01-01", TODAY)).rows
    placed, interview = ALL.index("placed"), ALL.index("interview")
    assert rows["c1"][placed] is None
    hidden = [(name, place) for name, row in rows.items() for place, count in enumerate(row) if count is None]
    assert len({name for name, _ in hidden}) > 1
    assert len({place for _, place in hidden}) > 1
    assert rows["*"][-1] == 53
    assert interview in {place for _, place in hidden}


def test_the_days_of_a_way_never_run_backwards() -> None:
    (way,) = ways_of(walk("a", *to("at_12_weeks")), "2026-01-01", TODAY)
    assert all(one <= other for one, other in pairwise(way.reached.values()))
