"""The ledger of a time bank in minutes: accounts, postings of lines that sum to 0, and when one is refused."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from typing import Final

#: Minutes of one credit.
CREDIT_MIN: Final = 60
#: No rule of a bank and no clearing account goes further than this from 0, in minutes: 38 years of a county's hours.
FURTHEST_MIN: Final = 2_000_000_000

#: Type of account → the kind of record whose it is; clearing accounts are nobody's.
OWNER_KINDS: Final = {"person": "volunteer", "group": "organisation", "organisation": "organisation", "pot": "bank"}


class Posted(StrEnum):
    """What came of a posting. Repeated: the same one is in the ledger already, which changes nothing."""

    POSTED = "posted"
    REPEATED = "repeated"
    REVERSED_ALREADY = "already-reversed"
    BELOW_FLOOR = "below-floor"
    ABOVE_CEILING = "above-ceiling"
    ACCOUNT_CLOSED = "account-closed"
    BANK_CLOSED = "bank-closed"
    UNKNOWN_ACCOUNT = "unknown-account"


@dataclass(frozen=True, slots=True)
class TimeAccount:
    """An account. floor_min ≤ balance_min ≤ ceiling_min always, which the database itself checks.

    type : person, group, organisation, pot or clearing. owner_id : the record whose account it is, None for nobody's;
    one owner has at most one account in a bank.
    """

    id: str
    bank_id: str
    type: str
    floor_min: int = -FURTHEST_MIN
    ceiling_min: int = FURTHEST_MIN
    balance_min: int = 0
    closed: bool = False
    owner_id: str | None = None

    @property
    def owner_kind(self) -> str | None:
        """Of which kind the owner's record is; None for nobody's."""
        return None if self.owner_id is None else OWNER_KINDS.get(self.type)


@dataclass(frozen=True, slots=True)
class Line:
    """One side of a movement. pair : the number that it shares with the other side; minutes : in is above 0."""

    pair: int
    account_id: str
    minutes: int
    category: str


@dataclass(frozen=True, slots=True)
class Posting:
    """A transaction of the ledger; it is never changed. at : UTC instant as text. day_on : when the help was given.

    type : exchange, transfer, donation, task or reversal. reverses : the posting that this one takes back; the database
    lets each be taken back once. about_id : the exchange, task or record that it follows from.
    """

    id: str
    type: str
    at: str
    day_on: str
    lines: tuple[Line, ...]
    reverses: str | None = None
    about_id: str | None = None

    @property
    def account_ids(self) -> tuple[str, ...]:
        """The accounts that it touches, each once, in the order in which everybody locks them."""
        return tuple(sorted({line.account_id for line in self.lines}))

    @property
    def nets(self) -> Mapping[str, int]:
        """What it adds to each account, in minutes."""
        ordered = sorted(self.lines, key=lambda line: line.account_id)
        groups = groupby(ordered, key=lambda line: line.account_id)
        return {account_id: sum(line.minutes for line in lines) for account_id, lines in groups}


def pair(number: int, payer_id: str, receiver_id: str, minutes: int, category: str) -> tuple[Line, Line]:
    """Make both sides of one movement of so many minutes."""
    return Line(number, payer_id, -minutes, category), Line(number, receiver_id, minutes, category)


def reversed_lines(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Give the lines that take `lines` back."""
    return tuple(Line(line.pair, line.account_id, -line.minutes, line.category) for line in lines)


def judge(posting: Posting, accounts: Mapping[str, TimeAccount], closed_banks: AbstractSet[str]) -> Posted:
    """Say whether the ledger takes a posting; the first account in order of id that stands in its way says why.

    accounts : those of the posting that are there. Raises ValueError for lines that do not sum to 0.
    """
    if any(sum(line.minutes for line in lines) for lines in _pairs(posting)):
        raise ValueError("the lines of a posting sum to 0, pair by pair")
    nets = posting.nets
    refusals = (_refuse(accounts.get(one), nets[one], closed_banks) for one in posting.account_ids)
    return next((refusal for refusal in refusals if refusal), Posted.POSTED)


def _pairs(posting: Posting) -> list[list[Line]]:
    ordered = sorted(posting.lines, key=lambda line: line.pair)
    return [list(lines) for _, lines in groupby(ordered, key=lambda line: line.pair)]


def _refuse(account: TimeAccount | None, minutes: int, closed_banks: AbstractSet[str]) -> Posted | None:
    if account is None:
        return Posted.UNKNOWN_ACCOUNT
    if account.bank_id in closed_banks:
        return Posted.BANK_CLOSED
    if account.closed:
        return Posted.ACCOUNT_CLOSED
    after = account.balance_min + minutes
    if minutes < 0 and after < account.floor_min:
        return Posted.BELOW_FLOOR
    return Posted.ABOVE_CEILING if minutes > 0 and after > account.ceiling_min else None
