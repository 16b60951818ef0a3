"""Statements and the proof that a ledger adds up."""

import csv
import io
from dataclasses import replace

import pytest
from sqlalchemy import text

from server.cli.workplace import workplace
from server.domain.ledger import Posting, TimeAccount, pair
from server.domain.statement import COLUMNS, faults, safe, statement_csv
from server.storage.engine import writing
from server.sync.door import Put
from tests.server.api.conftest import any_house, house
from tests.server.api.house import DISTRICT, House, slug
from tests.server.cli.conftest import essex, run
from tests.server.timebank.town import bank, member, pot

__all__ = ["any_house", "essex", "house", "run"]

AT = "2026-11-21T09:00:00.000Z"


def transfer(name: str, payer: str, receiver: str, minutes: int) -> Posting:
    return Posting(name, "transfer", AT, AT[:10], pair(0, payer, receiver, minutes, "gardening"))


def test_a_statement_is_csv_that_others_read() -> None:
    told = statement_csv("a", [transfer("t1", "b", "a", 90), transfer("t2", "a", "b", 120)])
    assert told.endswith("\r\n")
    assert told.count("\n") == told.count("\r\n") == 3
    first, second = csv.DictReader(io.StringIO(told, newline=""))
    assert list(first) == list(COLUMNS)
    assert [first[name] for name in ("in_min", "out_min", "held_min", "owed_min")] == ["90", "", "90", "0"]
    assert [second[name] for name in ("in_min", "out_min", "held_min", "owed_min")] == ["", "120", "0", "30"]


@pytest.mark.parametrize("cell", ["=1+1", "+44", "-7", "@SUM(A1)", "\t=1", "\r=1"])
def test_no_cell_is_a_formula(cell: str) -> None:
    assert safe(cell) == f"'{cell}"
    told = statement_csv("a", [replace(transfer("t", "a", "b", 30), id=cell)])
    (row,) = csv.DictReader(io.StringIO(told, newline=""))
    assert row["transaction_id"] == f"'{cell}"
    assert not [each for each in row.values() if each[:1] in ("=", "+", "-", "@", "\t", "\r")]


def test_quotes_and_commas_stay_what_they_are() -> None:
    told = statement_csv("a", [replace(transfer("t", "a", "b", 30), id='x,"y"')])
    assert '"x,""y"""' in told


def test_what_does_not_add_up_is_named() -> None:
    accounts = [TimeAccount("a", "bank", "person", -60, 60, -70), TimeAccount("b", "bank", "person", -60, 60, 60)]
    assert list(faults(accounts, {"a": -70, "b": 10}, ["t1"])) == [
        "The lines of transaction t1 do not sum to 0.",
        "Account a is beyond its bounds at -70 minutes.",
        "Account b has 60 minutes, its lines 10.",
        "The accounts of bank bank sum to -10 minutes, not to 0.",
    ]


def test_a_bank_is_opened_listed_and_proved_on_the_command_line(essex) -> None:
    said = essex("timebank", "open", "hythe", "--tenant", "essex", "--name", "Hythe Time Bank").output
    pot_id = said.split()[-1].rstrip(".")
    assert essex("timebank", "open", "hythe", "--tenant", "essex", "--name", "Again", ends=1).output
    assert essex("timebank", "open", "-x y", "--tenant", "essex", "--name", "Bad", ends=2).output
    at = workplace()
    members = [replace(member(n, "hythe")) for n in (1, 2)]
    at.door("essex").write(members)
    with at.store.write("essex") as work:
        work.post(transfer("t1", pot_id, "a1", 45))
    assert "essex: 3 account(s) of 1 time bank(s) add up; the sum is 0." in essex("timebank", "check").output
    assert "hythe" in essex("timebank", "banks").output
    told = essex("timebank", "statement", "a1", "--tenant", "essex").stdout_bytes
    assert told.startswith(b"posted_at,")
    assert b",transfer,gardening,45,,45,0,t1,\r\n" in told
    assert "There is no account" in essex("timebank", "statement", "zzz", "--tenant", "essex", ends=1).output
    assert "statement" in essex("audit", "--tenant", "essex").output
    with writing(at.store.engine) as connection:
        connection.execute(text("UPDATE time_account SET balance_min = 5 WHERE account_id = 'a2'"))
    assert "a2 has 5 minutes, its lines 0" in essex("timebank", "check", ends=1).output


def test_the_owner_and_the_broker_fetch_a_statement_and_others_find_nothing(any_house: House) -> None:
    at = any_house
    at.write(bank(district=DISTRICT), pot(), member(1), member(2), Put("account", "-x", dict(member(3).doc)))
    with at.services.store.write("essex") as work:
        work.post(transfer("t1", "a1", "-x", 45))
    at.add("vic", roles=["volunteer"], volunteer_id="volunteer-1")
    at.add("bob", roles=["broker"], bank_ids=["bank"])
    at.add("eve", roles=["broker"], bank_ids=["other"])
    where = "/v1/timebank/accounts/{}/statement"
    for name, account, status in (
        ("vic", "a1", 200), ("vic", "a2", 404), ("bob", "a2", 200), ("bob", "-x", 200), ("eve", "a1", 404),
        ("bob", "none", 404),
    ):  # fmt: skip
        answer = at.phone(name, f"phone-{name}").get(where.format(account))
        assert answer.status_code == status
        if status == 404:
            assert slug(answer) == "not-found"
    answer = at.phone("vic", "phone-vic").get(where.format("a1"))
    assert answer.mimetype == "text/csv"
    assert ",45,0,45,t1," in answer.text
    assert at.client.get(where.format("a1")).status_code == 401
