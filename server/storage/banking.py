"""The ledger of time banks in SQL: what a transaction asks of it."""

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import Connection, and_, bindparam, insert, or_, select, update

from server.domain.ledger import Line, Posted, Posting, TimeAccount, judge
from server.storage.bank_view import ACCOUNT, account_from, read_postings
from server.storage.part import Part
from server.storage.statements import add_unless_there
from server.storage.tables import time_account, time_bank, time_line, time_transaction


class BankingWork(Part):
    """The part of a writing transaction that keeps time banks. Rows are locked by id: first banks, then accounts."""

    connection: Connection

    def keep_bank(self, bank_id: str, *, closed: bool) -> None:
        """Make a bank, or say anew whether it is closed."""
        values = {"tenant": self.tenant, "bank_id": bank_id, "closed": closed}
        self._run(add_unless_there(time_bank, self.connection.dialect.name), values)
        mine = and_(time_bank.c.tenant == self.tenant, time_bank.c.bank_id == bank_id)
        self._run(update(time_bank).where(mine, time_bank.c.closed != closed).values(closed=closed))

    def keep_account(self, account: TimeAccount) -> TimeAccount | None:
        """Make an account with a balance of 0, or set its bounds, its owner and whether it is closed.

        Bounds give way to the balance that is there. None when its owner has another account in the bank.
        """
        found = self.time_accounts([account.id]).get(account.id)
        if found is None:
            return self._open(account)
        bounds = (min(account.floor_min, found.balance_min), max(account.ceiling_min, found.balance_min))
        new: dict[str, Any] = {"floor_min": bounds[0], "ceiling_min": bounds[1], "closed": account.closed}
        new |= {"owner_id": account.owner_id, "owner_kind": account.owner_kind}
        self._run(update(time_account).where(*self._account(account.id)).values(new))
        return self.time_accounts([account.id])[account.id]

    def _open(self, account: TimeAccount) -> TimeAccount | None:
        values = {
            "tenant": self.tenant, "account_id": account.id, "bank_id": account.bank_id, "type": account.type,
            "floor_min": min(0, account.floor_min), "ceiling_min": max(0, account.ceiling_min), "balance_min": 0,
            "closed": account.closed, "owner_id": account.owner_id, "owner_kind": account.owner_kind,
        }  # fmt: skip
        self._run(add_unless_there(time_account, self.connection.dialect.name), values)
        return self.time_accounts([account.id]).get(account.id)

    def time_accounts(self, ids: Collection[str]) -> Mapping[str, TimeAccount]:
        """Give those accounts that there are, locked in the order of their ids."""
        mine = and_(time_account.c.tenant == self.tenant, time_account.c.account_id.in_(sorted(ids)))
        locked = select(*ACCOUNT).where(mine).order_by(time_account.c.account_id).with_for_update()
        return {row.account_id: account_from(row) for row in self._run(locked)}

    def account_of(self, bank_id: str, owner_kind: str, owner_id: str) -> str | None:
        """Name the account that an owner has in a bank."""
        mine = and_(time_account.c.tenant == self.tenant, time_account.c.bank_id == bank_id)
        owner = and_(time_account.c.owner_kind == owner_kind, time_account.c.owner_id == owner_id)
        return self._run(select(time_account.c.account_id).where(mine, owner)).scalar()

    def post(self, posting: Posting) -> Posted:
        """Put a transaction into the ledger and move its balances, or say why not; refused, it changes nothing."""
        accounts = self.time_accounts(posting.account_ids)
        closed = self._closed({account.bank_id for account in accounts.values()})
        if before := self._before(posting):
            return before
        verdict = judge(posting, accounts, closed)
        if verdict is Posted.POSTED:
            self._write(posting)
        return verdict

    def _closed(self, bank_ids: Collection[str]) -> frozenset[str]:
        """Say which banks are closed; those that are open stay so until the end."""
        mine = and_(time_bank.c.tenant == self.tenant, time_bank.c.bank_id.in_(sorted(bank_ids)))
        shared = select(time_bank.c.bank_id, time_bank.c.closed).where(mine).order_by(time_bank.c.bank_id)
        return frozenset(row.bank_id for row in self._run(shared.with_for_update(read=True)) if row.closed)

    def _before(self, posting: Posting) -> Posted | None:
        ours = time_transaction.c.transaction_id == posting.id
        wanted = or_(ours, time_transaction.c.reverses == posting.reverses) if posting.reverses else ours
        found = select(time_transaction.c.transaction_id).where(time_transaction.c.tenant == self.tenant, wanted)
        ids = set(self._run(found).scalars())
        if not ids:
            return None
        return Posted.REPEATED if posting.id in ids else Posted.REVERSED_ALREADY

    def _write(self, posting: Posting) -> None:
        at = {"tenant": self.tenant, "transaction_id": posting.id}
        what = {"type": posting.type, "posted_at": posting.at, "day_on": posting.day_on}
        why = {"reverses": posting.reverses, "about_id": posting.about_id}
        self._run(insert(time_transaction), {**at, **what, **why})
        self._run(insert(time_line), [at | _row(line) for line in posting.lines])
        moved = time_account.c.balance_min + bindparam("net")
        mine = and_(time_account.c.tenant == self.tenant, time_account.c.account_id == bindparam("at_account"))
        nets = [{"at_account": account_id, "net": posting.nets[account_id]} for account_id in posting.account_ids]
        self._run(update(time_account).where(mine).values(balance_min=moved), nets)

    def posting(self, posting_id: str) -> Posting | None:
        """Give a transaction of the ledger."""
        return next(iter(read_postings(self.connection, self.tenant, time_line.c.transaction_id == posting_id)), None)

    def _account(self, account_id: str) -> tuple[Any, Any]:
        return time_account.c.tenant == self.tenant, time_account.c.account_id == account_id


def _row(line: Line) -> dict[str, Any]:
    sides = {"minutes": line.minutes, "other_minutes": -line.minutes}
    return {"pair": line.pair, "account_id": line.account_id, "category": line.category, **sides}
