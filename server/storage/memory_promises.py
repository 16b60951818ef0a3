"""What the promises of content ask of a transaction, in memory."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

import orjson

from server.storage.memory_view import TenantState, quarantined_in
from server.sync.canonical import digest
from server.sync.erasing import emptied_outcome, emptied_payload
from server.sync.model import Key, Later, Op, Principal, Problem
from server.sync.ports import Deferred, Quarantined, Seen, Writes


class MemoryPromises:
    """The part of a writing transaction that looks after content."""

    tenant: TenantState

    def referring(self, kind: str, field: str, ids: Collection[str]) -> Sequence[Key]:
        """Name the records of a kind, deleted ones included, whose `field` is one of `ids`."""
        records = self.tenant.records
        return sorted(key for key in records if key.kind == kind and orjson.loads(records[key].doc).get(field) in ids)

    def standing(self, keys: Collection[Key], scopes: Collection[str]) -> Mapping[Key, Op]:
        """Say which of `keys` are in one of `scopes`, as put, or were deleted there, as del."""
        found: dict[Key, Op] = {}
        for scope in scopes:
            for key in keys:
                entry = self.tenant.feed.get((scope, key))
                if entry is not None and entry.op is not Op.OUT:
                    found[key] = max(found.get(key, Op.DEL), entry.op)
        return found

    def rights(self, principal: Principal) -> Principal:
        """Give a sender as they stand now; one whom nobody gave other rights stays as they were."""
        today = self.tenant.rights.get(principal.account_id)
        return today(principal) if today else principal

    def is_lost(self, number: int) -> bool:
        """Say whether a restore took this number of the feed back."""
        return any(first <= number <= last for first, last in self.tenant.lost_numbers)

    def overdue(self, before: str, limit: int) -> Sequence[Deferred]:
        """Give deferred mutations received before an instant, the oldest first."""
        waiting = [entry for entry in self.tenant.deferred.values() if entry.received_at < before]
        return sorted(waiting, key=lambda entry: (entry.received_at, entry.device, entry.lseq))[:limit]

    def later(self, device: str, mids: Collection[str]) -> Sequence[Later]:
        """Say what became of those deferred mutations of a device that wait no longer."""
        return [self.tenant.later[device, mid] for mid in sorted(set(mids)) if (device, mid) in self.tenant.later]

    def quarantined(self, state: str | None = "open") -> Sequence[Quarantined]:
        """Give what was refused and is in this state, or all of it."""
        return quarantined_in(self.tenant, state)


def show_promises(tenant: TenantState, writes: Writes) -> None:
    """Let show what was reviewed, what became of what waited and who saw what; then take erased traces away."""
    tenant.quarantined.update(((one.device, one.mid, one.payload_hash), one) for one in writes.reviewed)
    for device, one in writes.later:  # without the details of a problem, as the databases keep it
        tenant.later[device, one.mid] = replace(one, problem=one.problem and Problem(one.problem.slug))
    for seen in writes.audit:
        _see(tenant, seen)
    for known in writes.asked:
        tenant.asked.setdefault(known[:3], known)
    if writes.erased:
        _scrub(tenant, frozenset(writes.erased))
        scopes = {scope for scope, key in tenant.feed if key in writes.erased}
        tenant.snapshots = {name: one for name, one in tenant.snapshots.items() if one.scope not in scopes}


def _see(tenant: TenantState, seen: Seen) -> None:
    key = (seen.at[:10], seen.account, seen.device, seen.what, seen.scope, seen.kind, seen.id)
    before = tenant.audit.get(key)
    count = seen.count + (before.count if before else 0)
    tenant.audit[key] = replace(seen, count=count, first_at=before.first_at if before else seen.at)


def _scrub(tenant: TenantState, erased: frozenset[Key]) -> None:
    _empty(tenant.receipts, "outcome", lambda text: emptied_outcome(text, erased))
    _empty(tenant.quarantined, "payload", lambda text: emptied_payload(text, erased))
    tenant.asked = {at: one for at, one in tenant.asked.items() if Key("volunteer", one.volunteer_id) not in erased}
    for at, entry in list(tenant.deferred.items()):
        empty = emptied_payload(entry.payload, erased)
        if empty is not None:
            about = orjson.loads(empty)
            refused = Quarantined(
                entry.device, entry.mid, digest(entry.mid), about["kind"], about["id"], "erased", empty,
                entry.received_at,
            )  # fmt: skip
            tenant.quarantined.setdefault((entry.device, entry.mid, refused.payload_hash), refused)
            del tenant.deferred[at]


def _empty(entries: dict[Any, Any], name: str, empty: Any) -> None:
    for key, entry in entries.items():
        text = empty(getattr(entry, name))
        if text is not None:
            entries[key] = replace(entry, **{name: text})
