"""A device holds so much: it is warned, further scopes are refused by name, and what is there keeps syncing."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.sync import pull as pulling
from server.sync.budget import MOST, WARN, admit
from server.sync.door import Put
from server.sync.ports import Store
from tests.builders import DISTRICT, Phone, door, person, prescriber, put

TEAM_A, TEAM_B, COUNTY = "caseload:team-a", "caseload:team-b", "directory:county"


def test_what_fits_comes_and_a_full_device_is_told_what_does_not() -> None:
    counts = {TEAM_A: 6_000, COUNTY: 9_000, f"directory:{DISTRICT}": 7_000}
    budget = admit(counts, (), counts)
    assert (budget.admitted, budget.refused) == ({TEAM_A, COUNTY}, (f"directory:{DISTRICT}",))
    assert (budget.records, budget.warn, budget.problem and budget.problem.slug) == (15_000, True, "device-full")


def test_a_device_is_warned_before_it_is_full() -> None:
    assert not admit({TEAM_A: WARN}, (), [TEAM_A]).warn
    warned = admit({TEAM_A: WARN + 1}, (), [TEAM_A])
    assert (warned.warn, warned.refused, warned.problem) == (True, (), None)


def test_whoever_would_hold_nothing_gets_the_first_scope_whatever_its_size() -> None:
    assert admit({TEAM_A: 30_000}, (), [TEAM_A]).admitted == {TEAM_A}


def test_what_is_there_keeps_syncing_however_it_grows() -> None:
    budget = admit({TEAM_A: 30_000, TEAM_B: 1}, [TEAM_A], [TEAM_A, TEAM_B])
    assert (budget.admitted, budget.refused) == ({TEAM_A}, (TEAM_B,))


SCOPES = [TEAM_A, TEAM_B, COUNTY, "directory:x", "tasks:x", "centre:c", "volunteer:v"]


@pytest.mark.slow
@given(st.dictionaries(st.sampled_from(SCOPES), st.integers(0, 15_000)), st.sets(st.sampled_from(SCOPES)))
def test_nothing_held_is_taken_away_and_growth_ends_at_the_limit(counts: dict[str, int], held: set[str]) -> None:
    budget = admit(counts, held, counts)
    kept = held & counts.keys()
    assert budget.admitted | set(budget.refused) == counts.keys()
    assert kept <= budget.admitted
    assert not counts or budget.admitted
    if len(budget.admitted) > max(len(kept), 1):
        assert sum(counts[scope] for scope in budget.admitted) <= MOST
    assert budget == admit(counts, held, sorted(counts, reverse=True))


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a device hold three records."""
    monkeypatch.setattr(pulling, "admit", lambda *given: admit(*given, most=3))


def ids(phone: Phone) -> list[str]:
    return [row.id for row in phone.pull().rows]


def test_a_scope_that_does_not_fit_stays_away_by_name_and_comes_when_there_is_room(store: Store, small: Any) -> None:
    door(store).write([Put("person", f"a{n}", person()) for n in range(2)])
    door(store).write([Put("person", f"b{n}", person("team-b")) for n in range(2)])
    phone = Phone(store, prescriber(scopes=(TEAM_A, TEAM_B)))
    page = phone.pull()
    assert [row.id for row in page.rows] == ["a0", "a1"]
    assert page.budget is not None
    assert (page.budget.refused, page.consistent) == ((TEAM_B,), True)
    put(store, "person", "a2", person())
    put(store, "person", "b2", person("team-b"))
    assert ids(phone) == ["a2"]
    phone.principal = replace(phone.principal, scopes=frozenset({TEAM_B}))
    page = phone.pull()
    assert (page.evict, [row.id for row in page.rows]) == ((TEAM_A,), ["b0", "b1", "b2"])
    assert phone.pull().budget is None  # nothing new: nothing is counted
