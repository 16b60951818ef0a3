"""The journal: what the server has answered lately, to be sent again where it went back to a backup without it."""

from collections.abc import Iterator
from dataclasses import replace

from mobile_contract.python.holding import Entry, Holding

#: How many answered changes a phone remembers: as many as it may hold records.
_REMEMBERED = 20_000


def remember(holding: Holding, entry: Entry, lseq: int | None = None) -> None:
    """Keep a change that was answered. lseq : the number under which the server has it, if it says so."""
    holding.sent[entry.mid] = replace(entry, lseq=lseq or entry.lseq)
    while len(holding.sent) > _REMEMBERED:
        del holding.sent[next(iter(holding.sent))]


def is_forgotten(holding: Holding, acked: int) -> bool:
    """Say whether the server has fewer changes than it has answered: a phone without a cursor hears of no new epoch."""
    return any((entry.lseq or 0) > acked for entry in _answered(holding))


def latest(holding: Holding) -> int:
    """Give the greatest number under which the server has answered a change, 0 if there is none."""
    return max((entry.lseq or 0 for entry in _answered(holding)), default=0)


def note_number(holding: Holding, lseq: int, answered: int) -> None:
    """Note that a number is given twice, as by a phone whose counter was damaged.

    A server that was restored meanwhile takes it: only up to there do its history and the journal's agree.
    """
    if lseq <= answered:
        holding.fork = lseq - 1 if holding.fork is None else min(holding.fork, lseq - 1)


def send_again(holding: Holding, acked: int) -> None:
    """Put what the server lacks back among what waits, in the order in which it was made.

    acked : up to where the server now has this phone's changes. Numbers that were given after an earlier restore say
    nothing about a backup that may be of the time before it, so these changes all go again: their ids keep them from
    being applied twice.
    """
    known = holding.fork = acked if holding.fork is None else min(acked, holding.fork)
    lost = {entry.mid: entry for entry in _answered(holding) if entry.lseq is None or entry.lseq > known}
    holding.sent = {mid: entry for mid, entry in holding.sent.items() if mid not in lost}
    again = {mid: replace(entry, lseq=None, deferred=False) for mid, entry in lost.items()}
    outbox = holding.outbox | again
    holding.outbox = dict(sorted(outbox.items(), key=lambda one: one[1].order))


def _answered(holding: Holding) -> Iterator[Entry]:
    yield from holding.sent.values()
    yield from (entry for entry in holding.outbox.values() if entry.deferred)
