import re

import pytest

from server.accounts.passwords import password_fits
from server.accounts.service import Enrolment
from server.cli.workplace import workplace

AMINA = ("user", "add", "amina", "--tenant", "essex", "--role", "prescriber", "--team", "t1", "--district", "E07000070")


def sign_in(password: str, device: str = "phone-1"):
    return workplace().services.accounts.sign_in("amina", password, Enrolment(device, "My phone"), "192.0.2.1")


def made_password(output: str) -> str:
    return re.search(r"Password: (\S+)", output)[1]


def test_before_the_first_migration_a_command_says_what_to_do(run):
    assert "Run `kith migrate`" in run("user", "list", ends=1).output


def test_an_added_user_can_sign_in_with_the_printed_password(essex):
    given = sign_in(made_password(essex(*AMINA).output))
    assert given.scopes == {"caseload:t1", "directory:E07000070", "directory:county"}
    assert "amina" in essex("user", "list", "--tenant", "essex").output


def test_a_password_may_come_from_standard_input_and_is_then_not_printed(essex):
    output = essex(*AMINA, "--password-stdin", input="my own password\n").output
    assert "my own password" not in output
    assert sign_in("my own password").account.username == "amina"


def test_a_second_user_of_the_same_name_is_refused(essex):
    essex(*AMINA)
    assert "Choose another" in essex(*AMINA, ends=1).output


def test_a_user_of_no_programme_is_refused_with_the_mend(essex):
    output = essex("user", "add", "bob", "--tenant", "kent", "--role", "volunteer", ends=1).output
    assert "`kith tenant add kent`" in output


@pytest.mark.slow
@pytest.mark.parametrize("text", ["x\ny", "x\ty", "x\x1b[31my", "x\u2028y", "\udcff"])
def test_names_hold_no_signs_that_cannot_be_seen(essex, text):
    bob = ("user", "add", "bob", "--tenant", "essex", "--role", "volunteer")
    assert "letters and signs that can be seen" in essex(*bob, "--name", text, ends=1).output
    assert "letters and signs that can be seen" in essex("user", "add", text, *bob[3:], ends=1).output
    assert "There is no account" in essex("user", "grant", text, ends=1).output
    assert workplace().services.accounts.accounts.all("essex") == []


def test_what_is_granted_twice_is_granted_once(essex):
    essex(*AMINA, "--team", "t1", "--role", "prescriber")
    first = essex("user", "grant", "amina", "--team", "t1", "--team", "t1").output
    assert first == essex("user", "grant", "amina", "--team", "t1").output
    account = workplace().account("amina")
    assert (account.roles, account.facts["team_ids"]) == (("prescriber",), ["t1"])


@pytest.mark.parametrize("command", [["grant"], ["disable"], ["password"]])
def test_an_account_that_is_not_there_is_told_with_the_way_to_all(essex, command):
    told = "Error: There is no account nobody. `kith user list` shows them.\n"
    assert essex("user", *command, "nobody", ends=1).output == told


def test_an_unknown_role_is_told_with_the_known_ones(essex):
    essex(*AMINA)
    assert "'king' is not one of 'prescriber'" in essex("user", "grant", "amina", "--role", "king", ends=2).output


def test_accounts_of_no_programme_are_refused_with_the_mend(essex):
    assert "`kith tenant add kent`" in essex("user", "list", "--tenant", "kent", ends=1).output


def test_devices_of_no_programme_are_refused_with_the_mend(essex):
    assert "`kith tenant add nosuch`" in essex("device", "list", "--tenant", "nosuch", ends=1).output


@pytest.mark.slow
@pytest.mark.parametrize(
    ("option", "text", "told"),
    [
        ("--district", "ZZZ", "is no district"),
        ("--district", "E0700007", "is no district"),
        ("--district", "", "is no district"),
        ("--team", "", "is no id"),
        ("--team", "a team", "is no id"),
        ("--centre", "", "is no id"),
        ("--volunteer", "", "is no id"),
    ],
)
def test_what_names_no_district_team_or_centre_is_refused(essex, option, text, told):
    assert told in essex("user", "add", "bob", "--tenant", "essex", "--role", "volunteer", option, text, ends=2).output
    essex(*AMINA)
    assert told in essex("user", "grant", "amina", option, text, ends=2).output


def test_the_whole_county_is_a_district_too(essex):
    essex("user", "add", "bob", "--tenant", "essex", "--role", "volunteer", "--district", "county")
    assert "directory:county" in essex("user", "grant", "bob", "--district", "county").output


def test_more_scopes_than_an_account_may_hold_are_refused_in_plain_words(essex):
    essex(*AMINA)
    teams = [part for n in range(1001) for part in ("--team", f"t{n}")]
    assert "an account may hold 1,000" in essex("user", "grant", "amina", *teams, ends=1).output


def test_granting_another_team_keeps_the_rest_and_moves_the_head_so_that_phones_look(essex):
    essex(*AMINA)
    before = workplace().store.heads()["essex"].seq
    assert "caseload:t2" in essex("user", "grant", "amina", "--team", "t2").output
    account = workplace().account("amina")
    scopes = workplace().services.accounts.grants.scopes("essex", account.id)
    assert scopes == {"caseload:t2", "directory:E07000070", "directory:county"}
    assert workplace().store.heads()["essex"].seq > before


def test_a_changed_password_counts_at_once(essex):
    essex(*AMINA)
    fresh = made_password(essex("user", "password", "amina").output)
    assert password_fits(workplace().account("amina").password_hash, fresh)


def test_a_closed_account_is_listed_as_closed_and_its_phones_are_shut_out(essex):
    password = made_password(essex(*AMINA).output)
    sign_in(password)
    assert "1 device(s)" in essex("user", "disable", "amina").output
    assert workplace().account("amina").disabled_at is not None
    assert "amina is closed (and was before)" in essex("user", "disable", "amina").output


def test_a_lost_phone_is_listed_and_shut_out(essex):
    sign_in(made_password(essex(*AMINA).output))
    assert "phone-1" in essex("device", "list", "--tenant", "essex", "--user", "amina").output
    essex("device", "revoke", "phone-1")
    assert workplace().services.accounts.devices.find("phone-1").revoked_at is not None
    assert "kith device list" in essex("device", "revoke", "phone-9", ends=1).output


def test_programmes_are_listed_and_made_once(essex):
    essex("tenant", "add", "essex")
    assert essex("tenant", "list").output.count("essex") == 1
    assert "small letters" in essex("tenant", "add", "Essex County!", ends=1).output
