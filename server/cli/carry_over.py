"""What a restore carries over, so that it gives nobody access back and brings nobody who was erased back.

Taken from the database that is replaced: devices shut out and sign-ins ended, accounts closed, rights taken away,
passwords changed, people erased, and the audit. What was given or written since the backup is not.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection, select

from server.cli.carry_access import close_accounts, keep_passwords, keep_sign_ins, shut_out, take_rights
from server.cli.carry_audit import keep_audit
from server.cli.carry_erased import erase_again
from server.cli.taken import Taken
from server.clock import now as utc_now
from server.storage.heads import rewind
from server.storage.tables import head, lost_numbers


@dataclass(slots=True)
class Carried:
    """What was carried over, by ids, never by names of people.

    why_not : in a sentence, when there was nothing to carry over from. branched : programmes whose replaced database
    had left the backup's history, so that rights are as the backup has them. unknown : those that it did not have.
    """

    devices: Sequence[str] = ()
    signed_out: Sequence[str] = ()
    closed: Sequence[str] = ()
    rights: Sequence[str] = ()
    passwords: Sequence[str] = ()
    erased: Sequence[str] = ()
    audit: int = 0
    branched: Sequence[str] = ()
    unknown: Sequence[str] = ()
    why_not: str | None = None

    def sentences(self) -> Iterable[str]:
        """Say it in plain words, one sentence a line."""
        told = [
            (self.devices, "device(s) stay shut out"),
            (self.signed_out, "device(s) stay signed out"),
            (self.closed, "account(s) stay closed"),
            (self.rights, "account(s) stay without the rights that they lost"),
            (self.passwords, "account(s) keep their later password"),
            (self.erased, "record(s) stay erased"),
        ]
        for ids, what in told:
            if ids:
                yield f"{len(ids)} {what}: {', '.join(ids)}."
        if self.audit:
            yield f"{self.audit} line(s) of the audit stay."
        if self.branched:
            names = ", ".join(self.branched)
            yield f"The backup is later than what was replaced: rights, passwords and sign-ins in {names} are its own."
        if self.unknown:
            names = ", ".join(self.unknown)
            yield f"Of {names} the replaced database knew nothing: what was taken away since has to be done by hand."


@dataclass(frozen=True, slots=True)
class _History:
    """Where the history of a restored programme stood before its new epoch."""

    seq: int
    epoch: str
    lost: frozenset[tuple[int, int]] = field(default_factory=frozenset)


def begin_again(connection: Connection, taken: Taken | None) -> Carried:
    """Give a restored database its new epochs, and then carry over what was taken away since it was copied.

    Erasures come after the epoch: so their numbers are ones that the lost history never gave.
    """
    before = _histories(connection)
    rewind(connection, utc_now())
    return carry_over(connection, taken, before) if taken else Carried()


def carry_over(connection: Connection, taken: Taken, before: Mapping[str, _History]) -> Carried:
    """Take away again what was taken away."""
    known = {row["tenant"] for row in taken.heads} & before.keys()
    if before and not known:
        return Carried(why_not="The database that was replaced held no programme of the backup.")
    later = frozenset(tenant for tenant in known if _continues(taken, tenant, before[tenant]))
    mine = taken.of(before.keys())
    closed, out = close_accounts(connection, mine), shut_out(connection, mine)
    return Carried(
        devices=out,
        signed_out=keep_sign_ins(connection, mine, later),
        closed=closed,
        rights=take_rights(connection, mine, later),
        passwords=keep_passwords(connection, mine, later),
        erased=erase_again(connection, mine, known),
        audit=keep_audit(connection, mine),
        branched=sorted(known - later),
        unknown=sorted(before.keys() - known),
    )


def _histories(connection: Connection) -> Mapping[str, _History]:
    lost: dict[str, set[tuple[int, int]]] = {}
    for row in connection.execute(select(lost_numbers)):
        lost.setdefault(row.tenant, set()).add((row.first, row.last))
    return {
        row.tenant: _History(row.seq, row.epoch, frozenset(lost.get(row.tenant, ())))
        for row in connection.execute(select(head))
    }


def _continues(taken: Taken, tenant: str, backup: _History) -> bool:
    """Say whether the replaced database came after the backup: its history never left what the backup has of it."""
    now = next(row for row in taken.heads if row["tenant"] == tenant)
    left = {(row["first"], row["last"]) for row in taken.lost if row["tenant"] == tenant} - backup.lost
    has_left = now["epoch"] != backup.epoch and any(first <= backup.seq <= last for first, last in left)
    return bool(now["seq"] >= backup.seq) and not has_left
