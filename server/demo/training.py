"""A made-up catalogue of trainings, and what some made-up volunteers have done of it."""

from collections.abc import Iterator
from typing import Any, Final

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
#: Volunteer, training, day, what was shown; what nobody has verified yet comes last.
_DONE: Final = (
    ("newcomer-0", "induction", "2026-06-15", "Attended"),
    ("newcomer-0", "safeguarding", "2024-12-09", "Certificate MU-104"),
    ("newcomer-0", "lifting", "2026-02-20", "Certificate MU-377"),
    ("newcomer-1", "induction", "2026-10-01", "Attended"),
    ("newcomer-1", "lifting", "2025-12-01", "Certificate MU-211"),
    ("newcomer-1", "food-hygiene", "2026-03-03", "Certificate MU-402"),
)


def made_up_training() -> Iterator[Put]:
    """Give the documents, in an order in which nothing refers to what is not there yet."""
    months = {}
    for name, title, provider, covers, valid in _CATALOGUE:
        months[name] = valid
        about = {"name": title, "provider": provider, "covers": covers, "valid_months": valid, "made_up": True}
        yield Put("training", name, {**about, "needs_evidence": name != "induction"})
    for number, (volunteer, training, day, shown) in enumerate(_DONE):
        done = {"volunteer_id": volunteer, "training_id": training, "centre_id": CENTRE, "done_on": day}
        last = number == len(_DONE) - 1
        state = {"status": "unverified"} if last else _verified(day)
        said = {**done, "evidence": shown, "expires_on": last_day(day, months[training]), **state}
        yield Put("completion", f"made-up-training-{number}", said)


def _verified(day: str) -> dict[str, Any]:
    return {"status": "verified", "recorded_by": "demo", "verified_by": "demo", "verified_on": day}
