"""What a restore carries over: who was shut out since the backup stays out, who was erased does not return."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from server.accounts.database import instant_text
from server.accounts.errors import AccountError
from server.accounts.manage import change_roles, disable, set_password
from server.cli import copies
from server.cli.carry_over import Carried
from server.cli.copy_error import CopyError
from server.domain.roles import Facts
from server.storage.engine import make_engine
from server.storage.sql import SqlStore
from server.sync.door import Put
from server.sync.model import Key, Outcome
from server.sync.ports import AskedInputs, Seen, Writes
from tests.builders import Phone, door, person, prescriber
from tests.promises.shelves import everything
from tests.server.accounts.doorway import Doorway, make_doorway

P, Q = Key("person", "p"), Key("person", "q")


@dataclass
class Place:
    """A database with two people, its accounts, and where its copies go."""

    url: str
    copy: Path
    store: SqlStore
    doors: Doorway

    def back_up(self, name: str = "copy") -> None:
        copies.back_up(self.url, self.copy.with_name(name))

    def restore(self, name: str = "copy", *, as_it_was: bool = False) -> Carried:
        self.store.engine.dispose()
        return copies.restore(self.url, self.copy.with_name(name), as_it_was=as_it_was)

    def erase(self, key: Key = P) -> None:
        door(self.store).erase([key], by="ada")

    def people(self) -> set[str]:
        return {key.id for key in everything(Phone(self.store, prescriber())) if key.kind == "person"}

    def epoch(self) -> str:
        return self.store.heads()["essex"].epoch


@pytest.fixture(params=["sqlite_url", pytest.param("postgres_url", marks=pytest.mark.slow)])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    url = request.getfixturevalue(request.param)
    store = SqlStore(make_engine(url))
    store.ensure_tenant("essex")
    door(store).write([Put(key.kind, key.id, person()) for key in (P, Q)])
    yield Place(url, tmp_path / "copy", store, make_doorway(url))
    store.engine.dispose()


def refused(place: Place, **asked: str) -> str:
    with pytest.raises(AccountError) as told:
        place.doors.sign_in(**asked)
    return told.value.slug


def test_a_phone_that_was_shut_out_stays_so_and_hears_it_by_either_token(place):
    place.doors.add()
    before = place.doors.sign_in()
    place.back_up()
    renewed = place.doors.accounts.refresh(before.refresh_token)
    place.doors.accounts.revoke("phone-1")
    carried = place.restore()
    for token in (before.refresh_token, renewed.refresh_token):
        with pytest.raises(AccountError, match="device-revoked"):
            place.doors.accounts.refresh(token)
    with pytest.raises(AccountError, match="device-revoked"):
        place.doors.accounts.principal(before.access_token)
    assert refused(place) == "device-revoked"
    assert carried.devices == ["phone-1"]


@pytest.mark.slow
def test_a_phone_that_enrolled_after_the_backup_and_was_shut_out_still_hears_that_it_wipes(place):
    place.doors.add()
    place.back_up()
    since = place.doors.sign_in()
    place.doors.accounts.revoke("phone-1")
    assert place.restore().devices == ["phone-1"]
    with pytest.raises(AccountError, match="device-revoked"):
        place.doors.accounts.refresh(since.refresh_token)


def test_an_account_that_was_closed_stays_closed_known_to_the_backup_or_not(place):
    known = place.doors.add("amina")
    place.back_up()
    new = place.doors.add("bola")
    for account in (known, new):
        disable(place.doors.accounts, account)
    assert place.restore().closed == sorted([known.id, new.id])
    assert [refused(place, username=name) for name in ("amina", "bola")] == ["account-disabled"] * 2


@pytest.mark.slow
def test_rights_that_were_taken_away_stay_away_and_none_that_were_given_come(place):
    account = place.doors.add(roles=["prescriber", "administrator"], team_ids=["t1", "t2"])
    place.back_up()
    facts = Facts(team_ids=("t2", "t3"), districts=("E07000070",))
    change_roles(place.doors.accounts, account, ["prescriber"], facts)
    carried = place.restore()
    found = place.doors.sign_in()
    assert found.account.roles == ("prescriber",)
    assert found.account.facts["team_ids"] == ["t2"]
    assert {scope for scope in found.scopes if "caseload" in scope} == {"caseload:t2"}
    assert carried.rights == [account.id]


@pytest.mark.slow
def test_a_password_that_was_changed_stays_changed_and_a_sign_out_stays(place):
    account = place.doors.add()
    before = place.doors.sign_in()
    kept = place.doors.sign_in(device="phone-2")
    place.back_up()
    set_password(place.doors.accounts, account, "another horse entirely")
    place.doors.accounts.sign_out("phone-1")
    carried = place.restore()
    with pytest.raises(AccountError, match="refresh-invalid"):
        place.doors.accounts.refresh(before.refresh_token)
    assert place.doors.accounts.refresh(kept.refresh_token).device.id == "phone-2"
    assert refused(place) == "sign-in-failed"
    assert (carried.passwords, carried.signed_out) == ([account.id], ["phone-1"])


def test_who_was_erased_stays_erased_in_a_new_epoch_and_the_audit_says_so(place):
    place.back_up()
    place.erase()
    epoch = place.epoch()
    carried = place.restore()
    assert place.people() == {"q"}
    assert place.epoch() != epoch
    assert carried.erased == ["p"]
    with place.store.read("essex") as view:
        assert {one.account for one in view.seen(P) if one.what == "erase"} == {"ada", "restore"}


def test_what_volunteers_were_ranked_by_is_in_a_backup_but_not_that_of_who_was_erased_since(place):
    names = {"given_name": "Vic", "family_name": "Dale", "centre_id": "centre-a"}
    door(place.store).write([Put("volunteer", name, names) for name in ("vic", "una")])
    asked = [AskedInputs("task", 0, name, "2026-11-21T09:00:00Z", "{}") for name in ("una", "vic")]
    with place.store.write("essex") as work:
        work.save(Writes(asked=asked))
    place.back_up()
    place.erase(Key("volunteer", "vic"))
    assert place.restore().erased == ["vic"]
    with place.store.read("essex") as view:
        assert list(view.asked()) == asked[:1]


def test_who_came_and_was_erased_after_the_backup_cannot_be_sent_again(place):
    place.back_up()
    phone = Phone(place.store, prescriber())
    made = phone.mutation("create", "person", "r", set=person())
    assert phone.push(made).results[0].outcome is Outcome.APPLIED
    place.erase(Key("person", "r"))
    assert place.restore().erased == ["r"]
    again = phone.push(made).results[0]
    assert again.problem is not None
    assert (again.outcome, again.problem.slug) == (Outcome.REJECTED, "erased")
    assert place.people() == {"p", "q"}


@pytest.mark.slow
def test_what_was_only_written_since_is_not_carried_over(place):
    place.back_up()
    account = place.doors.add()
    door(place.store).write([Put("person", "r", person())])
    carried = place.restore()
    assert (list(carried.sentences()), carried.why_not) == ([], None)
    assert place.people() == {"p", "q"}
    assert refused(place, username=account.username) == "sign-in-failed"


@pytest.mark.slow
def test_as_it_was_carries_nothing_over(place):
    place.doors.add()
    token = place.doors.sign_in().refresh_token
    place.back_up()
    place.doors.accounts.revoke("phone-1")
    place.erase()
    assert list(place.restore(as_it_was=True).sentences()) == []
    assert place.people() == {"p", "q"}
    assert place.doors.accounts.refresh(token).device.id == "phone-1"


@pytest.mark.slow
def test_a_second_restore_of_the_same_backup_carries_the_same(place):
    place.doors.add()
    place.doors.sign_in()
    place.back_up()
    place.doors.accounts.revoke("phone-1")
    place.erase()
    first = place.restore()
    second = place.restore()
    assert (first.devices, first.erased) == (second.devices, second.erased) == (["phone-1"], ["p"])


@pytest.mark.slow
def test_a_later_backup_keeps_its_own_rights_but_not_who_was_shut_out_since(place):
    account = place.doors.add(team_ids=["t1"])
    place.doors.sign_in()
    place.back_up("yesterday")
    change_roles(place.doors.accounts, account, ["prescriber"], Facts(team_ids=("t1", "t2")))
    door(place.store).write([Put("person", "r", person())])
    place.back_up("today")
    place.restore("yesterday")
    place.doors.accounts.revoke("phone-1")
    carried = place.restore("today")
    assert (carried.rights, carried.branched, carried.devices) == ([], ["essex"], ["phone-1"])
    assert "caseload:t2" in place.doors.sign_in(device="phone-2").scopes


@pytest.mark.slow
@pytest.mark.parametrize("step", ["keep_audit", "erase_again", "shut_out"])
def test_a_restore_that_fails_half_way_leaves_all_as_it_was(place, monkeypatch, step):
    place.back_up()
    place.erase()
    epoch = place.epoch()

    def fails(*_: object) -> None:
        raise CopyError("the power is gone")

    monkeypatch.setattr(f"server.cli.carry_over.{step}", fails)
    with pytest.raises(CopyError, match="power"):
        place.restore()
    assert (place.people(), place.epoch()) == ({"q"}, epoch)


@pytest.mark.slow
def test_reads_that_the_audit_counted_since_stay_counted(place):
    def see(count: int) -> None:
        at = instant_text(place.doors.clock())
        with place.store.write("essex") as work:
            work.save(Writes(audit=[Seen(at, "a-1", "phone-1", "pull", scope="caseload:team-a", count=count)]))

    see(2)
    place.back_up()
    see(3)
    assert place.restore().audit == 1
    with place.store.read("essex") as view:
        assert [one.count for one in view.seen(None)] == [5]
