import pytest

from server.domain.here import here
from server.domain.impact import Impact, impact_of
from server.domain.pickup import gini, report

SINCE = "2026-11-01T00:00:00.000Z"


def ask(task: str, volunteer: str, minute: int, day: int = 21) -> dict[str, str]:
    at = f"2026-11-{day:02}T09:{minute:02}:00.000Z"
    return {"task_id": task, "volunteer_id": volunteer, "asked_at": at}


def claim(task: str, volunteer: str, minute: int, status: str = "done", **more: object) -> dict[str, object]:
    at = f"2026-11-21T09:{minute:02}:00.000Z"
    return {"task_id": task, "volunteer_id": volunteer, "claimed_at": at, "status": status, "minutes": 30, **more}


def test_the_figures_are_those_worked_out_by_hand():
    tasks = {
        "a": {"district": "E1", "type": "shopping", "status": "done"},
        "b": {"district": "E1", "type": "lift", "status": "done"},
        "c": {"district": "E2", "type": "lift", "status": "expired"},
        "d": {"district": "E2", "type": "lift", "status": "open"},
        "e": {"district": "E2", "type": "lift", "status": "open"},  # nobody was asked about it
    }
    asks = [ask("a", "v", 0), ask("a", "w", 0), ask("b", "v", 0), ask("b", "w", 4), ask("c", "v", 0), ask("d", "v", 0)]
    claims = [claim("a", "v", 1), claim("b", "v", 5, "released"), claim("b", "w", 9)]
    found = report(tasks, asks, claims, {"v", "w", "x"}, SINCE)
    all_ = found.overall
    assert (all_.tasks, all_.taken, all_.done, all_.claims, all_.asks, all_.volunteers) == (4, 2, 2, 3, 6, 3)
    assert (all_.pickup_median_s, all_.pickup_p95_s) == (180.0, 300.0)  # one minute, and five to the first claim
    assert all_.fill_rate == pytest.approx(2 / 3)
    assert all_.abandonment == pytest.approx(1 / 3)
    assert all_.asks_per_taken == 3.0
    assert all_.gini == pytest.approx(4 / 9)  # of 0, 2 and 4: differences 2, 4 and 2 both ways over 2 x 9 x 2
    assert {where: one.tasks for where, one in found.by_district.items()} == {"E1": 2, "E2": 2}
    assert {what: one.taken for what, one in found.by_type.items()} == {"shopping": 1, "lift": 1}


def test_what_went_out_before_is_left_out_and_nothing_is_divided_by_nothing():
    tasks = {"a": {"district": None, "type": "lift", "status": "open"}}
    assert report(tasks, [ask("a", "v", 0, day=21)], [], [], "2026-11-22T00:00:00Z").overall.tasks == 0
    none = report({}, [], [], [], SINCE).overall
    assert (none.fill_rate, none.pickup_median_s, none.abandonment, none.gini) == (None, None, None, None)


def test_a_task_found_by_oneself_is_taken_and_has_no_time_to_pick_up():
    tasks = {"a": {"district": "E1", "type": "lift", "status": "claimed"}}
    found = report(tasks, [], [claim("a", "v", 1, "active")], ["v"], SINCE).overall
    assert (found.taken, found.fill_rate, found.pickup_median_s, found.gini) == (1, 1.0, None, None)


@pytest.mark.parametrize(("counts", "told"), [([3, 3, 3], 0.0), ([0, 0, 1], 2 / 3), ([1, 2], 1 / 6), ([], None)])
def test_gini(counts, told):
    assert gini(counts) == (None if told is None else pytest.approx(told))


def test_impact_adds_up_what_was_done_alone():
    claims = [
        claim("a", "v", 1, thanks="Lovely"),
        claim("b", "v", 2),
        claim("c", "v", 3, "released"),
        claim("d", "w", 1, "active"),
    ]
    assert impact_of(claims) == {"v": Impact(tasks=2, minutes=60, thanks=1)}


@pytest.mark.parametrize(
    ("asks", "near", "gives_time", "state"),
    [(2, 5, True, "asked"), (0, 5, True, "near"), (0, 0, True, "nothing-near"), (2, 5, False, "paused")],
)
def test_a_volunteer_is_told_what_waits_for_them(asks, near, gives_time, state):
    told = here(asks, near, gives_time=gives_time)
    assert told.state == state
    assert (state == "nothing-near") == told.text.startswith("Nothing near you yet")
