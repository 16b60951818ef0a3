import pytest

from server.accounts.account_store import NameTakenError
from server.accounts.manage import AccountInputError, change_roles
from server.accounts.passwords import WeakPasswordError, new_password
from server.domain.roles import Facts


def test_a_username_belongs_to_one_account_across_all_tenants(doorway):
    doorway.add("amina", tenant="essex")
    with pytest.raises(NameTakenError):
        doorway.add("Amina", tenant="kent")


@pytest.mark.parametrize("given", [{"roles": []}, {"roles": ["wizard"]}, {"username": "  "}, {"name": ""}])
def test_an_account_needs_a_name_and_roles_that_exist(doorway, given):
    with pytest.raises(AccountInputError):
        doorway.add(**given)


def test_a_short_password_is_refused(doorway):
    with pytest.raises(WeakPasswordError, match="from 10 to 200"):
        doorway.add(password="short")


def test_a_password_is_kept_as_argon2id(doorway):
    assert doorway.add().password_hash.startswith("$argon2id$")


def test_made_passwords_are_long_enough_and_differ():
    made = {new_password() for _ in range(50)}
    assert len(made) == 50
    assert {len(one) for one in made} == {19}


def test_an_administrator_holds_the_whole_county(doorway):
    account = doorway.add(roles=["administrator"], team_ids=[], districts=[], all_districts=["E07000070", "E07000071"])
    scopes = doorway.accounts.grants.scopes("essex", account.id)
    assert {"directory:E07000070", "directory:E07000071", "tasks:E07000071", "directory:county"} <= scopes


def test_an_account_holds_no_more_scopes_than_its_cursors_can_name(doorway):
    for too_much in ([f"t{n}" for n in range(1001)], [f"{n:064}" for n in range(500)]):
        with pytest.raises(AccountInputError, match="an account may hold 1,000 with 24,000"):
            doorway.add("amina", team_ids=too_much)
    account = doorway.add("amina", team_ids=["t1"])  # the refused left nothing behind
    before = doorway.accounts.grants.scopes("essex", account.id)
    with pytest.raises(AccountInputError):
        change_roles(doorway.accounts, account, account.roles, Facts(team_ids=[f"t{n}" for n in range(1001)]))
    assert doorway.accounts.grants.scopes("essex", account.id) == before
    assert doorway.accounts.accounts.by_username("amina") == account
