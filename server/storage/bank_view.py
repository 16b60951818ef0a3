"""Looking into the ledger of time banks in SQL: its accounts, what happened to one, and what does not add up."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, func, select

from server.domain.ledger import Line, Posting, TimeAccount
from server.storage.tables import time_account, time_line, time_transaction

ACCOUNT = (
    time_account.c.account_id, time_account.c.bank_id, time_account.c.type, time_account.c.floor_min,
    time_account.c.ceiling_min, time_account.c.balance_min, time_account.c.closed, time_account.c.owner_id,
)  # fmt: skip
_OF_LINE = and_(
    time_transaction.c.tenant == time_line.c.tenant, time_transaction.c.transaction_id == time_line.c.transaction_id
)
_ORDER = (time_transaction.c.posted_at, time_transaction.c.transaction_id, time_line.c.pair, time_line.c.minutes)


class BankView:
    """Reads a tenant's ledger inside the transaction of `connection`."""

    connection: Connection
    tenant: str

    def time_accounts(self, bank_id: str | None = None) -> Sequence[TimeAccount]:
        """Give the accounts of a bank, or of all, in order of bank and id."""
        mine = time_account.c.tenant == self.tenant
        wanted = mine if bank_id is None else and_(mine, time_account.c.bank_id == bank_id)
        ordered = select(*ACCOUNT).where(wanted).order_by(time_account.c.bank_id, time_account.c.account_id)
        return [account_from(row) for row in self.connection.execute(ordered)]

    def postings(self, account_id: str) -> Iterator[Posting]:
        """Give the transactions that touch an account, oldest first, each with that account's lines alone."""
        return read_postings(self.connection, self.tenant, time_line.c.account_id == account_id)

    def line_sums(self) -> Mapping[str, int]:
        """Add up the lines of each account that has any, in minutes."""
        summed = select(time_line.c.account_id, func.sum(time_line.c.minutes)).where(time_line.c.tenant == self.tenant)
        return {row[0]: int(row[1]) for row in self.connection.execute(summed.group_by(time_line.c.account_id))}

    def unbalanced(self) -> Sequence[str]:
        """Name the transactions whose lines do not sum to 0: none, unless somebody went round the constraints."""
        mine = select(time_line.c.transaction_id).where(time_line.c.tenant == self.tenant)
        wrong = mine.group_by(time_line.c.transaction_id).having(func.sum(time_line.c.minutes) != 0)
        return sorted(self.connection.execute(wrong).scalars())


def account_from(row: Sequence[Any]) -> TimeAccount:
    """Read an account from the columns of `ACCOUNT`."""
    return TimeAccount(*row)


def read_postings(connection: Connection, tenant: str, wanted: ColumnElement[bool]) -> Iterator[Posting]:
    """Give transactions of the ledger, oldest first, each with those of its lines that are wanted."""
    columns = (
        time_transaction.c.transaction_id, time_transaction.c.type, time_transaction.c.posted_at,
        time_transaction.c.day_on, time_transaction.c.reverses, time_transaction.c.about_id, time_line.c.pair,
        time_line.c.account_id, time_line.c.minutes, time_line.c.category,
    )  # fmt: skip
    joined = select(*columns).join_from(time_transaction, time_line, _OF_LINE)
    rows = connection.execute(joined.where(time_line.c.tenant == tenant, wanted).order_by(*_ORDER))
    for _, found in groupby(rows, key=lambda row: row.transaction_id):
        yield _posting(list(found))


def _posting(rows: Sequence[Any]) -> Posting:
    first = rows[0]
    lines = tuple(Line(row.pair, row.account_id, row.minutes, row.category) for row in rows)
    return Posting(
        first.transaction_id, first.type, first.posted_at, first.day_on, lines, first.reverses, first.about_id
    )
