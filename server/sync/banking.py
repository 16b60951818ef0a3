"""What the core asks of storage about time banks; `server/storage/testing_banking.py` holds every store to it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Protocol

from server.domain.ledger import Posted, Posting, TimeAccount


class BankingView(Protocol):
    """One consistent look at a tenant's ledger."""

    def time_accounts(self, bank_id: str | None = None) -> Sequence[TimeAccount]:
        """Give the accounts of a time bank, or of all, in order of bank and id."""

    def postings(self, account_id: str) -> Iterable[Posting]:
        """Give the transactions that touch an account, oldest first, each with that account's lines alone."""

    def line_sums(self) -> Mapping[str, int]:
        """Add up the lines of each account that has any, in minutes."""

    def unbalanced(self) -> Sequence[str]:
        """Name the transactions whose lines do not sum to 0: none, unless somebody went round the store."""


class BankingWork(Protocol):
    """What a writing transaction asks of the ledger."""

    def keep_bank(self, bank_id: str, *, closed: bool) -> None:
        """Make a time bank, or say anew whether it is closed."""

    def keep_account(self, account: TimeAccount) -> TimeAccount | None:
        """Make an account with a balance of 0, or set its bounds, its owner and whether it is closed.

        Bounds give way to the balance that is there. None when its owner has another account in the bank.
        """

    def time_accounts(self, ids: Collection[str]) -> Mapping[str, TimeAccount]:
        """Give those accounts that there are, locked in the order of their ids."""

    def account_of(self, bank_id: str, owner_kind: str, owner_id: str) -> str | None:
        """Name the account that an owner, a record of this kind, has in a time bank."""

    def post(self, posting: Posting) -> Posted:
        """Put a transaction into the ledger and move its balances, or say why not; refused, it changes nothing."""

    def posting(self, posting_id: str) -> Posting | None:
        """Give a transaction of the ledger."""
