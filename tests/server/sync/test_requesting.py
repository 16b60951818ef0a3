"""Organisations ask, the centre publishes, volunteers say that they are interested: an enquiry begins."""

from dataclasses import replace
from typing import Any

import pytest

from server.sync.model import Key, Outcome, Receipt
from server.sync.ports import Store
from tests.builders import DISTRICT, TENANT, Phone, centre, put, volunteer

ASKED = {"centre_id": "centre-a", "organisation_id": "org-1", "name": "Keep our books", "category": "other",
         "skills": ["admin"], "role_type": "skilled", "online": True, "asked_on": "2026-11-20"}  # fmt: skip


@pytest.fixture
def desk(store: Store) -> Phone:
    put(store, "organisation", "org-1", {"name": "The Hall Trust", "district": DISTRICT})
    put(store, "volunteer", "volunteer-1", {"centre_id": "centre-a", "given_name": "Vera", "family_name": "Shah"})
    return Phone(store, replace(centre(), scopes=frozenset({*centre().scopes, "directory:county"})))


def vera(store: Store, device: str = "vera-phone") -> Phone:
    who = volunteer(1, device)
    return Phone(store, replace(who, scopes=frozenset({*who.scopes, "directory:county"})))


def publish(desk: Phone, **fields: Any) -> str:
    desk.create("role_request", "r1", **{**ASKED, **fields})
    assert desk.command("publish_request", "role_request", "r1").outcome is Outcome.APPLIED
    name: str = doc(desk.store, "role_request", "r1")["opportunity_id"]
    return name


def doc(store: Store, kind: str, name: str) -> Any:
    with store.read(TENANT) as view:
        return view.records([Key(kind, name)])[Key(kind, name)].doc


def problem(receipt: Receipt) -> str:
    assert receipt.problem, receipt.outcome
    return receipt.problem.slug


def enquiries(store: Store) -> list[Any]:
    with store.read(TENANT) as view:
        return [one.doc for one in view.of_kind("enquiry")]


def test_a_request_is_published_once_as_a_role_that_can_be_done_from_anywhere(store: Store, desk: Phone) -> None:
    role = doc(store, "opportunity", publish(desk))
    told = {name: role[name] for name in ("name", "skills", "role_type", "online", "district", "organisation_id")}
    assert told == {"name": "Keep our books", "skills": ["admin"], "role_type": "skilled", "online": True,
                    "district": "county", "organisation_id": "org-1"}  # fmt: skip
    assert desk.command("publish_request", "role_request", "r1").outcome is Outcome.DUPLICATE


def test_an_interest_begins_one_enquiry_however_often_it_is_said(store: Store, desk: Phone) -> None:
    name = publish(desk)
    receipts = [vera(store, device).command("express_interest", "opportunity", name) for device in ("one", "two")]
    assert [receipt.outcome for receipt in receipts] == [Outcome.APPLIED, Outcome.DUPLICATE]
    (enquiry,) = enquiries(store)
    assert (enquiry["volunteer_id"], enquiry["origin"], enquiry["opportunity_id"]) == ("volunteer-1", "app", name)
    with store.read(TENANT) as view:
        assert [one.doc["step"] for one in view.of_kind("enquiry_step")] == ["enquiry"]


def test_an_interest_that_a_rule_forbids_is_refused_by_its_name(store: Store, desk: Phone) -> None:
    name = publish(desk, min_age=18, dbs_level="basic")
    desk.patch("volunteer", "volunteer-1", 9, birth_on="2010-03-01")
    refused = vera(store).command("express_interest", "opportunity", name)
    assert refused.problem
    assert (refused.problem.slug, set(refused.problem.errors)) == (
        "not-qualified", {"dbs_level", "min_age", "guardian_consent"},
    )  # fmt: skip
    assert enquiries(store) == []


def test_a_role_that_is_over_takes_no_interest(store: Store, desk: Phone) -> None:
    name = publish(desk, closes_on="2026-11-20")
    assert problem(vera(store).command("express_interest", "opportunity", name)) == "role-closed"
    assert problem(desk.command("express_interest", "opportunity", name)) == "not-a-volunteer"


def test_a_request_is_declined_with_a_reason_and_not_once_it_is_published(store: Store, desk: Phone) -> None:
    desk.create("role_request", "r1", **ASKED)
    assert problem(desk.command("decline_request", "role_request", "r1")) == "invalid"
    assert desk.command("decline_request", "role_request", "r1", reason="paid_work").outcome is Outcome.APPLIED
    assert desk.command("publish_request", "role_request", "r1").outcome is Outcome.APPLIED
    assert problem(desk.command("decline_request", "role_request", "r1", reason="filled")) == "request-published"


def test_a_reference_is_the_centres_own_and_goes_with_the_volunteer_to_another(store: Store, desk: Phone) -> None:
    said = {"volunteer_id": "volunteer-1", "centre_id": "centre-a", "type": "reference", "requested_on": "2026-11-20"}
    assert desk.create("check", "c1", **said).outcome is Outcome.APPLIED
    assert problem(desk.create("check", "c2", **{**said, "centre_id": "centre-b"})) == "not-yours"
    assert not [row for row in vera(store).pull().rows if row.kind == "check"]
    both = replace(centre("both"), scopes=frozenset({"centre:centre-a", "centre:centre-b"}))
    Phone(store, both).patch("volunteer", "volunteer-1", 9, centre_id="centre-b")
    assert doc(store, "check", "c1")["centre_id"] == "centre-b"
