"""Children that came before their parents: kept, and applied when the parent arrives."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Protocol

from server.sync.batch import Batch
from server.sync.canonical import plain, read_plain
from server.sync.context import Verdict, rejected
from server.sync.erasing import is_about_erased
from server.sync.hlc import instant_text
from server.sync.kept import mutation_from, mutation_json
from server.sync.model import Key, Later, Mutation, Outcome, Principal
from server.sync.ports import ClashError, Deferred, Quarantined
from server.sync.quarantine import quarantined

#: How long a mutation waits for the record it refers to, before people look at it.
PATIENCE = timedelta(days=7)
#: How many that waited too long one transaction gives up on.
SWEEP = 200


class Apply(Protocol):
    """Applies a mutation by somebody's rights; late : after it waited."""

    def __call__(self, mutation: Mutation, sender: Principal, hlc: str, /, *, late: bool) -> Verdict:
        """Say what becomes of it."""


class Waiting:
    """The deferred mutations that one transaction meets: those it adds, and those whose parent has come."""

    def __init__(self, batch: Batch, now: str, apply: Apply, *, look: bool) -> None:
        """Meet what waits for new records at once if `look`; else only make sure, at the end, that nothing does.

        Hardly anything ever waits, so a transaction starts without looking and starts again when it should have.
        """
        self._batch, self._now, self._apply, self._look = batch, now, apply, look
        self._waiting: dict[tuple[str, str], tuple[Deferred, Mutation]] = {}
        self._asked: set[Key] = set()
        self._senders: dict[str, Principal] = {}
        self._done: set[tuple[str, str]] = set()
        self.creations: dict[Key, str] = {}  # records whose creation waits, so that edits of them wait as well
        self.added: dict[tuple[str, str], Deferred] = {}
        self.settled: list[tuple[str, str]] = []
        self.refused: list[Quarantined] = []
        self.later: list[tuple[str, Later]] = []

    def load(self, device: str) -> None:
        """Meet what waits of this device: its parent may have come in a transaction that did not see it wait."""
        self._meet(self._batch.work.waiting_of(device))

    def sweep(self) -> int:
        """Meet whatever has waited too long, of any device; say how much that is."""
        before = instant_text(_instant(self._now) - PATIENCE)
        overdue = self._batch.work.overdue(before, SWEEP)
        self._meet(overdue)
        return len(overdue)

    def note(self, mutation: Mutation, verdict: Verdict, hlc: str, principal: Principal) -> None:
        """Let a mutation wait if the verdict says so."""
        if verdict.parent is not None:
            payload = plain({**mutation_json(mutation), "hlc": hlc})
            device, parent = principal.device_id, verdict.parent
            self._add(Deferred(device, mutation.mid, parent, payload, principal, mutation.lseq, self._now))

    def _add(self, entry: Deferred) -> None:
        self.added[entry.device, entry.mid] = entry
        self._meet([entry])

    def settle(self) -> None:
        """Apply what need not wait any longer, until nothing more comes free; give up on what waited too long."""
        self._arrive()
        while ripe := [entry for entry, _ in self._waiting.values() if self._has_come(entry)]:
            for entry in ripe:
                self._settle(entry)
            self._arrive()
        for entry in [entry for entry, _ in self._waiting.values() if self._is_overdue(entry)]:
            self.settled.append((entry.device, entry.mid))
            self._end(entry, self._leave(entry), rejected("parent-missing"))

    def confirm(self) -> None:
        """Look again once the head row is ours, from when on every other transaction is over or has not decided.

        A parent and its child may have been on their way at once, neither seeing the other. Raises ClashError.
        """
        work, new = self._batch.work, self._new()
        late = {(entry.device, entry.mid) for entry in work.waiting(new)} if new else set()
        if late - self._waiting.keys() - self._done - set(self.settled):
            raise ClashError("a mutation began to wait for a record that is new")
        self._batch.standing.clear()
        if any(self._has_come(entry) for entry in self.added.values()):
            raise ClashError("a record that was waited for has come")

    def _has_come(self, entry: Deferred) -> bool:
        """Say whether the record waited for is one that the sender holds, or held when sending."""
        if self._batch.stands(entry.parent, entry.principal.scopes) is not None:
            return True
        return self._batch.stands(entry.parent, self._rights(entry).scopes) is not None

    def _rights(self, entry: Deferred) -> Principal:
        """Give the sender as they stand now: grants may have changed while the mutation waited."""
        if entry.principal.account_id not in self._senders:
            self._senders[entry.principal.account_id] = self._batch.work.rights(entry.principal)
        today = self._senders[entry.principal.account_id]
        return replace(entry.principal, roles=today.roles, scopes=today.scopes)

    def _arrive(self) -> None:
        """Meet what waits for records that this transaction made."""
        if not self._look:
            return
        new = set(self._new()) - self._asked
        self._asked |= new
        if new:
            self._meet(self._batch.work.waiting(new))

    def _new(self) -> list[Key]:
        """Name what is new to somebody: records that were made, and those that came into another scope."""
        batch = self._batch
        moved = [
            key
            for key, touched in batch.touched.items()
            if (before := batch.before.get(key))
            and not batch.scopes(key, touched.after.doc) <= batch.scopes(key, before.doc)
        ]
        return [*batch.created(), *moved]

    def _meet(self, entries: Iterable[Deferred]) -> None:
        for entry in entries:
            if (entry.device, entry.mid) not in self._waiting and (entry.device, entry.mid) not in self._done:
                mutation = mutation_from(read_plain(entry.payload))
                self._waiting[entry.device, entry.mid] = (entry, mutation)
                if mutation.op == "create":
                    self.creations[mutation.key] = mutation.mid

    def _leave(self, entry: Deferred) -> Mutation:
        _, mutation = self._waiting.pop((entry.device, entry.mid))
        if self.creations.get(mutation.key) == mutation.mid:
            del self.creations[mutation.key]
        return mutation

    def _is_overdue(self, entry: Deferred) -> bool:
        return _instant(entry.received_at) + PATIENCE < _instant(self._now)

    def _settle(self, entry: Deferred) -> None:
        mutation = self._leave(entry)
        self.settled.append((entry.device, entry.mid))
        verdict = self._apply(mutation, self._rights(entry), mutation.hlc, late=True)
        if verdict.parent is None:
            self._end(entry, mutation, verdict)
        elif verdict.parent == entry.parent:  # it has come to those who held it then; the sender has lost it since
            self._end(entry, mutation, rejected("not-yours"))
        else:  # it refers to a second record that is not here either
            self._add(replace(entry, parent=verdict.parent))

    def _end(self, entry: Deferred, mutation: Mutation, verdict: Verdict) -> None:
        self.added.pop((entry.device, entry.mid), None)
        self._done.add((entry.device, entry.mid))
        self.later.append((entry.device, Later(entry.mid, verdict.outcome, verdict.problem)))
        if verdict.outcome is Outcome.REJECTED or verdict.blank:
            blank = verdict.blank or is_about_erased(mutation, self._batch)
            self.refused.append(quarantined(mutation, verdict._replace(blank=blank), entry.device, self._now))


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text)
