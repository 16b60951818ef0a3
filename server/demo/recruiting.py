"""Made-up people who would like to volunteer, each at another step; an employer, and what an organisation asks for."""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import Any, Final

from server.demo.days import days_ago
from server.domain.enquiries import first_step, next_step, stands_at
from server.sync.door import Put

CENTRE: Final = "centre-mid"
EMPLOYER: Final = "firm-mid"
#: Of whose working time the employer gives some.
EMPLOYEE: Final = "newcomer-0"
_DISTRICT: Final = "E07000070"
ROLE: Final = "role-mid"
_HALL: Final = "hall-mid"
#: How many days ago somebody was born who comes through school: at 16 a guardian has to agree.
_PUPIL: Final = 6042
#: Names, origins, and the steps, each so many days ago; an end says why.
_PEOPLE: Final[tuple[tuple[str, str, str, tuple[tuple[Any, ...], ...]], ...]] = (
    ("Orla", "Thistledown", "web", (("enquiry", 175), ("interview", 168), ("matched", 161),
     ("referred", 159), ("placed", 145), ("at_4_weeks", 116),
     ("at_12_weeks", 60))),
    ("Piers", "Marrowby", "event", (("enquiry", 70), ("interview", 63), ("matched", 53),
     ("referred", 52), ("placed", 35))),
    ("Quita", "Fernhollow", "walk_in", (("enquiry", 112), ("interview", 105),
     ("withdrawn", 103, "time"))),
    ("Rhys", "Copperpot", "phone", (("enquiry", 140), ("no_reply", 119, "unanswered"))),
    ("Sunita", "Larkspurr", "app", (("enquiry", 21), ("interview", 14))),
    ("Tobias", "Underhay", "school", (("enquiry", 7),)),
)  # fmt: skip


def made_up_recruiting(today: date) -> Iterator[Put]:
    """Give the documents, in an order in which nothing refers to what is not there yet.

    today : before which all of it happened.
    """
    yield Put("organisation", _HALL, {"name": "Melbourne Park Hall", "district": _DISTRICT, "made_up": True})
    yield Put("opportunity", ROLE, _role())
    yield Put("employer", EMPLOYER, {"name": "Brightwater Pumps", "centre_id": CENTRE, "allowance_min": 90_000,
                                     "year_month": 4, "made_up": True})  # fmt: skip
    books = {"name": "Keep our accounts", "category": "other", "skills": ["admin"], "role_type": "skilled"}
    asked = {"centre_id": CENTRE, "organisation_id": _HALL, "online": True, "asked_on": days_ago(today, 11)}
    yield Put("role_request", "request-mid", {**asked, **books})
    for number, (given, family, origin, steps) in enumerate(_PEOPLE):
        days = tuple((step, days_ago(today, ago), *why) for step, ago, *why in steps)
        yield from _person(f"newcomer-{number}", given, family, origin, days, days_ago(today, _PUPIL))


def _role() -> dict[str, Any]:
    what = {"name": "Welcome people at the hall", "category": "other", "commitment": "weekly", "min_age": 16}
    return {**what, "organisation_id": _HALL, "district": _DISTRICT, "role_type": "recurring", "made_up": True}


def _person(
    name: str, given: str, family: str, origin: str, steps: tuple[tuple[str, ...], ...], born: str
) -> Iterator[Put]:
    status = "active" if any(step[0] == "placed" for step in steps) else "enquiry"
    names = {"given_name": given, "family_name": family, "district": _DISTRICT, "max_km": 5}
    works = {"employer_id": EMPLOYER} if name == EMPLOYEE else {}
    age = {"birth_on": born} if origin == "school" else {}
    yield Put("volunteer", name, {"centre_id": CENTRE, **names, **works, **age, "status": status, "made_up": True})
    made = list(walk(f"enquiry-{name}", name, origin, steps))
    yield made[-1]  # the enquiry as it stands, before its steps
    yield from made[:-1]


def walk(enquiry_id: str, name: str, origin: str, steps: tuple[tuple[str, ...], ...]) -> Iterator[Put]:
    """Give the steps of an enquiry, and last the enquiry as it then stands. steps : name, day, and why for an end."""
    doc: dict[str, Any] = {"volunteer_id": name, "centre_id": CENTRE, "origin": origin, "enquired_on": steps[0][1],
                           "opportunity_id": None, "status": "enquiry", "reached": "enquiry", "steps": 1,
                           "stepped_on": None, "placed_on": None, "check_on": None, "made_up": True}  # fmt: skip
    yield Put("enquiry_step", f"{enquiry_id}-1", first_step(enquiry_id, doc))
    for before, (step, on, *why) in pairwise(steps):
        args = {"from_step": before[0], "step": step, "stepped_on": on, "reason": why[0] if why else None}
        role = {"opportunity_id": ROLE} if step == "matched" else {}
        taken = next_step(enquiry_id, doc, {**args, **role})
        doc |= stands_at(doc, taken)
        yield Put("enquiry_step", f"{enquiry_id}-{taken['number']}", taken)
    yield Put("enquiry", enquiry_id, doc)
