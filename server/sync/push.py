"""Push: a device's mutations go in, each gets its receipt, the feed moves."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from mobile_contract.merge import KindRule
from server.sync.attempt import attempt
from server.sync.batch import Batch
from server.sync.canonical import digest
from server.sync.context import Context, Verdict, rejected
from server.sync.deferred import Waiting
from server.sync.hlc import instant_text, milliseconds, normalise, offset_ms, server_time
from server.sync.ids import is_id
from server.sync.kept import mutation_json, receipt_from
from server.sync.model import Key, Later, Mutation, Principal, Problem, Push, PushAnswer, Receipt, RefusedError
from server.sync.ports import ClashError, DeviceLog, KeptReceipt, Store, Validate, Work
from server.sync.receipts import Draft, Ledger
from server.sync.touched import keys_of, references_of

#: How often a push starts again when other transactions got in between.
ATTEMPTS = 8


def push(
    request: Push,
    principal: Principal,
    *,
    store: Store,
    rules: Mapping[str, KindRule],
    validate: Validate,
    now: datetime,
) -> PushAnswer:
    """Apply a device's mutations and say what became of each.

    now : an aware UTC instant. Raises RefusedError when the request is not this device's, ClashError when the
    database is too busy; both leave nothing behind.
    """
    if request.device != principal.device_id:
        raise RefusedError(Problem("wrong-device"))
    if not all(is_id(mutation.mid) for mutation in request.mutations):
        raise RefusedError(Problem("invalid", errors={"mid": ["Not an id."]}))
    for number in range(ATTEMPTS):
        try:
            with store.write(principal.tenant) as work:
                return _Pushing(request, principal, work, rules, validate, now, again=number > 0).run()
        except ClashError:
            if number == ATTEMPTS - 1:
                raise
    raise AssertionError("the last attempt returns or raises")


class _Pushing:
    """One attempt at one push, in one transaction."""

    def __init__(
        self,
        request: Push,
        principal: Principal,
        work: Work,
        rules: Mapping[str, KindRule],
        validate: Validate,
        now: datetime,
        *,
        again: bool,
    ) -> None:
        self.request, self.principal, self.work = request, principal, work
        self.validate, self.now = validate, now
        self.mutations = sorted(request.mutations, key=lambda mutation: mutation.lseq)
        self.offset = offset_ms(request.sent_at, now)
        self.log = work.log(principal.device_id)
        self.batch = Batch(work, rules)
        self.ledger = Ledger(self.batch, principal.device_id, instant_text(now))
        self.waiting = Waiting(self.batch, instant_text(now), self._apply, look=again)

    def run(self) -> PushAnswer:
        """Look at the mutations in order, then number and write everything."""
        first = self.work.receipts(self.principal.device_id, [mutation.mid for mutation in self.mutations])
        fresh = [mutation for mutation in self.mutations if mutation.mid not in first]
        self.batch.load(keys_of(fresh, self.batch.rules, self.work))
        self.batch.look_for(references_of(fresh, self.batch.rules))
        self.waiting.load(self.principal.device_id)
        results = self._answer(self.mutations, dict(first))
        self.waiting.settle()
        return self._finish(results)

    def _answer(self, mutations: Sequence[Mutation], first: dict[str, KeptReceipt]) -> list[Receipt | Draft]:
        results: list[Receipt | Draft] = []
        for mutation in mutations:
            if mutation.mid in first:
                results.append(self._again(mutation, first[mutation.mid]))
            elif mutation.lseq > self.log.acked_lseq + 1:
                results.append(Draft(mutation, rejected("lseq-gap", keep=False)))
                break
            else:
                results.append(self._fresh(mutation))
        return results

    def _again(self, mutation: Mutation, kept: KeptReceipt) -> Receipt | Draft:
        """Give the first receipt again, or refuse another payload under the same id."""
        if kept.payload_hash == payload_hash(mutation):
            return self._for_whom(receipt_from(json.loads(kept.outcome)))
        self._advance(mutation, self.log.clock)
        return self.ledger.refuse(mutation, "mid-reused")

    def _for_whom(self, first: Receipt) -> Receipt:
        """Leave out of a first receipt what the device may no longer hold: its grants may have changed since."""
        row = first.row
        if row is None or row.doc is None:
            return first
        scopes = self.batch.scopes(Key(row.kind, row.id), json.loads(row.doc))
        return first if scopes & self.principal.scopes else replace(first, row=None, conflicts=())

    def _fresh(self, mutation: Mutation) -> Draft:
        if mutation.lseq <= self.log.acked_lseq:
            return self.ledger.refuse(mutation, "lseq-reused")
        hlc = self._clock(mutation)
        self._advance(mutation, hlc)
        timed = self._timed(mutation)
        verdict = self._apply(timed, self.principal, hlc)
        self.waiting.note(timed, verdict, hlc, self.principal)
        return self.ledger.keep(mutation, verdict, payload_hash(mutation))

    def _timed(self, mutation: Mutation) -> Mutation:
        """Say by the server's clock until when a command is good: the phone wrote it by its own."""
        asked = mutation.command
        if asked is None or asked.valid_until is None:
            return mutation
        return replace(mutation, command=replace(asked, valid_until=server_time(asked.valid_until, self.offset)))

    def _clock(self, mutation: Mutation) -> str:
        now_ms = milliseconds(self.now)
        device = self.principal.device_id
        return normalise(mutation.hlc, device, offset=self.offset, now_ms=now_ms, previous=self.log.clock)

    def _advance(self, mutation: Mutation, clock: str) -> None:
        if mutation.lseq == self.log.acked_lseq + 1:
            self.log = DeviceLog(self.log.device, mutation.lseq, clock)

    def _apply(self, mutation: Mutation, principal: Principal, hlc: str) -> Verdict:
        now, deferred = instant_text(self.now), self.waiting.creations
        return attempt(mutation, Context(self.batch, self.validate, principal, now, hlc, deferred))

    def _finish(self, results: Sequence[Receipt | Draft]) -> PushAnswer:
        later = self._later()
        receipts = self.ledger.write(results, self.waiting, self.log)
        return PushAnswer(tuple(receipts), self.log.acked_lseq, self.offset, later)

    def _later(self) -> tuple[Later, ...]:
        """Say what became of what the device asks about, in this transaction too."""
        asked, device = set(self.request.ask), self.principal.device_id
        now = [one for at, one in self.waiting.later if at == device and one.mid in asked]
        return (*self.work.later(device, asked - {one.mid for one in now}), *now) if asked else ()


def payload_hash(mutation: Mutation) -> str:
    """Hash all that a mutation says, so that another payload under the same id shows."""
    return digest(mutation_json(mutation))
