"""Hand-over between teams, and calls to a hub: one owner at a time, every step kept, one of two wins."""

from dataclasses import replace
from typing import Any

import pytest

from server.sync.model import Key, Outcome, Principal, Receipt
from server.sync.ports import Store
from tests.builders import NOW, TENANT, Phone, door, put

TEAMS = ("team-a", "team-b", "team-c")


def worker(team: str, device: str | None = None) -> Principal:
    scopes = frozenset({f"caseload:{team}", "directory:county"})
    return Principal(TENANT, f"account-{device or team}", device or team, frozenset({"prescriber"}), scopes)


def hub(device: str = "hub-phone") -> Principal:
    scopes = frozenset({"hub:hub-a", "directory:county"})
    return Principal(TENANT, f"account-{device}", device, frozenset({"hub"}), scopes)


@pytest.fixture(autouse=True)
def teams(store: Store) -> None:
    for team in TEAMS:
        put(store, "team", team, {"name": team.title(), "status": "closed" if team == "team-c" else "active"})


def case(store: Store) -> Phone:
    """A person with a consent, a referral and a note, all of team A."""
    phone = Phone(store, worker("team-a"))
    phone.create("person", "ada", team_id="team-a", given_name="Ada", family_name="Byrne")
    phone.create("consent", "c", person_id="ada", team_id="team-a", keep_record=True)
    phone.create("referral", "r", person_id="ada", team_id="team-a", needs=["loneliness"], received_on="2026-11-20")
    said = {
        "type": "call",
        "text": "Rang.",
        "written_at": "2026-11-20T09:00:00Z",
    }
    phone.create("note", "n", person_id="ada", team_id="team-a", **said)
    return phone


def to(phone: Phone, team: str, kind: str = "referral", name: str = "r", came_from: str | None = "team-a") -> Receipt:
    return phone.command("hand_over", kind, name, team_id=team, from_team_id=came_from, reason="area")


def problem(receipt: Receipt) -> str:
    assert receipt.problem
    return receipt.problem.slug


def held(phone: Phone) -> set[tuple[str, str]]:
    rows = Phone(phone.store, phone.principal).pull().rows
    return {(row.kind, row.id) for row in rows if row.doc is not None and row.kind not in ("team", "handover")}


def test_a_referral_goes_to_another_team_by_being_handed_over_and_no_other_way(store: Store) -> None:
    case(store)
    both = Phone(store, replace(worker("team-a", "both"), scopes=frozenset({"caseload:team-a", "caseload:team-b"})))
    refused = both.patch("referral", "r", 99, team_id="team-b")
    assert refused.problem is not None
    assert (problem(refused), list(refused.problem.errors)) == ("immutable", ["team_id"])
    assert both.patch("referral", "r", 99, team_id="team-a").outcome is Outcome.DUPLICATE


def test_whoever_lets_a_person_go_to_another_team_is_in_the_audit(store: Store) -> None:
    case(store)
    both = Phone(store, replace(worker("team-a", "both"), scopes=frozenset({"caseload:team-a", "caseload:team-b"})))
    assert both.patch("person", "ada", 99, team_id="team-b").outcome is not Outcome.REJECTED
    with store.read(TENANT) as view:
        seen = [(one.account, one.id) for one in view.seen() if one.what == "moved"]
    assert seen == [("account-both", "ada")]


CASE = {("person", "ada"), ("consent", "c"), ("referral", "r"), ("note", "n")}


def test_a_person_goes_to_another_team_whole_and_the_step_is_kept(store: Store) -> None:
    one, two = case(store), Phone(store, worker("team-b"))
    assert (held(one), held(two)) == (CASE, set())
    receipt = to(one, "team-b")
    assert receipt.outcome is Outcome.APPLIED
    assert receipt.row
    assert receipt.row.kind == "handover"  # the referral itself is no longer the sender's to see
    assert (held(one), held(two)) == (set(), CASE)
    with store.read(TENANT) as view:
        (step,) = (stored.doc for stored in view.of_kind("handover"))
    said = {name: step[name] for name in ("from_team_id", "team_id", "number", "reason", "handed_on")}
    assert said == {"from_team_id": "team-a", "team_id": "team-b", "number": 1, "reason": "area",
                    "handed_on": "2026-11-21"}  # fmt: skip


def test_of_two_hand_overs_made_offline_one_wins_and_the_other_is_told_where_it_went(store: Store) -> None:
    one, two = case(store), Phone(store, worker("team-a", "second"))
    put(store, "team", "team-c", {"name": "Team C"})
    receipts = [to(one, "team-b"), to(two, "team-c")]
    assert (receipts[0].outcome, problem(receipts[1])) == (Outcome.APPLIED, "handed-over-already")
    assert receipts[1].row
    assert '"team_id":"team-b"' in (receipts[1].row.doc or "")


def test_whoever_never_had_it_is_told_nothing(store: Store) -> None:
    to(case(store), "team-b")
    assert problem(to(Phone(store, worker("team-c")), "team-a", came_from="team-b")) == "not-yours"


def test_a_step_back_and_another_one_on_are_three_steps(store: Store) -> None:
    one, two = case(store), Phone(store, worker("team-b"))
    outcomes = [to(one, "team-b"), to(two, "team-a", came_from="team-b"), to(one, "team-b")]
    assert [receipt.outcome for receipt in outcomes] == [Outcome.APPLIED] * 3
    with store.read(TENANT) as view:
        assert sorted(stored.doc["number"] for stored in view.of_kind("handover")) == [1, 2, 3]


@pytest.mark.parametrize("team", ["team-c", "nowhere", None, 7, ["team-b"]])
def test_nothing_goes_to_a_team_that_is_not_there(store: Store, team: Any) -> None:
    phone = case(store)
    assert problem(to(phone, team)) == "invalid"
    assert held(phone) == CASE


def test_what_stays_where_it_is_has_made_no_step(store: Store) -> None:
    assert to(case(store), "team-a").outcome is Outcome.DUPLICATE


def test_a_history_cannot_be_written_by_hand(store: Store) -> None:
    said = {"record_kind": "referral", "record_id": "r", "number": 1, "team_id": "team-a", "handed_on": "2026-11-21"}
    assert problem(case(store).send("create", "handover", "h", set=said)) == "read-only"


# ── calls to a hub ────────────────────────────────────────────────────────────────────────────────────────────────


def call(store: Store, *, agreed: bool = True, said: str | None = None) -> Phone:
    phone = Phone(store, hub())
    phone.create(
        "intake", "call", hub_id="hub-a", taken_on="2026-11-20", caller_name="Cal Reed", relation="neighbour",
        agreed=agreed, given_name="Bea", family_name="Shaw", phone="07700 900123", needs=["food"], urgency="soon",
        said=said,
    )  # fmt: skip
    return phone


def on(phone: Phone, team: str, came_from: str | None = None) -> Receipt:
    return to(phone, team, "intake", "call", came_from)


def test_a_call_becomes_a_person_with_consent_and_a_referral_in_the_team_that_takes_it_up(store: Store) -> None:
    desk, team = call(store), Phone(store, worker("team-a"))
    assert on(desk, "team-a").outcome is Outcome.APPLIED
    assert team.command("take_up", "intake", "call", keep_record=True).outcome is Outcome.APPLIED
    with store.read(TENANT) as view:
        (person,), (consent,), (referral,) = (list(view.of_kind(kind)) for kind in ("person", "consent", "referral"))
    assert (person.doc["given_name"], person.doc["team_id"]) == ("Bea", "team-a")
    assert (consent.doc["person_id"], consent.doc["keep_record"]) == (person.key.id, True)
    told = [referral.doc[name] for name in ("person_id", "consent_id", "source", "needs", "urgency")]
    assert told == [person.key.id, consent.key.id, "phone_call", ["food"], "soon"]
    assert {kind for kind, _ in held(desk)} == {"intake"}  # the hub sees that it was taken up, and no caseload


def test_of_a_call_in_which_much_was_said_the_referral_has_what_its_comment_has_room_for(store: Store) -> None:
    on(call(store, said="m" * 4000), "team-a")
    team = Phone(store, worker("team-a"))
    assert team.command("take_up", "intake", "call", keep_record=True).outcome is Outcome.APPLIED
    with store.read(TENANT) as view:
        (referral,), (intake,) = (list(view.of_kind(kind)) for kind in ("referral", "intake"))
    assert (referral.doc["comment"], intake.doc["said"]) == ("m" * 2000, "m" * 4000)


def test_two_workers_take_up_one_call_and_one_is_told(store: Store) -> None:
    on(call(store), "team-a")
    workers = [Phone(store, worker("team-a", name)) for name in ("one", "two")]
    receipts = [phone.command("take_up", "intake", "call", keep_record=True) for phone in workers]
    assert (receipts[0].outcome, problem(receipts[1])) == (Outcome.APPLIED, "taken-up-already")
    assert problem(on(workers[0], "team-b", "team-a")) == "taken-up-already"


def test_nobody_is_taken_up_who_has_not_agreed(store: Store) -> None:
    on(call(store, agreed=False), "team-a")
    team = Phone(store, worker("team-a"))
    assert problem(team.command("take_up", "intake", "call", keep_record=True)) == "invalid"
    assert problem(team.command("take_up", "intake", "call")) == "invalid"


def test_two_phones_of_a_hub_hand_over_one_call_and_one_is_told(store: Store) -> None:
    one, two = call(store), Phone(store, hub("other"))
    receipts = [on(one, "team-a"), on(two, "team-b")]
    assert (receipts[0].outcome, problem(receipts[1])) == (Outcome.APPLIED, "handed-over-already")
    assert on(two, "team-a", "team-a").outcome is Outcome.DUPLICATE


def test_a_hub_takes_nothing_up_itself(store: Store) -> None:
    desk = call(store)
    assert problem(desk.command("take_up", "intake", "call", keep_record=True)) == "not-yours"


def test_erasing_the_person_erases_the_call_they_came_by(store: Store) -> None:
    on(call(store), "team-a")
    Phone(store, worker("team-a")).command("take_up", "intake", "call", keep_record=True)
    with store.read(TENANT) as view:
        (person,) = view.of_kind("person")
    door(store, NOW).erase([person.key])
    with store.read(TENANT) as view:
        intake = view.records([Key("intake", "call")])[Key("intake", "call")]
    assert intake.erased
    assert "Bea" not in str(intake.doc)
