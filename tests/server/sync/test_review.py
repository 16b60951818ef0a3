"""What was refused is kept for those who hold its record now; they release it by their own rights, or let it rest."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from server.sync.model import Key, Outcome, Principal
from server.sync.ports import Quarantined, Store
from server.sync.review import entries_for
from tests.builders import KINDS, NOW, TENANT, Phone, centre, door, person, prescriber, put, task, volunteer
from tests.promises.asking import problem_of, record, rights

B = "caseload:team-b"


def listed(store: Store, who: Principal, state: str | None = "open") -> list[Quarantined]:
    with store.read(TENANT) as view:
        return list(entries_for(who, view, KINDS, state))


@pytest.fixture
def lost(store: Store) -> tuple[Phone, Phone]:
    """Give a phone that edited a person offline while she moved to another team, and a phone of that team."""
    put(store, "person", "p", person())
    a, b = Phone(store, prescriber("phone-a")), Phone(store, prescriber("phone-b", (B,)))
    a.pull()
    put(store, "person", "p", person("team-b"))
    assert problem_of(a.patch("person", "p", 1, phone="01206 000000")) == "not-yours"
    return a, b


def test_an_edit_of_what_one_has_lost_is_for_those_who_have_it_now(lost: tuple[Phone, Phone]) -> None:
    a, b = lost
    assert listed(a.store, a.principal) == []
    (entry,) = listed(a.store, b.principal)
    assert (entry.kind, entry.id, entry.reason, entry.state) == ("person", "p", "not-yours", "open")
    assert listed(a.store, volunteer(1)) == []


def test_what_is_released_is_applied_by_the_reviewers_rights(lost: tuple[Phone, Phone]) -> None:
    a, b = lost
    (entry,) = listed(a.store, b.principal)
    assert door(a.store).review(entry.name, b.principal, release=True).outcome is Outcome.MERGED
    assert record(a.store, "person", "p")["phone"] == "01206 000000"
    (settled,) = listed(a.store, b.principal, "released")
    assert (settled.settled_by, settled.settled_at) == (b.principal.account_id, "2026-11-21T09:30:00.000Z")
    with pytest.raises(KeyError):  # once
        door(a.store).review(entry.name, b.principal, release=True)
    with a.store.read(TENANT) as view:
        assert [(seen.what, seen.account) for seen in view.seen(Key("person", "p"))] == [
            ("released", b.principal.account_id)
        ]
    assert asked_later(a, entry.mid) == ["merged"]


def asked_later(phone: Phone, mid: str) -> list[str]:
    with phone.store.write(TENANT) as work:
        return [later.outcome.value for later in work.later(phone.principal.device_id, [mid])]


def test_who_does_not_hold_the_record_releases_nothing(lost: tuple[Phone, Phone]) -> None:
    a, b = lost
    (entry,) = listed(a.store, b.principal)
    for stranger in (a.principal, volunteer(1), prescriber("c", ("caseload:team-c",))):
        with pytest.raises(KeyError):
            door(a.store).review(entry.name, stranger, release=True)
    assert record(a.store, "person", "p")["phone"] is None


def test_what_still_cannot_be_applied_stays_and_says_why(store: Store) -> None:
    phone = Phone(store, prescriber())
    phone.create("person", "p", **person(given_name=7))
    (entry,) = listed(store, phone.principal)
    verdict = door(store).review(entry.name, phone.principal, release=True)
    assert verdict.problem is not None
    assert verdict.problem.slug == "invalid"
    assert listed(store, phone.principal) == [entry]


def test_what_is_dropped_is_kept_and_asks_no_more(store: Store) -> None:
    phone = Phone(store, prescriber())
    phone.create("person", "p", **person(given_name=7))
    (entry,) = listed(store, phone.principal)
    door(store).review(entry.name, phone.principal, release=False)
    assert listed(store, phone.principal) == []
    assert [one.payload for one in listed(store, phone.principal, "dropped")] == [entry.payload]


def test_a_released_edit_that_met_a_newer_one_leaves_a_conflict(lost: tuple[Phone, Phone]) -> None:
    a, b = lost
    b.patch("person", "p", 2, phone="01206 111111")
    (entry,) = listed(a.store, b.principal)
    assert (
        door(a.store, NOW + timedelta(hours=1)).review(entry.name, b.principal, release=True).outcome
        is Outcome.CONFLICT
    )
    assert record(a.store, "person", "p")["phone"] == "01206 000000"
    assert [row.kind for row in b.pull().rows] == ["person", "conflict"]


@pytest.mark.parametrize("error", [timedelta(days=-3650), timedelta(0), timedelta(days=3650)])
def test_whether_a_record_was_lost_is_judged_by_sequence_and_never_by_clock(store: Store, error: timedelta) -> None:
    put(store, "person", "p", person())
    a = Phone(store, prescriber("phone-a"), clock_error=error)
    early = a.mutation("patch", "person", "p", 1, set={"phone": "01206 000000"})  # made while it was theirs
    put(store, "person", "p", person("team-b"))
    assert problem_of(a.push(early, sent_at=NOW + timedelta(hours=5)).results[0]) == "not-yours"
    assert [entry.id for entry in listed(store, prescriber("phone-b", (B,)))] == ["p"]


# ── grants that change under way ──────────────────────────────────────────────────────────────────────────────────


def test_a_record_that_leaves_between_two_changes_of_one_push_stops_the_second_alone(store: Store) -> None:
    put(store, "person", "p", person())
    phone = Phone(store, prescriber(scopes=("caseload:team-a", B)))
    away = phone.mutation("patch", "person", "p", 1, set={"team_id": "team-b"})
    phone.principal = replace(phone.principal, scopes=frozenset({"caseload:team-a", B}))
    edit = phone.mutation("patch", "person", "p", 1, set={"phone": "1"})
    assert [receipt.outcome for receipt in phone.push(away, edit).results] == [Outcome.APPLIED, Outcome.APPLIED]
    only_a = Phone(store, prescriber("phone-x"))
    back = only_a.mutation("patch", "person", "p", 1, set={"phone": "2"})
    other = only_a.mutation("create", "person", "q", set=person())
    assert [problem_of(receipt) for receipt in only_a.push(back, other).results] == ["not-yours", ""]


def test_a_grant_revoked_between_push_and_deferral_sends_the_change_to_the_new_owner(store: Store) -> None:
    phone = Phone(store, prescriber())
    child = {"person_id": "p", "team_id": "team-b", "needs": ["money"], "received_on": "2026-11-20"}
    phone.principal = replace(phone.principal, scopes=frozenset({"caseload:team-a", B}))
    phone.create("referral", "r", **child)
    rights(store, phone.principal, frozenset({"caseload:team-a"}))
    put(store, "person", "p", person("team-b"))
    assert [(entry.id, entry.reason) for entry in listed(store, prescriber("phone-b", (B,)))] == [("r", "not-yours")]
    assert listed(store, phone.principal) == [] or B in phone.principal.scopes


def test_a_command_of_a_device_whose_grants_changed_meanwhile_is_refused(store: Store) -> None:
    put(store, "task", "task-1", task())
    mine = Phone(store, volunteer(1))
    claim = mine.mutation("command", "task", "task-1", command=command("claim"))
    mine.principal = replace(mine.principal, scopes=frozenset({"volunteer:volunteer-1"}))
    assert problem_of(mine.push(claim).results[0]) == "not-yours"
    with store.read(TENANT) as view:
        assert list(view.of_kind("claim")) == []


def command(name: str, **args: Any) -> Any:
    from server.sync.model import Command

    return Command(name, args)


# ── staff end a claimed task ──────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("status", "claim"), [("done", "done"), ("open", "released"), ("cancelled", "released")])
def test_a_claimed_task_that_staff_end_has_no_claim_left(store: Store, status: str, claim: str) -> None:
    put(store, "volunteer", "volunteer-1", {"given_name": "Vic", "family_name": "Dale", "centre_id": "centre-a"})
    put(store, "task", "task-1", task())
    Phone(store, volunteer(1)).command("claim", "task", "task-1")
    put(store, "task", "task-1", task(status=status))
    with store.read(TENANT) as view:
        assert [stored.doc["status"] for stored in view.of_kind("claim")] == [claim]
    put(store, "task", "task-1", task())
    assert Phone(store, volunteer(2)).command("claim", "task", "task-1").outcome is Outcome.APPLIED


def test_a_claim_that_staff_end_frees_its_task(store: Store) -> None:
    put(store, "volunteer", "volunteer-1", {"given_name": "Vic", "family_name": "Dale", "centre_id": "centre-a"})
    put(store, "task", "task-1", task())
    Phone(store, volunteer(1)).command("claim", "task", "task-1")
    with store.read(TENANT) as view:
        (claim,) = view.of_kind("claim")
    put(store, "claim", claim.key.id, {**claim.doc, "status": "released"})
    put(store, "task", "task-1", task())
    assert Phone(store, volunteer(2)).command("claim", "task", "task-1").outcome is Outcome.APPLIED
    assert Phone(store, centre()).command("release", "task", "task-1").outcome is Outcome.APPLIED


# ── settling what others have written over meanwhile ──────────────────────────────────────────────────────────────


def test_what_somebody_wrote_after_the_conflict_is_not_lost_when_it_is_settled(store: Store) -> None:
    put(store, "person", "p", person())
    a, b, c = (Phone(store, prescriber(f"phone-{name}")) for name in "abc")
    a.patch("person", "p", 1, given_name="Grace")
    b.patch("person", "p", 1, given_name="Joan")
    (conflict,) = [row.id for row in a.pull().rows if row.kind == "conflict"]
    c.pull()
    c.patch("person", "p", 9, given_name="Ruth")  # unseen by the one who settles
    settled = a.command("resolve_conflict", "conflict", conflict, keep="theirs")
    assert settled.outcome is Outcome.APPLIED
    with store.read(TENANT) as view:
        open_ones = [stored.doc for stored in view.of_kind("conflict") if stored.doc["status"] == "open"]
    assert [{doc["mine"]["value"], doc["theirs"]["value"]} for doc in open_ones] == [{"Grace", "Ruth"}]
