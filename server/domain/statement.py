"""What a ledger tells: the statement of an account as CSV, and whether all of it adds up."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from server.domain.ledger import Posting, TimeAccount

#: No column has a sign: what begins with one is a formula to a spreadsheet.
COLUMNS: Final = (
    "posted_at", "day_on", "type", "category", "in_min", "out_min", "held_min", "owed_min", "transaction_id",
    "reverses_id",
)  # fmt: skip
_FORMULA: Final = tuple("=+-@\t\r\n")


def statement_csv(account_id: str, postings: Iterable[Posting]) -> str:
    """Write what happened to an account, oldest first, as RFC 4180 has it: lines end with CRLF, the first has names.

    A cell that a spreadsheet would take for a formula begins with an apostrophe.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows([safe(cell) for cell in row] for row in _rows(account_id, postings))
    return text.getvalue()


def _rows(account_id: str, postings: Iterable[Posting]) -> Iterator[tuple[object, ...]]:
    balance = 0
    for posting in postings:
        for line in posting.lines:
            if line.account_id != account_id:
                continue
            balance += line.minutes
            moved, stands = _in_and_out(line.minutes), (max(balance, 0), max(-balance, 0))
            about = (posting.id, posting.reverses or "")
            yield (posting.at, posting.day_on, posting.type, line.category, *moved, *stands, *about)


def _in_and_out(minutes: int) -> tuple[object, object]:
    return (minutes, "") if minutes > 0 else ("", -minutes)


def safe(cell: object) -> str:
    """Give a cell's text so that no spreadsheet takes it for a formula."""
    text = str(cell)
    return f"'{text}" if text.startswith(_FORMULA) else text


def faults(accounts: Sequence[TimeAccount], sums: Mapping[str, int], unbalanced: Sequence[str]) -> Iterator[str]:
    """Say, a sentence each, what of a ledger does not add up; nothing when all of it does.

    sums : of each account's lines, in minutes. unbalanced : transactions whose lines do not sum to 0.
    """
    for name in unbalanced:
        yield f"The lines of transaction {name} do not sum to 0."
    for one in accounts:
        lines = sums.get(one.id, 0)
        if one.balance_min != lines:
            yield f"Account {one.id} has {one.balance_min} minutes, its lines {lines}."
        if not one.floor_min <= one.balance_min <= one.ceiling_min:
            yield f"Account {one.id} is beyond its bounds at {one.balance_min} minutes."
    for bank_id, total in bank_sums(accounts).items():
        if total:
            yield f"The accounts of bank {bank_id} sum to {total} minutes, not to 0."


def bank_sums(accounts: Iterable[TimeAccount]) -> dict[str, int]:
    """Add up the balances of each bank, its clearing accounts included."""
    sums: dict[str, int] = {}
    for one in accounts:
        sums[one.bank_id] = sums.get(one.bank_id, 0) + one.balance_min
    return sums
