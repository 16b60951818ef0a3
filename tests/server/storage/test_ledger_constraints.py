"""What the database itself refuses, whoever writes into it."""

import pytest
from sqlalchemy import exc, text

from server.storage.engine import writing
from server.storage.sql import SqlStore
from server.storage.testing_banking import opened, transfer
from server.storage.testing_ledger import TENANT

_TRANSACTION = "INSERT INTO time_transaction VALUES ('essex', '{}', 'reversal', 'now', '2026-11-21', '{}', NULL)"
_ACCOUNT = (
    "INSERT INTO time_account (tenant, account_id, bank_id, type, owner_kind, owner_id, floor_min, "
    "ceiling_min, balance_min, closed) VALUES ('essex', 'c', '{}', 'person', {}, {}, 0, 0, 0, false)"
)
_LINE = "INSERT INTO time_line VALUES ('essex', 't1', {}, {}, {}, '{}', 'gardening')"


@pytest.fixture
def ledger(sql_store: SqlStore) -> SqlStore:
    """Give a bank whose accounts a and b have exchanged an hour."""
    with sql_store.write(TENANT) as work:
        opened(work, "a", "b")
        work.post(transfer("t1", "a", "b", 60))
    return sql_store


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE time_line SET minutes = 90",
        "DELETE FROM time_line",
        "UPDATE time_transaction SET day_on = '2026-11-22'",
        "DELETE FROM time_transaction",
        "UPDATE time_account SET balance_min = -121 WHERE account_id = 'a'",
        "UPDATE time_account SET balance_min = 601 WHERE account_id = 'a'",
        _ACCOUNT.format("bank", "'volunteer'", "'owner-a'"),
        _ACCOUNT.format("bank", "NULL", "'owner-c'"),
        _ACCOUNT.format("no-bank", "NULL", "NULL"),
        _TRANSACTION.format("t2", "t2"),
        _TRANSACTION.format("t2", "t0"),
        _LINE.format(1, 5, -5, "a"),
        _LINE.format(1, 5, 5, "a"),
        _LINE.format(1, 0, 0, "a"),
        _LINE.format(0, 60, -60, "a"),
        f"{_LINE.format(1, 5, -5, 'a')}, ('essex', 't1', 1, -5, 5, 'nobody', 'gardening')",
    ],
)
def test_the_database_itself_refuses(ledger: SqlStore, statement: str) -> None:
    with pytest.raises(exc.DBAPIError), writing(ledger.engine) as connection:
        connection.execute(text(statement))


def test_the_database_lets_a_volunteer_and_an_organisation_have_one_id(ledger: SqlStore) -> None:
    with writing(ledger.engine) as connection:
        connection.execute(text(_ACCOUNT.format("bank", "'organisation'", "'owner-a'")))


def test_the_database_lets_a_transaction_be_reversed_once(ledger: SqlStore) -> None:
    with writing(ledger.engine) as connection:
        connection.execute(text(_TRANSACTION.format("t2", "t1")))
    with pytest.raises(exc.IntegrityError), writing(ledger.engine) as connection:
        connection.execute(text(_TRANSACTION.format("t3", "t1")))


def test_the_database_takes_both_sides_of_a_movement(ledger: SqlStore) -> None:
    with writing(ledger.engine) as connection:
        connection.execute(text(f"{_LINE.format(1, 5, -5, 'a')}, ('essex', 't1', 1, -5, 5, 'b', 'gardening')"))
