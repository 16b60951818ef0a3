"""Whoever holds as many scopes as an account may, with names as long as they may be, pulls to the end all the same."""

import json
import random
import string

import pytest

from mobile_contract.version import CURRENT
from mobile_contract.wire.limits import MAX_CURSOR
from server.accounts.manage import MOST_NAMED, MOST_SCOPES
from server.accounts.tokens import Signer
from server.api.seal import SignedSeal
from server.sync.door import Put
from tests.server.api.house import PERSON, TENANT, House

SIGNS = string.ascii_letters + string.digits + "_.-"
SEED = 20


def names(count: int, length: int) -> list[str]:
    """Names that cannot be made shorter."""
    roll = random.Random(SEED)
    return ["".join(roll.choices(SIGNS, k=length)) for _ in range(count)]


@pytest.mark.parametrize(("count", "length"), [(MOST_SCOPES, 24), (375, 64)])
def test_the_longest_cursor_fits_though_every_scope_is_at_a_place_of_its_own(count: int, length: int) -> None:
    seal, roll = SignedSeal(Signer([b"k" * 32])), random.Random(SEED)
    places = {name: [roll.randrange(10**15, 10**16), roll.randrange(10**15, 10**16)] for name in names(count, length)}
    payload = {"t": "t" * 64, "d": "d" * 64, "e": "e" * 32, "s": places, "h": ["attachment"]}
    assert sum(map(len, places)) >= MOST_NAMED
    token = seal.seal(payload)
    assert len(token) <= MAX_CURSOR * 9 // 10
    assert SignedSeal(Signer([b"k" * 32])).open(token) == payload


def test_a_cursor_that_was_given_before_long_ones_were_packed_is_good() -> None:
    signer, places = Signer([b"k" * 32]), {f"caseload:t{n}": [0, 0] for n in range(400)}
    seal, plain = SignedSeal(signer), signer.sealed("cursor", json.dumps({"s": places}).encode())
    assert seal.open(plain) == {"s": places}
    assert len(seal.seal({"s": places})) < len(plain) / 3


@pytest.mark.slow
def test_the_worst_account_pulls_page_after_page_to_the_end(any_house: House) -> None:
    teams = names(320, 64)
    any_house.add(team_ids=teams)
    any_house.write(*(Put("person", f"p{n}", PERSON | {"team_id": team}) for n, team in enumerate(teams[:60])))
    phone, cursor, seen, more = any_house.phone(), None, set(), True
    while more:
        answer = phone.post("/v1/sync/pull", {"cursor": cursor, "schema": CURRENT, "limit": 7})
        assert answer.status_code == 200, answer.json
        page = answer.json
        cursor, more = page["cursor"], page["more"]
        assert len(cursor) <= MAX_CURSOR
        seen |= {row["i"] for row in page["rows"]}
    assert len(seen) == 60
    any_house.write(Put("person", "late", PERSON | {"team_id": teams[-1]}))
    assert [row["i"] for row in phone.pull(cursor).json["rows"]] == ["late"]
    account = any_house.services.accounts.accounts.by_username("amina")
    assert account is not None
    any_house.services.accounts.grants.set(TENANT, account.id, {f"caseload:{teams[0]}"}, any_house.clock())
    assert len(phone.pull(cursor).json["evict"]) == 321
