from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest

from server.accounts.errors import AccountError
from server.accounts.manage import change_roles, disable, set_password
from server.domain.roles import Facts
from tests.server.accounts.doorway import PASSWORD, Doorway


def refusal(doorway: Doorway, **given: str) -> AccountError:
    with pytest.raises(AccountError) as caught:
        doorway.sign_in(**given)
    return caught.value


def test_a_sign_in_says_who_it_is_and_what_they_may_hold(doorway):
    account = doorway.add()
    given = doorway.sign_in()
    principal = doorway.accounts.principal(given.access_token)
    assert (principal.tenant, principal.account_id, principal.device_id) == ("essex", account.id, "phone-1")
    assert principal.roles == {"prescriber"}
    assert principal.scopes == {"caseload:t1", "directory:E07000070", "directory:county"}


def test_a_username_is_found_whatever_its_case(doorway):
    doorway.add("Amina")
    assert doorway.sign_in(" AMINA ").account.username == "amina"


def test_a_wrong_password_and_a_name_that_nobody_has_get_the_same_answer(doorway):
    doorway.add()
    assert refusal(doorway, password="incorrect horse").slug == "sign-in-failed"
    assert refusal(doorway, username="nobody").slug == "sign-in-failed"


def test_the_eleventh_guess_must_wait_and_is_told_how_long(doorway):
    doorway.add()
    for _ in range(10):
        assert refusal(doorway, password="a wrong guess").slug == "sign-in-failed"
    doorway.clock.go_on(minutes=5)
    blocked = refusal(doorway)
    assert blocked.slug == "too-many-attempts"
    assert blocked.retry_after_s == 10 * 60 + 1


def test_after_the_wait_the_right_password_opens_again(doorway):
    doorway.add()
    for _ in range(10):
        refusal(doorway, password="a wrong guess")
    doorway.clock.go_on(minutes=15, seconds=1)
    assert doorway.sign_in().account.username == "amina"


def test_guesses_from_elsewhere_do_not_lock_somebody_out(doorway):
    doorway.add()
    for _ in range(10):
        refusal(doorway, password="a wrong guess", address="198.51.100.7")
    assert doorway.sign_in(address="192.0.2.1").account.username == "amina"


def test_a_machine_that_guesses_from_everywhere_is_stopped_by_the_name(doorway):
    doorway.add()
    for number in range(50):
        refusal(doorway, password="a wrong guess", address=f"198.51.100.{number}")
    assert refusal(doorway, address="203.0.113.1").slug == "too-many-attempts"


def test_a_sign_in_that_works_forgets_earlier_slips(doorway):
    doorway.add()
    for _ in range(9):
        refusal(doorway, password="a wrong guess")
    doorway.sign_in()
    for _ in range(9):
        assert refusal(doorway, password="a wrong guess").slug == "sign-in-failed"


def test_guesses_all_at_once_are_no_more_than_guesses_in_a_row(doorway):
    doorway.add()
    with ThreadPoolExecutor(16) as pool:
        answers = list(pool.map(lambda _: refusal(doorway, password="a wrong guess").slug, range(24)))
    assert Counter(answers) == {"sign-in-failed": 10, "too-many-attempts": 14}


def test_sign_ins_that_work_use_up_nobodys_attempts(doorway):
    doorway.add()
    refusal(doorway, password="a wrong guess", address="198.51.100.7")
    for _ in range(60):
        doorway.sign_in()
    with doorway.database.reading() as connection:
        kept = connection.exec_driver_sql("SELECT key FROM attempt").scalars().all()
    assert len(kept) == 3  # the guess of somebody far away


def test_a_typed_password_in_the_place_of_the_name_is_not_kept(doorway):
    refusal(doorway, username="my secret password", password="x" * 12)
    with doorway.database.reading() as connection:
        kept = connection.exec_driver_sql("SELECT key FROM attempt").scalars().all()
    assert len(kept) == 3
    assert not [key for key in kept if "secret" in key]


def test_a_device_id_of_another_account_is_refused(doorway):
    doorway.add()
    doorway.add("bob")
    doorway.sign_in(device="shared")
    assert refusal(doorway, username="bob", device="shared").slug == "device-taken"


def test_an_expired_access_token_is_named_so(doorway):
    doorway.add()
    token = doorway.sign_in().access_token
    doorway.clock.go_on(minutes=10)
    with pytest.raises(AccountError, match="token-expired"):
        doorway.accounts.principal(token)


def test_a_revoked_device_is_told_to_wipe_at_once_and_when_it_renews_and_when_it_signs_in(doorway):
    doorway.add()
    given = doorway.sign_in()
    doorway.accounts.revoke("phone-1")
    for contact in (
        lambda: doorway.accounts.principal(given.access_token),
        lambda: doorway.accounts.refresh(given.refresh_token),
        doorway.sign_in,
    ):
        with pytest.raises(AccountError, match="device-revoked"):
            contact()


def test_a_revoked_device_is_told_to_wipe_even_after_its_sign_in_ran_out(doorway):
    doorway.add()
    given = doorway.sign_in()
    doorway.accounts.revoke("phone-1")
    doorway.clock.go_on(days=200)
    with pytest.raises(AccountError, match="device-revoked"):
        doorway.accounts.refresh(given.refresh_token)


def test_a_closed_account_loses_its_devices_and_cannot_sign_in(doorway):
    account = doorway.add()
    given = doorway.sign_in()
    assert disable(doorway.accounts, account) == 1
    assert refusal(doorway, device="phone-2").slug == "account-disabled"
    with pytest.raises(AccountError, match="device-revoked"):
        doorway.accounts.principal(given.access_token)


def test_changed_teams_count_on_the_very_next_request(doorway):
    account = doorway.add()
    token = doorway.sign_in().access_token
    change_roles(doorway.accounts, account, ["prescriber"], Facts(team_ids=["t2"], districts=["E07000070"]))
    scopes = doorway.accounts.principal(token).scopes
    assert scopes == {"caseload:t2", "directory:E07000070", "directory:county"}


def test_a_new_password_replaces_the_old_one(doorway):
    account = doorway.add()
    set_password(doorway.accounts, account, "another horse")
    assert refusal(doorway, password=PASSWORD).slug == "sign-in-failed"
    assert doorway.sign_in(password="another horse").account.id == account.id


def test_signing_in_twice_on_one_phone_enrols_it_once(doorway):
    account = doorway.add()
    doorway.sign_in()
    doorway.sign_in()
    assert [one.id for one in doorway.accounts.devices.all("essex", account.id)] == ["phone-1"]
