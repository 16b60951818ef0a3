"""The ledger of time banks in memory: the same as in SQL."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from server.domain.ledger import Posted, Posting, TimeAccount, judge


@dataclass(slots=True)
class MemoryBanks:
    """What a tenant's banks hold; copied before each transaction and each mutation."""

    closed: dict[str, bool] = field(default_factory=dict)
    accounts: dict[str, TimeAccount] = field(default_factory=dict)
    postings: dict[str, Posting] = field(default_factory=dict)
    reversed: dict[str, str] = field(default_factory=dict)  # posting → the one that takes it back

    def copy(self) -> "MemoryBanks":
        """Give a copy that later changes leave alone."""
        return MemoryBanks(dict(self.closed), dict(self.accounts), dict(self.postings), dict(self.reversed))


class MemoryBankView:
    """Reads a tenant's ledger."""

    @property
    def banks(self) -> MemoryBanks:
        """What the tenant's banks hold."""
        raise NotImplementedError  # the memory's view, which this is a part of, has it

    def time_accounts(self, bank_id: str | None = None) -> Sequence[TimeAccount]:
        """Give the accounts of a bank, or of all, in order of bank and id."""
        found = [one for one in self.banks.accounts.values() if bank_id in (None, one.bank_id)]
        return sorted(found, key=lambda one: (one.bank_id, one.id))

    def postings(self, account_id: str) -> Iterator[Posting]:
        """Give the transactions that touch an account, oldest first, each with that account's lines alone."""
        for posting in sorted(self.banks.postings.values(), key=lambda one: (one.at, one.id)):
            if lines := tuple(line for line in posting.lines if line.account_id == account_id):
                yield replace(posting, lines=lines)

    def line_sums(self) -> Mapping[str, int]:
        """Add up the lines of each account that has any, in minutes."""
        sums: dict[str, int] = {}
        for posting in self.banks.postings.values():
            for account_id, minutes in posting.nets.items():
                sums[account_id] = sums.get(account_id, 0) + minutes
        return sums

    def unbalanced(self) -> Sequence[str]:
        """Name the transactions whose lines do not sum to 0."""
        return sorted(one.id for one in self.banks.postings.values() if sum(one.nets.values()))


class MemoryBanking:
    """The part of a writing transaction that keeps time banks."""

    @property
    def banks(self) -> MemoryBanks:
        """What the tenant's banks hold."""
        raise NotImplementedError  # the memory's transaction, which this is a part of, has it

    def keep_bank(self, bank_id: str, *, closed: bool) -> None:
        """Make a bank, or say anew whether it is closed."""
        self.banks.closed[bank_id] = closed

    def keep_account(self, account: TimeAccount) -> TimeAccount | None:
        """Make an account with a balance of 0, or set its bounds, its owner and whether it is closed."""
        kind, name = account.owner_kind, account.owner_id
        mine = self.account_of(account.bank_id, kind, name) if kind and name else None
        if mine and mine != account.id:
            return None
        found = self.banks.accounts.get(account.id)
        balance = found.balance_min if found else 0
        floor, ceiling = min(account.floor_min, balance), max(account.ceiling_min, balance)
        kept = replace(found or account, floor_min=floor, ceiling_min=ceiling, balance_min=balance)
        self.banks.accounts[account.id] = replace(kept, closed=account.closed, owner_id=account.owner_id)
        return self.banks.accounts[account.id]

    def time_accounts(self, ids: Collection[str]) -> Mapping[str, TimeAccount]:
        """Give those accounts that there are."""
        return {one: self.banks.accounts[one] for one in sorted(set(ids)) if one in self.banks.accounts}

    def account_of(self, bank_id: str, owner_kind: str, owner_id: str) -> str | None:
        """Name the account that an owner has in a bank."""
        wanted = bank_id, owner_kind, owner_id
        found = self.banks.accounts.values()
        return next((one.id for one in found if (one.bank_id, one.owner_kind, one.owner_id) == wanted), None)

    def post(self, posting: Posting) -> Posted:
        """Put a transaction into the ledger and move its balances, or say why not; refused, it changes nothing."""
        banks = self.banks
        if posting.id in banks.postings:
            return Posted.REPEATED
        if posting.reverses in banks.reversed:
            return Posted.REVERSED_ALREADY
        closed = frozenset(bank_id for bank_id, is_closed in banks.closed.items() if is_closed)
        verdict = judge(posting, self.time_accounts(posting.account_ids), closed)
        if verdict is Posted.POSTED:
            self._write(posting)
        return verdict

    def _write(self, posting: Posting) -> None:
        banks = self.banks
        banks.postings[posting.id] = posting
        if posting.reverses:
            banks.reversed[posting.reverses] = posting.id
        for account_id, net in posting.nets.items():
            account = banks.accounts[account_id]
            banks.accounts[account_id] = replace(account, balance_min=account.balance_min + net)

    def posting(self, posting_id: str) -> Posting | None:
        """Give a transaction of the ledger."""
        return self.banks.postings.get(posting_id)
