"""One transaction through the door: documents are written, deleted, erased, with all that follows from it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, TypeVar

from server.sync.attempt import attempt
from server.sync.batch import Batch
from server.sync.consequences import count_places, end_claim, follow
from server.sync.context import Context, Verdict
from server.sync.counted import with_counts
from server.sync.decisions.completing import recount
from server.sync.decisions.guarding import keep_consent
from server.sync.decisions.sessions import with_days
from server.sync.decisions.stocking import count_stock
from server.sync.deferred import Waiting
from server.sync.erasing import erase_all
from server.sync.hlc import clock_text, instant_text, milliseconds
from server.sync.model import PENDING, Key, Later, Mutation, Outcome, Principal, Stamp, Stored
from server.sync.ports import Quarantined, Seen, Validate
from server.sync.puts import Put, Written
from server.sync.receipts import Ledger
from server.sync.review import may_review, mutation_of

R = TypeVar("R")


class Entrance:
    """One transaction through the door."""

    def __init__(self, batch: Batch, validate: Validate, now: datetime, by: str, *, again: bool) -> None:
        self._batch, self._validate, self._by, self._again = batch, validate, by, again
        self._now, self._stamp = instant_text(now), Stamp(PENDING, by, clock_text(milliseconds(now), 0, by))
        self._now_ms = milliseconds(now)
        self._reviewed: list[Quarantined] = []
        nobody = Principal("", by, by, frozenset(), frozenset())
        self._context = Context(batch, validate, nobody, self._now, self._stamp.hlc)

    def write(self, puts: Sequence[Put]) -> Written:
        """Keep documents."""
        counted = {Key("place_count", put.doc["item_id"]) for put in puts if put.kind == "placement"}
        self._batch.load(counted.union(put.key for put in puts))
        written = sum((self._put(put) for put in puts), Written())
        self._close()
        return written

    def add(self, puts: Sequence[Put]) -> int:
        """Keep documents under ids that nobody has used."""
        self._batch.load([put.key for put in puts])
        return self.write([put for put in puts if self._batch.get(put.key) is None]).created

    def _put(self, put: Put) -> Written:
        existing = self._batch.get(put.key)
        if existing is not None and existing.erased:
            return Written(unchanged=1)  # who was erased does not come back with an import
        doc = with_counts(put.key, put.doc, existing, self._batch.work)
        if put.kind == "schedule":
            doc = with_days(doc, existing, self._now)
        if existing is None:
            self._batch.put(put.key, doc, dict.fromkeys(doc, self._stamp), self._by)
            self._follow(put.key, None)
            return Written(created=1)
        changed = {name for name, value in doc.items() if existing.doc.get(name) != value}
        if not changed and not existing.deleted:
            return Written(unchanged=1)
        stamps = {**existing.stamps, **dict.fromkeys(changed, self._stamp)}
        self._batch.put(put.key, {**existing.doc, **doc}, stamps, self._by)
        self._follow(put.key, existing)
        return Written(changed=1)

    def _follow(self, key: Key, before: Stored | None) -> None:
        """Carry out what a written record means for others, as for a phone's edit."""
        after = self._batch.touched[key].after
        if before is not None:
            follow(after, self._context)
            self._end_claim(before, after)
        elif key.kind == "course":
            follow(after, self._context)
        if key.kind == "completion":
            recount(after.doc["volunteer_id"], self._context)
        if key.kind == "guardian_consent":
            keep_consent(after, self._context)
        if key.kind in ("movement", "reservation"):
            count_stock(after.doc["item_id"], self._context)
        if key.kind == "placement":
            held = {
                stored.doc["item_id"] for stored in (before, after) if stored and stored.doc["place_held"] != "none"
            }
            for item_id in sorted(held):
                count_places(item_id, self._context)

    def _end_claim(self, before: Stored, after: Stored) -> None:
        """End the claim on a task that is claimed no longer: staff may say so without a command."""
        was, now = before.doc.get("status"), after.doc.get("status")
        if after.key.kind == "task" and was == "claimed" != now:
            end_claim(after.key.id, "done" if now == "done" else "released", None, self._context)

    def change(self, changes: Sequence[tuple[Key, Mapping[str, Any]]]) -> int:
        """Set fields of records that are there."""
        self._batch.load([key for key, _ in changes])
        for key, values in changes:
            record = self._batch.get(key)
            if record is not None and not record.deleted:
                self._batch.change(key, values, self._by, self._context.hlc)
        changed = len(self._batch.touched)
        if changed:
            self._close()
        return changed

    def carry_out(self, do: Callable[[Context], R]) -> R:
        """Do what the server decided."""
        found = do(self._context)
        if self._batch.touched:
            self._close()
        return found

    def remove(self, keys: Sequence[Key]) -> int:
        """Delete records."""
        self._batch.load(keys)
        gone = sum(self._remove(key) for key in dict.fromkeys(keys))
        self._close()
        return gone

    def _remove(self, key: Key) -> bool:
        record = self._batch.get(key)
        if record is None or record.deleted:
            return False
        self._batch.put(key, record.doc, record.stamps, self._by, deleted=True)
        follow(self._batch.touched[key].after, self._context)
        return True

    def erase(self, keys: Sequence[Key]) -> int:
        """Erase records and all that hangs on them; say how many there were."""
        gone = sum(len(erase_all(key, self._context)) for key in keys if self._batch.get(key) is not None)
        self._batch.audit += [Seen(self._now, self._by, self._by, "erase", kind=key.kind, id=key.id) for key in keys]
        self._close()
        return gone

    def act(self, mutation: Mutation, principal: Principal) -> Verdict:
        """Apply one mutation under somebody's authority, outside any device's queue."""
        self._context = self._context._replace(principal=principal)
        verdict = self._apply(mutation, principal, clock_text(self._now_ms, 0, principal.device_id))
        self._close()
        return verdict

    def review(self, name: str, reviewer: Principal, *, release: bool) -> Verdict:
        """Release or drop what was refused; released, it is applied under the reviewer's authority, or stays.

        Raises KeyError when there is no such open entry, or none for this reviewer.
        """
        entry = self._entry(name, reviewer)
        verdict = self._release(entry, reviewer) if release else Verdict(Outcome.APPLIED)
        if verdict.outcome in (Outcome.REJECTED, Outcome.DEFERRED):
            return verdict
        state, account = "released" if release else "dropped", reviewer.account_id
        self._reviewed.append(replace(entry, state=state, settled_at=self._now, settled_by=account))
        seen = Seen(self._now, account, reviewer.device_id, state, kind=entry.kind, id=entry.id)
        self._batch.audit.append(seen)
        waiting = self._waiting()
        if release:
            waiting.later.append((entry.device, Later(entry.mid, verdict.outcome)))
        self._finish(waiting)
        return verdict

    def _entry(self, name: str, reviewer: Principal) -> Quarantined:
        entry = next(one for one in (*self._batch.work.quarantined(), None) if one is None or one.name == name)
        rules = self._batch.rules
        record = self._batch.get(Key(entry.kind, entry.id)) if entry and entry.kind in rules else None
        if entry is None or not may_review(entry, record, reviewer, rules):
            raise KeyError(name)
        return entry

    def _release(self, entry: Quarantined, reviewer: Principal) -> Verdict:
        """Apply the payload as its author's, so that it meets no edits of their own, by the reviewer's rights."""
        author = replace(reviewer, device_id=entry.device)
        return self._apply(mutation_of(entry), author, clock_text(self._now_ms, 0, entry.device))

    def sweep(self) -> int:
        """Give up on what has waited too long, and say how much that was."""
        waiting = self._waiting()
        number = waiting.sweep()
        self._finish(waiting)
        return number

    def _close(self) -> None:
        """Let in what waited for these records, then number and write everything."""
        waiting = self._waiting()
        waiting.sweep()
        self._finish(waiting)

    def _waiting(self) -> Waiting:
        return Waiting(self._batch, self._now, self._apply, look=self._again)

    def _finish(self, waiting: Waiting) -> None:
        waiting.settle()
        Ledger(self._batch, self._by, self._now, self._reviewed).write((), waiting, None)

    def _apply(self, mutation: Mutation, principal: Principal, hlc: str, *, late: bool = False) -> Verdict:
        return attempt(mutation, Context(self._batch, self._validate, principal, self._now, hlc, late=late))
