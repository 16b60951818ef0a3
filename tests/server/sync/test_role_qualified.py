"""A role asks for checks and trainings as a task does: at the match, again at the referral and at the start."""

from datetime import timedelta
from typing import Any

from server.sync.model import Key, Outcome, Receipt
from server.sync.ports import Store
from tests.builders import DISTRICT, NOW, TENANT, Phone, centre, put

VERA = {"centre_id": "centre-a", "given_name": "Vera", "family_name": "Shah", "dbs_level": "basic"}
ROLE = {"name": "Driver", "category": "transport", "district": DISTRICT, "dbs_level": "basic", "training": ["lift"]}


def step(phone: Phone, came_from: str, to: str, on: str = "2026-11-21") -> Receipt:
    args = {"from_step": came_from, "step": to, "stepped_on": on, "opportunity_id": "role-1"}
    return phone.command("take_step", "enquiry", "e1", **args)


def lacks(receipt: Receipt) -> Any:
    assert receipt.problem, receipt.outcome
    assert receipt.problem.slug == "not-qualified"
    return set(receipt.problem.errors)


def test_what_a_role_asks_for_is_looked_at_on_each_day_that_it_matters(store: Store) -> None:
    put(store, "training", "lift", {"name": "Lifting safely", "district": "county"})
    put(store, "volunteer", "v1", {**VERA, "dbs_until_on": "2026-11-21"})
    put(store, "opportunity", "role-1", ROLE)
    desk = Phone(store, centre())
    asked = {"volunteer_id": "v1", "centre_id": "centre-a"}
    desk.create("enquiry", "e1", **asked, origin="web", enquired_on="2026-11-01")
    step(desk, "enquiry", "interview")
    assert lacks(step(desk, "interview", "matched")) == {"training"}
    put(store, "completion", "c1", {**asked, "training_id": "lift", "done_on": "2026-11-02", "status": "verified"})
    assert step(desk, "interview", "matched").outcome is Outcome.APPLIED
    later = Phone(store, centre("other"), now=NOW + timedelta(days=1))
    assert lacks(step(later, "matched", "referred", "2026-11-22")) == {"dbs_level"}
    with store.read(TENANT) as view:
        assert view.records([Key("enquiry", "e1")])[Key("enquiry", "e1")].doc["status"] == "matched"
