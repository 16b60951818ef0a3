"""A request with a few groups that differ in one thing each."""

from datetime import date

from server.recommend import Candidate, Request

TODAY = date(2026, 11, 21)
REFERRAL = {"person_id": "p-1", "team_id": "t-1", "needs": ["loneliness"], "main_need": "loneliness"}
PERSON = {"team_id": "t-1", "easting": 570_000, "northing": 206_000, "languages": ["en"], "max_km": 5, "travel": "bus"}
MONDAYS = {"frequency": "weekly", "weekday": "mon", "from_time": "10:00", "until_time": "12:00"}


def group(name, *, kind="asset", schedules=(MONDAYS,), counts=None, **changes):
    doc = {"name": name, "category": "social_group", "easting": 570_000, "northing": 207_000, "languages": ["en"]}
    return Candidate(kind, name, doc | {"cost_pence": 0} | changes, schedules, counts)


def request(*candidates, referral_id="r-1", person=None, limit=10):
    return Request(referral_id, REFERRAL, PERSON | (person or {}), candidates, TODAY, limit)
