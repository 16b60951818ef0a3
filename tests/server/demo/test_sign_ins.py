import json
from collections import Counter
from dataclasses import replace

import numpy as np
import pytest

from ml.training.world.places import DISTRICTS, neighbourhoods
from ml.training.world.volunteers import volunteer_documents
from server.accounts import manage
from server.accounts.manage import NewAccount
from server.accounts.passwords import password_fits
from server.demo.county import TENANT
from server.demo.recruiting import EMPLOYER
from server.demo.sign_ins import FILE, SIGN_INS, TakenError, make_sign_ins
from tests.server.accounts.doorway import make_doorway
from tests.server.demo.conftest import TODAY

CODES = [district.code for district in DISTRICTS]


@pytest.fixture
def accounts(sqlite_url):
    return make_doorway(sqlite_url).accounts


@pytest.fixture
def path(tmp_path):
    return tmp_path / FILE


def opens(accounts, told):
    """Whether each account opens with the password that was told."""
    return [
        password_fits(accounts.accounts.by_username(one["username"]).password_hash, one["password"]) for one in told
    ]


def test_there_is_somebody_for_every_part_of_the_story():
    roles = Counter(one.role for one in SIGN_INS)
    teams = Counter(team for one in SIGN_INS if one.role == "prescriber" for team in one.teams)
    homes = Counter(one.districts for one in SIGN_INS if one.role == "volunteer")

    assert roles["prescriber"] >= 3
    assert roles["volunteer"] >= 3
    assert all(roles[role] >= 1 for role in ("outreach", "centre", "data_scientist", "administrator"))
    assert sorted(teams.values()) == [1, 2]
    assert sorted(homes.values()) == [1, 3]


def test_an_employer_and_a_commissioner_may_sign_in_and_the_latter_holds_no_record(accounts, path):
    make_sign_ins(accounts, path, CODES)

    def scopes(username):
        return accounts.grants.scopes(TENANT, accounts.accounts.by_username(username).id)

    assert f"employer:{EMPLOYER}" in scopes("employer")
    assert not scopes("commissioner")


@pytest.mark.parametrize("seed", [1, 2])
def test_a_volunteer_who_signs_in_has_the_name_of_their_record(seed):
    chance = np.random.default_rng(seed)
    made = volunteer_documents(chance, neighbourhoods(chance), TODAY)
    names = {one.volunteer: one.name for one in SIGN_INS if one.volunteer in made}

    assert len(names) == 3
    assert names == {key: f"{made[key]['given_name']} {made[key]['family_name']}" for key in names}


def test_every_sign_in_names_districts_that_exist():
    assert {code for one in SIGN_INS for code in one.districts} <= set(CODES)


def test_the_file_opens_every_account_and_only_its_owner_reads_it(accounts, path):
    told = make_sign_ins(accounts, path, CODES)

    assert all(opens(accounts, told))
    assert path.stat().st_mode & 0o777 == 0o600
    assert json.loads(path.read_text())["accounts"] == told
    assert len({one["password"] for one in told}) == len(SIGN_INS)


def test_the_next_run_changes_nothing(accounts, path):
    told = make_sign_ins(accounts, path, CODES)
    written = path.stat().st_mtime_ns

    assert make_sign_ins(accounts, path, CODES) == told
    assert path.stat().st_mtime_ns == written


@pytest.mark.parametrize("damage", [None, b"", b"{", b"[]", b'{"accounts": [{"username": "prescriber"}]}'])
def test_a_lost_or_damaged_file_is_made_anew_with_passwords_that_work(accounts, path, damage):
    first = make_sign_ins(accounts, path, CODES)
    path.unlink()
    if damage is not None:
        path.write_bytes(damage)

    second = make_sign_ins(accounts, path, CODES)
    assert all(opens(accounts, second))
    assert not any(opens(accounts, first))


def test_a_new_database_takes_the_passwords_of_the_file(accounts, path, tmp_path):
    passwords = {one.username: f"kept-{one.username}-before" for one in SIGN_INS}
    told = [{"username": name, "password": password} for name, password in passwords.items()]
    path.write_text(json.dumps({"accounts": told}))

    assert {one["username"]: one["password"] for one in make_sign_ins(accounts, path, CODES)} == passwords


def test_colleagues_hold_their_teams_caseload_and_volunteers_their_own_records(accounts, path):
    make_sign_ins(accounts, path, CODES)

    def scopes(username):
        return accounts.grants.scopes(TENANT, accounts.accounts.by_username(username).id)

    assert "caseload:team-mid" in scopes("prescriber") & scopes("prescriber2") & scopes("outreach")
    assert "caseload:team-mid" not in scopes("prescriber3")
    assert {"volunteer:volunteer-000", "tasks:E07000070"} <= scopes("volunteer")
    assert "volunteer:volunteer-000" not in scopes("volunteer2")
    assert "centre:centre-mid" in scopes("centre")


def test_a_username_of_another_programme_is_left_alone(accounts, path):
    other = NewAccount("essex-west", "outreach", "Somebody real", "their own password", ("outreach",))
    manage.add_account(accounts, replace(other, team_ids=("team-1",)))

    with pytest.raises(TakenError, match="outreach is in use in the programme essex-west"):
        make_sign_ins(accounts, path, CODES)
    assert [one.username for one in accounts.accounts.all()] == ["outreach"]
    assert not path.exists()
