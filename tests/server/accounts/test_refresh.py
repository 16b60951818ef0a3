from concurrent.futures import ThreadPoolExecutor

import pytest

from server.accounts.errors import AccountError
from server.accounts.service import Accounts
from server.accounts.tokens import Signer
from tests.server.accounts.doorway import CHEAP, KEY, Doorway


def refused(doorway: Doorway, token: str) -> str:
    with pytest.raises(AccountError) as caught:
        doorway.accounts.refresh(token)
    return caught.value.slug


def test_renewing_gives_another_refresh_token_and_a_fresh_access_token(doorway):
    doorway.add()
    first = doorway.sign_in()
    doorway.clock.go_on(minutes=9)
    second = doorway.accounts.refresh(first.refresh_token)
    assert second.refresh_token != first.refresh_token
    doorway.clock.go_on(minutes=9)
    assert doorway.accounts.principal(second.access_token).device_id == "phone-1"


def test_a_renewal_repeated_within_a_minute_gives_the_same_successor(doorway):
    doorway.add()
    first = doorway.sign_in().refresh_token
    successor = doorway.accounts.refresh(first).refresh_token
    doorway.clock.go_on(seconds=60)
    assert doorway.accounts.refresh(first).refresh_token == successor


def test_within_the_minute_the_successor_may_even_have_been_used(doorway):
    doorway.add()
    first = doorway.sign_in().refresh_token
    second = doorway.accounts.refresh(first).refresh_token
    doorway.accounts.refresh(second)
    doorway.clock.go_on(seconds=30)
    assert doorway.accounts.refresh(first).refresh_token == second


def test_an_answer_lost_in_a_valley_is_given_again_hours_later(doorway):
    doorway.add()
    first = doorway.sign_in().refresh_token
    lost = doorway.accounts.refresh(first).refresh_token
    doorway.clock.go_on(hours=8)
    assert doorway.accounts.refresh(first).refresh_token == lost


def test_a_stolen_copy_used_later_ends_every_sign_in_of_the_device(doorway):
    doorway.add()
    first = doorway.sign_in().refresh_token
    second = doorway.accounts.refresh(first).refresh_token
    third = doorway.accounts.refresh(second).refresh_token
    doorway.clock.go_on(seconds=61)
    assert refused(doorway, first) == "refresh-reused"
    assert refused(doorway, third) == "refresh-invalid"


def test_a_refresh_token_runs_out_when_the_phone_stays_away_too_long(doorway):
    doorway.add()
    token = doorway.sign_in().refresh_token
    doorway.clock.go_on(days=90)
    assert refused(doorway, token) == "refresh-invalid"


def test_an_invented_refresh_token_is_refused(doorway):
    assert refused(doorway, "invented") == "refresh-invalid"


def test_after_signing_out_the_refresh_token_is_worth_nothing(doorway):
    doorway.add()
    token = doorway.sign_in().refresh_token
    doorway.accounts.sign_out("phone-1")
    assert refused(doorway, token) == "refresh-invalid"


def test_a_new_key_lets_old_tokens_live_on(doorway):
    doorway.add()
    given = doorway.sign_in()
    successor = doorway.accounts.refresh(given.refresh_token).refresh_token
    rotated = Accounts(doorway.database, Signer((b"n" * 32, KEY)), doorway.clock, hasher=CHEAP)
    assert rotated.principal(given.access_token).device_id == "phone-1"
    assert rotated.refresh(given.refresh_token).refresh_token == successor


def test_the_database_holds_no_token_that_could_be_used(doorway):
    doorway.add()
    given = doorway.sign_in()
    with doorway.database.reading() as connection:
        kept = str(connection.exec_driver_sql("SELECT * FROM refresh_token").all())
    assert given.refresh_token not in kept


def test_a_renewal_sent_twice_at_once_gives_one_successor(doorway):
    doorway.add()
    token = doorway.sign_in().refresh_token
    with ThreadPoolExecutor(8) as pool:
        given = list(pool.map(lambda _: doorway.accounts.refresh(token).refresh_token, range(8)))
    assert len(set(given)) == 1


def test_a_double_tap_on_sign_in_enrols_the_phone_once(doorway):
    account = doorway.add()
    with ThreadPoolExecutor(4) as pool:
        given = list(pool.map(lambda _: doorway.sign_in(), range(4)))
    assert {one.device.id for one in given} == {"phone-1"}
    assert len(doorway.accounts.devices.all("essex", account.id)) == 1
