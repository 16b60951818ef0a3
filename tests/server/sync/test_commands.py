from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from server.sync.door import Put
from server.sync.model import Key, Outcome, Receipt
from server.sync.ports import Store
from tests.builders import (
    DISTRICT,
    TENANT,
    Phone,
    centre,
    door,
    person,
    place_count,
    placement,
    prescriber,
    put,
    task,
    volunteer,
)


def document(store: Store, kind: str, record_id: str) -> dict[str, Any]:
    with store.read(TENANT) as view:
        return dict(view.records([Key(kind, record_id)])[Key(kind, record_id)].doc)


def all_of(store: Store, kind: str) -> list[dict[str, Any]]:
    with store.read(TENANT) as view:
        return [dict(stored.doc) for stored in view.of_kind(kind)]


def problem(receipt: Receipt) -> str:
    return receipt.problem.slug if receipt.problem else ""


@pytest.fixture
def with_task(store: Store) -> Store:
    detail = {"task_id": "task-1", "centre_id": "centre-a", "name": "Mrs Made-Up", "address": "1 High Street"}
    names = {"given_name": "Vic", "family_name": "Dale", "centre_id": "centre-a"}
    door(store).write(
        [
            *(Put("volunteer", f"volunteer-{n}", names) for n in (1, 2)),
            Put("task", "task-1", task()),
            Put("task_detail", "task-1", detail),
        ]
    )
    return store


def test_nobody_vouches_for_their_own_checks(with_task: Store) -> None:
    phone, desk = Phone(with_task, volunteer(1)), Phone(with_task, centre())
    version = next(row.version for row in phone.pull().rows if row.kind == "volunteer")
    receipt = phone.patch("volunteer", "volunteer-1", version, dbs_level="enhanced", phone="01632 960000")
    assert receipt.outcome is Outcome.MERGED
    assert [(conflict.field, conflict.kept) for conflict in receipt.conflicts] == [("dbs_level", "none")]
    assert desk.patch("volunteer", "volunteer-1", receipt.version, dbs_level="basic").outcome is Outcome.APPLIED


def test_a_claim_gives_the_task_and_its_private_part_to_one_volunteer(with_task: Store) -> None:
    first, second = Phone(with_task, volunteer(1)), Phone(with_task, volunteer(2))
    assert first.command("claim", "task", "task-1").outcome is Outcome.APPLIED
    kinds = {row.kind for row in first.pull().rows}
    assert kinds == {"volunteer", "task", "task_detail", "claim"}
    lost = second.command("claim", "task", "task-1")
    assert problem(lost) == "task-already-claimed"
    assert lost.row is not None
    assert '"status":"claimed"' in (lost.row.doc or "")
    assert {row.kind for row in second.pull().rows} == {"volunteer", "task"}
    (claim,) = all_of(with_task, "claim")
    assert (claim["volunteer_id"], claim["status"]) == ("volunteer-1", "active")


def test_claiming_what_one_has_is_no_second_claim(with_task: Store) -> None:
    Phone(with_task, volunteer(1)).command("claim", "task", "task-1")
    again = Phone(with_task, volunteer(1, "tablet")).command("claim", "task", "task-1")
    assert again.outcome is Outcome.DUPLICATE
    assert len(all_of(with_task, "claim")) == 1


def test_a_released_task_is_open_again_and_its_private_part_leaves_the_phone(with_task: Store) -> None:
    first, second = Phone(with_task, volunteer(1)), Phone(with_task, volunteer(2))
    first.command("claim", "task", "task-1")
    first.pull()
    assert problem(second.command("release", "task", "task-1")) == "task-not-claimed"
    assert first.command("release", "task", "task-1").outcome is Outcome.APPLIED
    assert [(row.kind, row.op) for row in first.pull().rows if row.op != "put"] == [("task_detail", "out")]
    assert second.command("claim", "task", "task-1").outcome is Outcome.APPLIED
    assert sorted(claim["status"] for claim in all_of(with_task, "claim")) == ["active", "released"]


def test_a_completed_task_keeps_the_minutes(with_task: Store) -> None:
    phone = Phone(with_task, volunteer(1))
    phone.command("claim", "task", "task-1")
    assert phone.command("complete", "task", "task-1", minutes=50).outcome is Outcome.APPLIED
    assert document(with_task, "task", "task-1")["status"] == "done"
    (claim,) = all_of(with_task, "claim")
    assert (claim["status"], claim["minutes"]) == ("done", 50)
    assert document(with_task, "task_detail", "task-1")["claimant_id"] is None
    assert problem(phone.command("claim", "task", "task-1")) == "task-not-open"


@pytest.mark.parametrize("minutes", [0, -5, 1441, 2.5, True, "50", None])
def test_a_time_that_is_none_is_refused(with_task: Store, minutes: Any) -> None:
    phone = Phone(with_task, volunteer(1))
    phone.command("claim", "task", "task-1")
    assert problem(phone.command("complete", "task", "task-1", minutes=minutes)) == "invalid"


def test_the_centre_may_take_a_task_back_and_call_it_off(with_task: Store) -> None:
    first, desk = Phone(with_task, volunteer(1)), Phone(with_task, centre())
    first.command("claim", "task", "task-1")
    assert desk.command("release", "task", "task-1").outcome is Outcome.APPLIED
    first.command("claim", "task", "task-1")
    called_off = desk.patch("task", "task-1", 0, status="cancelled")
    assert called_off.outcome in (Outcome.APPLIED, Outcome.MERGED)
    assert {claim["status"] for claim in all_of(with_task, "claim")} == {"released"}
    assert document(with_task, "task_detail", "task-1")["claimant_id"] is None


@pytest.mark.parametrize("status", ["claimed", "done"])
def test_an_edit_cannot_do_what_only_a_command_may(with_task: Store, status: str) -> None:
    desk = Phone(with_task, centre())
    receipt = desk.patch("task", "task-1", 3, status=status)
    assert receipt.outcome is Outcome.CONFLICT
    assert document(with_task, "task", "task-1")["status"] == "open"
    assert problem(desk.create("task", "task-2", **task(status=status))) == "illegal-move"


def test_only_volunteers_claim_and_only_what_they_can_see(with_task: Store) -> None:
    assert problem(Phone(with_task, centre()).command("claim", "task", "task-1")) == "not-a-volunteer"
    stranger = replace(volunteer(2), scopes=frozenset({"volunteer:volunteer-2"}))
    assert problem(Phone(with_task, stranger).command("claim", "task", "task-1")) == "not-yours"
    assert problem(Phone(with_task, volunteer(1)).command("claim", "task", "none")) == "not-yours"


def test_a_command_that_comes_too_late_does_nothing(with_task: Store) -> None:
    phone = Phone(with_task, volunteer(1))
    assert problem(phone.command("claim", "task", "task-1", valid_until="2026-11-21T09:29:59Z")) == "command-expired"
    assert problem(phone.command("claim", "task", "task-1", valid_until="soon")) == "invalid"
    assert phone.command("claim", "task", "task-1", valid_until="2026-11-21T09:30:01Z").outcome is Outcome.APPLIED


def test_a_task_whose_time_has_passed_cannot_be_claimed(with_task: Store) -> None:
    phone = Phone(with_task, volunteer(1))
    phone.now += timedelta(days=30)
    assert problem(phone.command("claim", "task", "task-1")) == "task-not-open"


def test_an_unknown_command_is_refused(with_task: Store) -> None:
    phone = Phone(with_task, volunteer(1))
    assert problem(phone.command("juggle", "task", "task-1")) == "unknown-command"
    assert problem(phone.command("claim", "volunteer", "volunteer-1")) == "unknown-command"


def test_a_claim_that_came_with_the_demonstration_can_be_released(with_task: Store) -> None:
    claim = {"task_id": "task-1", "volunteer_id": "volunteer-1", "centre_id": "centre-a", "status": "active",
             "claimed_at": "2026-11-21T09:00:00Z"}  # fmt: skip
    door(with_task).write([Put("claim", "claim-1", claim), Put("task", "task-1", task(status="claimed"))])
    assert problem(Phone(with_task, volunteer(2)).command("claim", "task", "task-1")) == "task-already-claimed"
    assert Phone(with_task, volunteer(1)).command("release", "task", "task-1").outcome is Outcome.APPLIED
    assert document(with_task, "claim", "claim-1")["status"] == "released"


@pytest.mark.parametrize("status", ["cancelled", "expired"])
def test_a_task_that_staff_call_off_is_nobodys_any_more(with_task: Store, status: str) -> None:
    first = Phone(with_task, volunteer(1))
    first.command("claim", "task", "task-1")
    first.pull()
    door(with_task).write([Put("task", "task-1", task(status=status))])
    (claim,) = all_of(with_task, "claim")
    assert (claim["status"], claim["ended_at"]) == ("released", "2026-11-21T09:30:00.000Z")
    assert document(with_task, "task_detail", "task-1")["claimant_id"] is None
    assert ("task_detail", "out") in [(row.kind, row.op) for row in first.pull().rows]
    assert problem(first.command("release", "task", "task-1")) == "task-not-claimed"


def test_a_task_that_staff_remove_is_nobodys_any_more(with_task: Store) -> None:
    Phone(with_task, volunteer(1)).command("claim", "task", "task-1")
    door(with_task).remove([Key("task", "task-1")])
    assert {claim["status"] for claim in all_of(with_task, "claim")} == {"released"}


def places(store: Store, total: int | None, placements: int = 3) -> Phone:
    door(store).write(
        [
            Put("place_count", "asset-1", place_count(total)),
            *(Put("placement", f"placement-{n}", placement(person_id=f"person-{n}")) for n in range(placements)),
        ]
    )
    return Phone(store, prescriber())


def test_places_are_offered_until_none_is_left(store: Store) -> None:
    phone = places(store, 2)
    answers = [phone.command("offer_place", "placement", f"placement-{n}") for n in range(3)]
    assert [problem(answer) for answer in answers] == ["", "", "no-place-left"]
    assert document(store, "place_count", "asset-1")["places_open"] == 0
    assert document(store, "placement", "placement-0")["status"] == "offered"
    assert document(store, "placement", "placement-2")["place_held"] == "none"


def test_a_declined_place_goes_to_the_next(store: Store) -> None:
    phone = places(store, 1)
    phone.command("offer_place", "placement", "placement-0")
    assert phone.command("decline_place", "placement", "placement-0").outcome is Outcome.APPLIED
    assert phone.command("decline_place", "placement", "placement-0").outcome is Outcome.DUPLICATE
    assert document(store, "place_count", "asset-1")["places_open"] == 1
    assert phone.command("offer_place", "placement", "placement-1").outcome is Outcome.APPLIED
    assert phone.command("accept_place", "placement", "placement-1").outcome is Outcome.APPLIED
    assert phone.command("accept_place", "placement", "placement-1").outcome is Outcome.DUPLICATE
    assert document(store, "place_count", "asset-1")["places_open"] == 0
    assert document(store, "placement", "placement-1")["place_held"] == "accepted"


def test_a_place_is_accepted_only_after_it_was_offered(store: Store) -> None:
    phone = places(store, 1)
    assert problem(phone.command("accept_place", "placement", "placement-0")) == "place-not-offered"
    assert problem(phone.command("decline_place", "placement", "placement-0")) == "place-not-held"


def test_an_item_without_a_limit_has_a_place_for_everybody(store: Store) -> None:
    phone = places(store, None)
    answers = [phone.command("offer_place", "placement", f"placement-{n}") for n in range(3)]
    assert {answer.outcome for answer in answers} == {Outcome.APPLIED}
    assert document(store, "place_count", "asset-1")["places_open"] is None


def test_a_lower_limit_never_takes_a_place_away(store: Store) -> None:
    phone = places(store, 3)
    for number in range(2):
        phone.command("offer_place", "placement", f"placement-{number}")
    put(store, "place_count", "asset-1", place_count(1))
    counted = document(store, "place_count", "asset-1")
    assert (counted["places_total"], counted["places_open"]) == (2, 0)
    put(store, "place_count", "asset-1", place_count(10, places_open=9999))
    assert document(store, "place_count", "asset-1")["places_open"] == 8


def test_an_edit_cannot_take_a_place(store: Store) -> None:
    phone = places(store, 1)
    assert phone.patch("placement", "placement-0", 2, place_held="accepted").outcome is Outcome.MERGED
    assert document(store, "placement", "placement-0")["place_held"] == "none"


@pytest.fixture
def conflicted(store: Store) -> tuple[Phone, Phone, str]:
    """Two phones that both changed a given name: Joan, from b, stands and Grace, from a, is kept."""
    put(store, "person", "p", person())
    a, b = Phone(store, prescriber("phone-a")), Phone(store, prescriber("phone-b"))
    a.patch("person", "p", 1, given_name="Grace")
    b.now += timedelta(minutes=1)
    b.patch("person", "p", 1, given_name="Joan")
    with store.read(TENANT) as view:
        (conflict,) = view.of_kind("conflict")
    return a, b, conflict.key.id


@pytest.mark.parametrize(
    ("args", "name"),
    [
        ({"keep": "mine"}, "Joan"),
        ({"keep": "theirs"}, "Grace"),
        ({"keep": "other", "value": "Joan Grace"}, "Joan Grace"),
    ],
)
def test_a_person_settles_a_conflict(conflicted: tuple[Phone, Phone, str], args: dict[str, Any], name: str) -> None:
    a, b, conflict_id = conflicted
    assert a.command("resolve_conflict", "conflict", conflict_id, **args).outcome is Outcome.APPLIED
    assert document(a.store, "person", "p")["given_name"] == name
    settled = document(a.store, "conflict", conflict_id)
    assert (settled["status"], settled["kept"]) == ("resolved", {"value": name})
    late = b.command("resolve_conflict", "conflict", conflict_id, keep="mine")
    assert problem(late) == "conflict-already-resolved"
    assert len(all_of(a.store, "conflict")) == 1


@pytest.mark.parametrize("args", [{}, {"keep": "everything"}, {"keep": "other"}, {"keep": "other", "value": 41}])
def test_a_conflict_cannot_be_settled_wrongly(conflicted: tuple[Phone, Phone, str], args: dict[str, Any]) -> None:
    a, _, conflict_id = conflicted
    assert problem(a.command("resolve_conflict", "conflict", conflict_id, **args)) == "invalid"
    assert document(a.store, "conflict", conflict_id)["status"] == "open"


def test_another_teams_conflict_is_not_to_be_seen_or_settled(conflicted: tuple[Phone, Phone, str]) -> None:
    a, _, conflict_id = conflicted
    other = Phone(a.store, prescriber("phone-c", ("caseload:team-b",)))
    assert other.pull().rows == ()
    assert problem(other.command("resolve_conflict", "conflict", conflict_id, keep="mine")) == "not-yours"


def test_a_conflict_follows_its_record_to_another_team(conflicted: tuple[Phone, Phone, str]) -> None:
    a, _, _ = conflicted
    a.pull()
    put(a.store, "person", "p", person("team-b"))
    assert sorted((row.kind, row.op) for row in a.pull().rows) == [("conflict", "out"), ("person", "out")]
    new_owner = Phone(a.store, prescriber("phone-c", ("caseload:team-b",)))
    assert {row.kind for row in new_owner.pull().rows} == {"conflict", "person"}


def test_a_status_conflict_shows_both_and_keeps_the_servers(store: Store) -> None:
    referral = {"person_id": "p", "team_id": "team-a", "needs": ["money"], "received_on": "2026-11-20"}
    put(store, "person", "p", person())
    put(store, "referral", "r", {**referral, "status": "closed"})
    phone = Phone(store, prescriber())
    receipt = phone.patch("referral", "r", 2, status="offered")
    assert receipt.outcome is Outcome.CONFLICT
    assert document(store, "referral", "r")["status"] == "closed"
    (conflict,) = [row for row in phone.pull().rows if row.kind == "conflict"]
    assert problem(phone.command("resolve_conflict", "conflict", conflict.id, keep="mine")) == "illegal-move"
    assert phone.command("resolve_conflict", "conflict", conflict.id, keep="theirs").outcome is Outcome.APPLIED
    assert DISTRICT not in (conflict.doc or "")
