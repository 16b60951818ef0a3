"""Known bugs, planted by changing the core while a world runs; a simulator that misses one is no simulator.

Nothing of this is in the server's own code: each mutant replaces a function, or wraps the store, and takes it back.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from typing import Any, Final
from unittest.mock import patch

from mobile_contract.merge import Merge
from mobile_contract.python import stages
from server.domain.ledger import Posted
from server.simulation.mutant_stores import BigserialStore, StaleCountStore, TimestampStore
from server.simulation.world import World
from server.storage import memory, memory_banking, memory_view
from server.sync import batch, context, merge, plain, pull, push
from server.sync import patch as patching
from server.sync.cursor import Place
from server.sync.model import Op, Outcome, Problem, RefusedError
from server.sync.ports import Changes

Plant = Callable[[ExitStack], None]


@dataclass(frozen=True, slots=True)
class Mutant:
    """A bug. what : in a few words. plant : changes functions. store : wraps the store of a world."""

    name: str
    what: str
    plant: Plant | None = None
    store: Callable[[World], Any] | None = None

    @contextmanager
    def planted(self) -> Iterator[None]:
        """Have the bug for a while."""
        with ExitStack() as stack:
            if self.plant:
                self.plant(stack)
            if self.store:
                _let_worlds_have(self.store, stack)
            yield


def _let_worlds_have(store: Callable[[World], Any], stack: ExitStack) -> None:
    original = World.run

    def run(world: World) -> None:
        world.store.inner = store(world)
        original(world)

    stack.enter_context(patch.object(World, "run", run))


def _replaced(owner: Any, name: str, make: Callable[[Any], Any]) -> Plant:
    """Plant what `make` makes of the original."""

    def plant(stack: ExitStack) -> None:
        stack.enter_context(patch.object(owner, name, make(getattr(owner, name))))

    return plant


def _both(one: Plant, other: Plant) -> Plant:
    def plant(stack: ExitStack) -> None:
        one(stack)
        other(stack)

    return plant


def _no_receipts(_: Any) -> Any:
    return lambda self, device, mids: {}


def _self_conflict(_: Any) -> Any:
    return property(lambda edit: edit.stamp is not None and edit.stamp.version > edit.base)


def _evict_shared(_: Any) -> Any:
    def evict(holding: Any, lost: list[str], report: Any) -> None:
        holding.scopes -= set(lost)
        holding.evicted |= set(lost)
        for key in [key for key, held in holding.records.items() if held.scopes & set(lost)]:
            del holding.records[key]
        report.evicted.extend(lost)

    return evict


def _no_outs(original: Any) -> Any:
    return lambda self, *of: (entry for entry in original(self, *of) if entry.op is not Op.OUT)


def _raw_clock(_: Any) -> Any:
    return lambda given, device, **_: given


def _poison_batch(original: Any) -> Any:
    def attempt(mutation: Any, context: Any) -> Any:
        verdict = original(mutation, context)
        if verdict.outcome is Outcome.REJECTED and verdict.problem.slug in ("invalid", "unknown-field"):
            raise RefusedError(Problem("invalid"))
        return verdict

    return attempt


def _filter_late(original: Any) -> Any:
    def changes(view: Any, scopes: Any, after: int, limit: int, began: int) -> Any:
        everything = {entry.scope for entry in view.tenant.feed.values()}
        found = original(view, everything, after, limit, began)
        mine = {entry.key for entry in view.tenant.feed.values() if entry.scope in scopes}
        return Changes([row for row in found.rows if (row.kind, row.id) in mine], found.ended)

    return changes


def _retry_touches(original: Any) -> Any:
    def again(self: Any, prepared: Any, first_hash: str) -> Any:
        record = self.batch.get(prepared.mutation.key)
        if record is not None and not record.deleted:
            self.batch.put(record.key, record.doc, record.stamps, "server")
        return original(self, prepared, first_hash)

    return again


def _same_name_is_enough(_: Any) -> Any:
    return lambda self, prepared, first_hash: self._fresh(prepared) if prepared.payload_hash != first_hash else None


def _backfill_from_here(_: Any) -> Any:
    def granted(places: Any, scopes: Any, head: Any) -> Any:
        here = max((place.at for place in places.values()), default=0)
        return {scope: places.get(scope, Place(here, head.seq)) for scope in scopes}

    return granted


def _losers_dropped(_: Any) -> Any:
    return lambda self, mutation, record, conflict: None


def _epoch_stays(_: Any) -> Any:
    return lambda self, tenant, now=None: None


def _whole_documents(original: Any) -> Any:
    def writable(values: Any, rule: Any, context: Any) -> Any:
        plain = {
            name: one.default for name, one in rule.fields.items() if one.merge is Merge.SCALAR and not one.required
        }
        return {**plain, **original(values, rule, context)}

    return writable


def _tail_lost(original: Any) -> Any:
    def loaded(snapshots: Any, named: Any, principal: Any, head: Any) -> Any:
        return dict.fromkeys(original(snapshots, named, principal, head), Place(head.seq, head.seq))

    return loaded


def _floor_stays(_: Any) -> Any:
    return lambda self, tenant, floor: None


def _outbox_dropped(original: Any) -> Any:
    def start_over(holding: Any, **options: Any) -> None:
        original(holding, **options)
        holding.outbox.clear()

    return start_over


def _one_side(original: Any) -> Any:
    def write(self: Any, posting: Any) -> None:
        original(self, posting)
        for account_id, net in posting.nets.items():
            account = self.banks.accounts[account_id]
            self.banks.accounts[account_id] = replace(account, balance_min=account.balance_min - min(0, net))

    return write


def _floor_unseen(_: Any) -> Any:
    return lambda posting, accounts, closed: Posted.POSTED


MUTANTS: Final[tuple[Mutant, ...]] = (
    Mutant("no-receipts", "nobody remembers what was answered", _replaced(memory.MemoryWork, "receipts", _no_receipts)),
    Mutant("timestamp-cursor", "a change's number is the time", store=TimestampStore),
    Mutant("bigserial-cursor", "a change's number is taken before the commit order is known", store=BigserialStore),
    Mutant(
        "self-conflict", "a phone's own edit counts as another's", _replaced(merge.Edit, "concurrent", _self_conflict)
    ),
    Mutant("evict-shared", "eviction takes what another held scope has", _replaced(stages, "evict", _evict_shared)),
    Mutant("no-outs", "a record that moves leaves no word behind", _replaced(batch.Batch, "_feed", _no_outs)),
    Mutant(
        "raw-clock",
        "the later edit by the phones' own clocks wins",
        _both(_replaced(push, "normalise", _raw_clock), _replaced(plain, "normalise_all", _raw_clock)),
    ),
    Mutant("poison-batch", "one broken change refuses the whole request", _replaced(push, "attempt", _poison_batch)),
    Mutant(
        "filter-late", "scopes are filtered after the limit", _replaced(memory_view.MemoryView, "changes", _filter_late)
    ),
    Mutant("retry-touches", "a repeat moves the feed", _replaced(push._Pushing, "_again", _retry_touches)),
    Mutant(
        "same-name",
        "a known id with other content is applied",
        _replaced(push._Pushing, "_again", _same_name_is_enough),
    ),
    Mutant("backfill-from-here", "a new scope begins at the cursor", _replaced(pull, "granted", _backfill_from_here)),
    Mutant(
        "losers-dropped",
        "the value that lost is kept nowhere",
        _replaced(context.Context, "raise_conflict", _losers_dropped),
    ),
    Mutant("epoch-stays", "a restore keeps the epoch", _replaced(memory.MemoryStore, "new_epoch", _epoch_stays)),
    Mutant("stale-count", "places are counted before the lock", store=StaleCountStore),
    Mutant("whole-documents", "what a phone leaves out is erased", _replaced(patching, "writable", _whole_documents)),
    Mutant("tail-lost", "what came after a snapshot is skipped", _replaced(pull, "loaded", _tail_lost)),
    Mutant(
        "floor-stays", "traces go while old cursors go on", _replaced(memory.MemoryStore, "raise_floor", _floor_stays)
    ),
    Mutant("one-side", "minutes come from nowhere", _replaced(memory_banking.MemoryBanking, "_write", _one_side)),
    Mutant("floor-unseen", "nobody looks how far an account may go", _replaced(memory_banking, "judge", _floor_unseen)),
    Mutant("outbox-dropped", "taking all again empties the outbox", _replaced(stages, "start_over", _outbox_dropped)),
)
