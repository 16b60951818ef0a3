"""A person, a walking group and their features, to change one thing at a time."""

from datetime import date

from ml.features import FEATURE_NAMES, RULES, first_rule, matrix
from ml.inputs import candidate_inputs, columns, query_inputs

TODAY = date(2026, 11, 21)  # a Saturday

REFERRAL = {"needs": ["loneliness", "inactivity"], "main_need": "loneliness", "budget_pence": 400}
PERSON = {
    "easting": 570_000, "northing": 206_000, "birth_on": "1950-11-22", "languages": ["en"], "access_needs": [],
    "travel": "walk", "max_km": 6, "availability": ["mon_am", "wed_pm"], "group_preference": "small",
}  # fmt: skip
GROUP = {
    "name": "Made-up walkers", "category": "walking", "easting": 573_000, "northing": 210_000, "languages": ["en"],
    "access": ["step_free"], "cost_pence": 200, "group_size": 8,
}  # fmt: skip
MONDAYS = {"frequency": "weekly", "weekday": "mon", "from_time": "10:00", "until_time": "12:00"}
COUNTS = {"places_total": 10, "places_open": 4, "shown": 90, "chosen": 9, "started": 6, "sustained": 3, "chosen_90d": 5}


def inputs(*, referral=None, person=None, group=None, kind="asset", schedules=(MONDAYS,), counts=COUNTS):
    query = query_inputs(REFERRAL | (referral or {}), PERSON | (person or {}), today=TODAY)
    return columns(query, [candidate_inputs(kind, GROUP | (group or {}), schedules, counts, today=TODAY)])


def features(**changes):
    return dict(zip(FEATURE_NAMES, matrix(inputs(**changes))[0].tolist(), strict=True))


def excluding_rule(**changes):
    place = first_rule(inputs(**changes))[0]
    return None if place < 0 else RULES[place].name
