"""A volunteer, a task and their features, to change one thing at a time."""

from datetime import date

from ml.features.volunteers import VOLUNTEERS
from ml.features.volunteers.inputs import Past, columns_for_volunteer, task_inputs, volunteer_inputs

TODAY = date(2026, 11, 21)  # a Saturday

VOLUNTEER = {
    "centre_id": "c1", "given_name": "Edith", "family_name": "Willowbee", "skills": ["driving", "listening"],
    "languages": ["en"], "availability": ["mon_am", "mon_pm"], "travel": "car", "max_km": 8, "commitment": "hour",
    "dbs_level": "basic", "dbs_until_on": "2027-03-01", "easting": 570_000, "northing": 206_000,
    "district": "E07000070", "status": "active",
}  # fmt: skip
TASK = {
    "name": "Shopping for two", "type": "shopping", "category": "home_help", "centre_id": "c1",
    "skills": ["driving", "lifting"], "minutes": 90, "window_from_at": "2026-11-23T09:00:00Z",
    "window_until_at": "2026-11-23T11:00:00Z", "status": "open", "easting": 573_000, "northing": 210_000,
    "district": "E07000070",
}  # fmt: skip
ROLE = {
    "name": "Shop helper", "category": "other", "skills": [], "languages": ["en"], "commitment": "weekly",
    "easting": 571_000, "northing": 206_000, "district": "E07000070", "status": "active", "min_age": 18,
}  # fmt: skip
PAST = Past(
    asks_30d=2,
    asked_days_ago=6,
    asked=10,
    agreed=6,
    done=4,
    given_back=1,
    holding=1,
    types=frozenset({"shopping"}),
)


def inputs(*, volunteer=None, task=None, past=PAST, role=None, schedules=()):
    asked = volunteer_inputs(VOLUNTEER | (volunteer or {}), past, today=TODAY)
    kind, doc = ("task", TASK | (task or {})) if role is None else ("opportunity", ROLE | role)
    return columns_for_volunteer(asked, [task_inputs(kind, doc, schedules, today=TODAY)])


def features(**changes):
    return dict(zip(VOLUNTEERS.names, VOLUNTEERS.matrix(inputs(**changes))[0].tolist(), strict=True))


def excluding_rule(**changes):
    place = VOLUNTEERS.first_rule(inputs(**changes))[0]
    return None if place < 0 else VOLUNTEERS.rules[place].name
