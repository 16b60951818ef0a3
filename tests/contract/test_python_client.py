"""The Python reference client against the real server: both end alike, whatever breaks on the way."""

import random

import pytest

from mobile_contract.python import Phone, ProblemError
from mobile_contract.python.clock import tick, uuid7
from server.simulation import peek
from tests.contract.stage import PASSWORD, TENANT

PERSON = {"team_id": "t1", "given_name": "Ada", "family_name": "Quill", "made_up": True}
REFERRAL = {"team_id": "t1", "needs": ["pain"], "received_on": "2026-11-21"}


@pytest.fixture
def stage(make_stage):
    return make_stage({"accounts": [{"username": "amina"}, {"username": "bola"}]})


def phone(stage, username, transport=None, **more):
    made = Phone(
        transport or stage.transport, f"{username}-phone", clock=lambda: stage.clock().timestamp(),
        chance=random.Random(username).random, **more,
    )  # fmt: skip
    made.sign_in(username, PASSWORD)
    return made


class CutError(OSError):
    pass


def test_what_one_makes_offline_the_other_sees(stage):
    amina, bola = phone(stage, "amina"), phone(stage, "bola")
    person = amina.create("person", PERSON)
    referral = amina.create("referral", {**REFERRAL, "person_id": person})
    assert amina.read("referral", referral)["status"] == "received"
    amina.sync()
    bola.sync()
    assert bola.list("person") == amina.list("person")
    assert bola.list("referral").keys() == {referral}
    assert amina.holding.outbox == {}


def test_edits_of_two_phones_meet_and_both_end_alike(stage):
    amina, bola = phone(stage, "amina"), phone(stage, "bola")
    amina.create("person", {**PERSON, "languages": ["en"]}, "p1")
    amina.sync()
    bola.sync()
    amina.patch("person", "p1", {"given_name": "Adah", "languages": ["en", "pl"]})
    bola.patch("person", "p1", {"phone": "01245 000000", "languages": ["tr"], "given_name": "Adele"})
    for each in (amina, bola, amina):
        each.sync()
    both = amina.read("person", "p1")
    assert both == bola.read("person", "p1")
    assert (both["phone"], both["languages"]) == ("01245 000000", ["pl", "tr"])
    [conflict] = amina.list("conflict").values()
    assert {conflict["mine"]["value"], conflict["theirs"]["value"]} == {"Adah", "Adele"}
    assert both["given_name"] == conflict["kept"]["value"]


def test_lost_answers_change_nothing_in_the_end(stage):
    chance = random.Random(7)

    def lossy(method, path, headers, body):
        if chance.random() < 0.3:
            raise CutError
        answer = stage.transport(method, path, headers, body)
        if chance.random() < 0.3 and path.startswith("/v1/sync"):
            raise CutError
        return answer

    amina = phone(stage, "amina", page_rows=2)
    for number in range(8):
        amina.create("person", {**PERSON, "given_name": f"P{number}"}, f"p{number}")
        amina.patch("person", f"p{number}", {"max_km": number})
    amina._transport = lossy
    for _ in range(60):
        try:
            amina.sync()
            break
        except CutError:
            continue
    bola = phone(stage, "bola")
    bola.sync()
    assert {name: doc["max_km"] for name, doc in bola.list("person").items()} == {f"p{n}": n for n in range(8)}
    assert bola.list("person") == amina.list("person")
    assert amina.holding.attention == {}


@pytest.mark.slow
def test_an_expired_sign_in_is_renewed_in_the_middle_of_work(stage):
    amina = phone(stage, "amina")
    stage.wait(700)
    amina.create("person", PERSON)
    assert len(amina.sync().results) == 1


def test_a_revoked_phone_forgets_everything(stage):
    amina = phone(stage, "amina")
    amina.create("person", PERSON)
    amina.sync()
    stage.services.accounts.revoke("amina-phone")
    with pytest.raises(ProblemError) as caught:
        amina.sync()
    assert caught.value.remedy == "wipe"
    assert amina.list("person") == {}


def test_a_refused_change_is_kept_with_its_reason_and_holds_up_nothing(stage):
    amina = phone(stage, "amina")
    amina.create("person", {**PERSON, "team_id": "t9"}, "elsewhere")
    amina.create("person", PERSON, "here")
    report = amina.sync()
    assert [refused.problem["type"] for refused in report.rejected] == ["/problems/not-yours"]
    assert amina.list("person").keys() == {"here"}


def test_a_child_waits_for_its_parent_and_then_is_settled(stage):
    amina, bola = phone(stage, "amina"), phone(stage, "bola")
    amina.create("referral", {**REFERRAL, "person_id": "p1"}, "r1")
    amina.sync()
    assert [entry.deferred for entry in amina.holding.outbox.values()] == [True]
    assert amina.read("referral", "r1")["needs"] == ["pain"]
    bola.create("person", PERSON, "p1")
    bola.sync()
    amina.sync()
    assert amina.holding.outbox == {}
    assert amina.holding.records.keys() >= {("referral", "r1"), ("person", "p1")}


def test_a_lost_team_goes_and_a_gained_one_comes(stage):
    amina, bola = phone(stage, "amina"), phone(stage, "bola")
    bola.create("person", PERSON, "p1")
    bola.sync()
    amina.sync()
    stage.act({"teams": {"amina": ["t2"]}, "put": [{"kind": "person", "id": "p2", "doc": {**PERSON, "team_id": "t2"}}]})
    report = amina.sync()
    assert report.evicted == ["caseload:t1"]
    assert amina.list("person").keys() == {"p2"}


def test_a_forged_cursor_makes_the_phone_take_everything_again(stage):
    amina = phone(stage, "amina")
    amina.create("person", PERSON, "p1")
    amina.sync()
    amina.holding.cursor = "forged"
    amina.create("person", PERSON, "p2")
    amina.sync()
    assert amina.list("person").keys() == {"p1", "p2"}
    assert amina.holding.outbox == {}


def test_a_restored_server_and_its_phones_go_on(stage):
    amina = phone(stage, "amina")
    amina.create("person", PERSON, "p1")
    amina.sync()
    amina.holding.lseq = 40  # as if the server had forgotten what came between
    amina.create("person", PERSON, "p2")
    amina.sync()
    assert amina.holding.outbox == {}
    assert amina.list("person").keys() == {"p1", "p2"}


def test_ids_and_clock_agree_with_the_typescript_client():
    # The same answers as in typescript/tests/sync/small.test.ts.
    assert uuid7(0x017F22E279B0, lambda: 0.0) == "017f22e2-79b0-7000-8000-000000000000"
    assert tick(None, 1_700_000_000_000, "d") == "1700000000000-0000-d"
    assert tick("1700000000000-0000-d", 1_699_999_700_000, "d") == "1700000000000-0001-d"
    assert tick("1700000000000-0000-d", 1_600_000_000_000, "d") == "1600000000000-0000-d"
    assert tick("1700000000000-ffff-d", 1_700_000_000_000, "d") == "1700000000001-0000-d"


class DiedError(BaseException):
    pass


def test_a_phone_that_died_before_storing_its_cursor_keeps_nothing_of_a_scope_lost_meanwhile(stage):
    bola = phone(stage, "bola")
    bola.create("person", PERSON, "p1")
    bola.sync()

    def die(step):
        if step == "applied":
            raise DiedError

    amina = phone(stage, "amina", kept=die)
    with pytest.raises(DiedError):
        amina.sync()
    assert amina.list("person").keys() == {"p1"}
    stage.act({"teams": {"amina": []}})
    reborn = Phone(stage.transport, amina.device, holding=amina.holding, clock=lambda: stage.clock().timestamp())
    reborn.sync()
    assert reborn.holding.records == {}


def test_a_phone_that_died_after_evicting_takes_a_scope_anew_that_was_granted_again_meanwhile(stage):
    bola, amina = phone(stage, "bola"), phone(stage, "amina")
    bola.create("person", PERSON, "p1")
    for each in (bola, amina):
        each.sync()
    stage.act({"teams": {"amina": []}})

    def die(step):
        if step == "evicted":
            raise DiedError

    dying = phone(stage, "amina", holding=amina.holding, kept=die)
    with pytest.raises(DiedError):
        dying.sync()
    assert dying.holding.records == {}
    stage.act({"teams": {"amina": ["t1"]}})
    reborn = phone(stage, "amina", holding=dying.holding)
    reborn.sync()
    assert reborn.list("person").keys() == {"p1"}


def test_what_waited_for_its_parent_is_remembered_for_a_restore_as_well(stage):
    amina = phone(stage, "amina")
    amina.create("referral", {**REFERRAL, "person_id": "p9"}, "r9")
    amina.create("person", PERSON, "p9")
    made = set(amina.holding.outbox)
    amina.sync()
    assert not amina.holding.outbox
    assert set(amina.holding.sent) == made


def test_a_phone_without_a_cursor_notices_that_the_server_forgot_what_it_answered(stage):
    amina = phone(stage, "amina")
    amina.create("person", PERSON, "p1")
    amina.sync()
    other = phone(stage, "bola")
    other.holding.sent = dict(amina.holding.sent)
    other.sync()  # its own server has never heard of what this phone was once answered
    assert not other.holding.outbox
    assert other.holding.sent.keys() == amina.holding.sent.keys()
    assert other.holding.lseq == 1


def test_after_a_restore_only_what_the_backup_lacks_is_sent_again(stage):
    pushed = []

    def listening(method, path, headers, body):
        pushed.extend(one["id"] for one in (body or {}).get("push", {}).get("mutations", ()))
        return stage.transport(method, path, headers, body)

    amina = phone(stage, "amina")
    for number in range(3):
        amina.create("person", PERSON, f"p{number}")
    amina.sync()
    backup = peek.back_up(stage.services.store, TENANT)
    amina.create("person", PERSON, "late")
    amina.patch("person", "p0", {"given_name": "Since"})
    amina.sync()
    peek.restore(stage.services.store, TENANT, backup, stage.clock())
    amina._transport = listening
    amina.create("person", PERSON, "new")
    amina.sync()
    assert pushed[-3:] == ["late", "p0", "new"]
    assert set(pushed) == {"late", "p0", "new"}
    bola = phone(stage, "bola")
    bola.sync()
    assert bola.list("person") == amina.list("person")
    assert (len(amina.list("person")), amina.read("person", "p0")["given_name"]) == (5, "Since")


def test_a_damaged_counter_hides_nothing_that_a_restore_took(stage):
    amina = phone(stage, "amina")
    bola = phone(stage, "bola")
    bola.create("person", PERSON, "p0")
    bola.sync()
    amina.sync()
    backup = peek.back_up(stage.services.store, TENANT)
    amina.create("person", PERSON, "p1")
    amina.sync()
    peek.restore(stage.services.store, TENANT, backup, stage.clock())
    amina.holding.lseq = 0  # its next number was given before, and the restored server waits for just that
    amina.create("person", PERSON, "p2")
    amina.sync()
    amina.sync()
    bola.sync()
    assert bola.list("person").keys() == {"p0", "p1", "p2"}
