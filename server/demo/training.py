"""A made-up catalogue of trainings, and what some made-up volunteers have done of it."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, Final

from server.demo.days import days_ago
from server.demo.recruiting import CENTRE
from server.domain.training import last_day
from server.sync.door import Put

#: Id, name, provider, what it covers, for how many months it is good.
_CATALOGUE: Final = (
    ("induction", "Welcome to volunteering", "Mid Essex Volunteer Centre", "How we work, and whom to ring.", None),
    ("safeguarding", "Keeping people safe", "Made-Up Learning", "What to notice, what to do, what not to ask.", 24),
    ("food-hygiene", "Food hygiene, level 2", "Made-Up Learning", "Storing, cooking and serving food safely.", 36),
    ("lifting", "Lifting and moving safely", "Made-Up Learning", "Wheelchairs, steps and shopping.", 12),
)
#: Volunteer, training, days ago, what was shown; what nobody has verified yet comes last.
_DONE: Final = (
    ("newcomer-0", "induction", 161, "Attended"),
    ("newcomer-0", "safeguarding", 714, "Certificate MU-104"),
    ("newcomer-0", "lifting", 276, "Certificate MU-377"),
    ("newcomer-1", "induction", 53, "Attended"),
    ("newcomer-1", "lifting", 357, "Certificate MU-211"),
    ("newcomer-1", "food-hygiene", 265, "Certificate MU-402"),
)


#: The same of somebody with a sign-in, so that one always runs out soon and one is over.
_LATELY: Final = (
    ("induction", 400, "Attended", True),
    ("lifting", 345, "Certificate MU-518", True),
    ("safeguarding", 760, "Certificate MU-090", True),
    ("food-hygiene", 3, "Certificate MU-533", False),
)
_WHO: Final = "volunteer-000"
_PLACE: Final = {"district": "E07000070", "easting": 566000, "northing": 199000}


def made_up_training(today: date) -> Iterator[Put]:
    """Give the documents, in an order in which nothing refers to what is not there yet."""
    months = {}
    for name, title, provider, covers, valid in _CATALOGUE:
        months[name] = valid
        about = {"name": title, "provider": provider, "covers": covers, "valid_months": valid, "made_up": True}
        yield Put("training", name, {**about, "needs_evidence": name != "induction"})
    for number, (volunteer, training, ago, shown) in enumerate(_DONE):
        day = days_ago(today, ago)
        done = {"volunteer_id": volunteer, "training_id": training, "centre_id": CENTRE, "done_on": day}
        last = number == len(_DONE) - 1
        state = {"status": "unverified"} if last else _verified(day)
        said = {**done, "evidence": shown, "expires_on": last_day(day, months[training]), **state}
        yield Put("completion", f"made-up-training-{number}", said)
    for number, (training, ago, shown, seen) in enumerate(_LATELY):
        day = days_ago(today, ago)
        done = {"volunteer_id": _WHO, "training_id": training, "centre_id": CENTRE, "done_on": day, "evidence": shown}
        state = _verified(day) if seen else {"status": "unverified"}
        yield Put(
            "completion", f"own-training-{number}", {**done, "expires_on": last_day(day, months[training]), **state}
        )
    yield from _gated(today)


def _gated(today: date) -> Iterator[Put]:
    """Give a task and a role that ask for trainings, so that both sides of a gate are there to be seen."""
    on = (today + timedelta(days=3)).isoformat()
    when = {"window_from_at": f"{on}T10:00:00Z", "window_until_at": f"{on}T12:00:00Z", "minutes": 60}
    push = {
        "name": "Push a wheelchair to the market",
        "type": "company",
        "category": "befriending",
        "training": ["lifting"],
    }
    yield Put("task", "task-wheelchair", {"centre_id": CENTRE, **push, **when, **_PLACE})
    cook = {"name": "Cook at the lunch club", "category": "cooking", "training": ["food-hygiene", "safeguarding"]}
    told = {"role_type": "recurring", "commitment": "weekly", "made_up": True}
    yield Put("opportunity", "role-lunch", {**cook, **told, **_PLACE})


def _verified(day: str) -> dict[str, Any]:
    return {"status": "verified", "recorded_by": "demo", "verified_by": "demo", "verified_on": day}
