import pytest

from ml.features import RULES
from tests.ml.features.made import MONDAYS, excluding_rule

EXCLUDED = [
    ("closed", {"group": {"status": "paused"}}),
    ("closed", {"kind": "opportunity", "group": {"closes_on": "2026-11-20"}}),
    ("not_open_yet", {"group": {"opens_on": "2026-11-22"}}),
    ("no_session", {"schedules": [MONDAYS | {"ends_on": "2026-11-01"}]}),
    ("need", {"referral": {"needs": ["housing"], "main_need": "housing"}}),
    ("age", {"group": {"min_age": 76}}),  # 75 until tomorrow
    ("age", {"group": {"max_age": 74}}),
    ("age", {"person": {"birth_on": None, "age_band": "55_64"}, "group": {"min_age": 65}}),
    ("audience", {"group": {"audience": "men"}, "person": {"audience": "women"}}),
    ("audience", {"group": {"audience": "men"}}),
    ("access", {"person": {"access_needs": ["bsl"]}}),
    ("language", {"person": {"languages": ["pl"]}}),
    ("online", {"group": {"online": True}}),
    ("stays_home", {"person": {"travel": "home"}}),
    ("outside_area", {"group": {"at_home": True, "district": "E07000071"}, "person": {"district": "E07000070"}}),
    ("too_far", {"person": {"max_km": 4}}),
    ("cost", {"referral": {"budget_pence": 199}}),
    ("full", {"counts": {"places_total": 3, "places_open": 0}}),
]

KEPT = [
    {},
    {"kind": "opportunity", "group": {"closes_on": "2026-11-21"}},
    {"group": {"opens_on": "2026-11-21"}},
    {"schedules": []},  # times unknown is not the same as no times
    {"group": {"category": "other"}, "referral": {"needs": ["housing"], "main_need": "housing"}},
    {"group": {"min_age": 75, "max_age": 75}},
    {"person": {"birth_on": None, "age_band": "55_64"}, "group": {"min_age": 60}},
    {"person": {"birth_on": None}, "group": {"min_age": 60}},
    {"group": {"audience": "women"}, "person": {"audience": "women"}},
    {"person": {"access_needs": ["step_free", "quiet_space"]}},
    {"person": {"access_needs": ["accessible_toilet"]}, "group": {"at_home": True}},
    {"person": {"languages": []}},
    {"group": {"online": True, "easting": None}, "person": {"online_ok": True}},
    {"person": {"travel": "home"}, "group": {"at_home": True}},
    {"person": {"travel": "home", "district": "E07000070"}, "group": {"at_home": True, "district": "E07000070"}},
    {"person": {"travel": "home", "district": "E07000070"}, "group": {"at_home": True, "district": "county"}},
    {"person": {"max_km": 5}},
    {"person": {"max_km": 4}, "group": {"easting": None}},
    {"referral": {"budget_pence": 200}},
    {"referral": {"budget_pence": 0}, "group": {"cost_pence": None}},
    {"counts": {"places_total": None, "places_open": None}},
]


@pytest.mark.parametrize(("rule", "changes"), EXCLUDED)
def test_a_rule_excludes_and_names_itself(rule, changes):
    assert excluding_rule(**changes) == rule


@pytest.mark.parametrize("changes", KEPT)
def test_what_no_rule_speaks_against_stays(changes):
    assert excluding_rule(**changes) is None


def test_every_rule_is_tried_above():
    assert {rule for rule, _ in EXCLUDED} == {rule.name for rule in RULES}


def test_a_task_that_is_claimed_is_closed_and_says_nothing_of_access():
    task = {"window_from_at": "2026-11-22T09:00:00Z", "window_until_at": "2026-11-22T11:00:00Z", "access": None}
    assert excluding_rule(kind="task", group=task | {"status": "claimed"}, schedules=()) == "closed"
    assert excluding_rule(kind="task", group=task | {"status": "open"}, schedules=()) is None
