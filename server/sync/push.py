"""Push: a device's mutations go in, each gets its receipt, the feed moves."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from mobile_contract.merge import KindRule
from server.sync.attempt import attempt
from server.sync.batch import Batch
from server.sync.context import Context, Verdict, rejected
from server.sync.deferred import Waiting
from server.sync.foreseen import Foreseen
from server.sync.hlc import instant_text, milliseconds, normalise, offset_ms, server_time
from server.sync.ids import are_ids
from server.sync.kept import receipt_of
from server.sync.model import Key, Later, Mutation, Principal, Problem, Push, PushAnswer, Receipt, RefusedError
from server.sync.plain import Moment, is_plain, write_plain
from server.sync.ports import ClashError, DeviceLog, KeptReceipt, Store, Validate, ValidateAlike, Work
from server.sync.prepare import Prepared, numbered_hash, prepare
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
    validate_alike: ValidateAlike | None = None,
) -> PushAnswer:
    """Apply a device's mutations and say what became of each.

    now : an aware UTC instant. validate_alike : what judges many new records at once, where there is such. Raises
    RefusedError when the request is not this device's, ClashError when the database is too busy; both leave nothing
    behind.
    """
    if request.device != principal.device_id:
        raise RefusedError(Problem("wrong-device"))
    if not are_ids([mutation.mid for mutation in request.mutations]):
        raise RefusedError(Problem("invalid", errors={"mid": ["Not an id."]}))
    prepared = prepare(request.mutations, principal, rules, validate, validate_alike)
    for number in range(ATTEMPTS):
        try:
            with store.write(principal.tenant) as work:
                pushing = _Pushing(request, prepared, principal, work, rules, validate, now, again=number > 0)
                try:
                    return pushing.run()
                finally:
                    pushing.let_go()
        except ClashError:
            if number == ATTEMPTS - 1:
                raise
    raise AssertionError("the last attempt returns or raises")


class _Pushing:
    """One attempt at one push, in one transaction."""

    def __init__(
        self,
        request: Push,
        prepared: Sequence[Prepared],
        principal: Principal,
        work: Work,
        rules: Mapping[str, KindRule],
        validate: Validate,
        now: datetime,
        *,
        again: bool,
    ) -> None:
        self.request, self.prepared, self.principal, self.work = request, prepared, principal, work
        self.validate, self.now_ms, self.now = validate, milliseconds(now), instant_text(now)
        self.offset = offset_ms(request.sent_at, now)
        self.log = work.log(principal.device_id)
        self.acked_lseq, self.clock = self.log.acked_lseq, self.log.clock
        self.batch = Batch(work, rules)
        self.ledger = Ledger(self.batch, principal.device_id, self.now)
        self.waiting = Waiting(self.batch, self.now, self._apply, look=again)
        self.drafts: dict[str, Draft] = {}
        self.again = again

    def run(self) -> PushAnswer:
        """Write what is plain all at once; else look at the mutations in order, then number and write everything.

        What is plain but there already, or waited for, breaks off the transaction, which starts again without this.
        """
        first = self._first()
        return (None if first or self.again else self._plain()) or self._in_order(first)

    def let_go(self) -> None:
        """Break the circle with what waits: all of the push would stay in memory until the next search for garbage."""
        del self.waiting

    def _plain(self) -> PushAnswer | None:
        plain = is_plain(self.prepared, self.log, self.principal, self.batch)
        if not plain or self.work.waiting_of(self.principal.device_id):
            return None
        later = self._later()
        answers, log = write_plain(self.prepared, self.log, self.work, Moment(self.offset, self.now_ms))
        return PushAnswer(tuple(answers), log.acked_lseq, self.offset, later)

    def _in_order(self, first: Mapping[str, KeptReceipt]) -> PushAnswer:
        fresh = [each for each in self.prepared if each.mutation.mid not in first] if first else self.prepared
        self.batch.load(keys_of(fresh, self.batch.rules, self.work))
        self.batch.look_at(references_of(fresh, self.batch.rules), self.principal.scopes)
        self.waiting.load(self.principal.device_id)
        results = self._answer(first)
        self.waiting.settle()
        return self._finish(results)

    def _first(self) -> Mapping[str, KeptReceipt]:
        """Find the receipts that mutations have already: none has one whose mid comes after all that ever had one."""
        mids = [each.mutation.mid for each in self.prepared if each.mutation.mid <= self.log.last_mid]
        return self.work.receipts(self.principal.device_id, mids) if mids else {}

    def _answer(self, first: Mapping[str, KeptReceipt]) -> list[Receipt | Draft]:
        results: list[Receipt | Draft] = []
        for prepared in self.prepared:
            mutation = prepared.mutation
            if kept := first.get(mutation.mid):
                results.append(self._again(prepared, kept.payload_hash) or self._for_whom(receipt_of(kept)))
            elif draft := self.drafts.get(mutation.mid):
                results.append(self._again(prepared, draft.payload_hash) or draft)
            elif mutation.lseq > self.acked_lseq + 1:
                results.append(Draft(mutation, rejected("lseq-gap", keep=False)))
                break
            else:
                results.append(self._fresh(prepared))
        return results

    def _again(self, prepared: Prepared, first_hash: str) -> Draft | None:
        """Refuse another payload under the same id; None when it is the same, which gets the first receipt again."""
        mutation = prepared.mutation
        self._advance(mutation, self.clock)
        is_same = first_hash in (prepared.payload_hash, numbered_hash(mutation, first_hash))
        return None if is_same else self.ledger.refuse(mutation, "mid-reused")

    def _for_whom(self, first: Receipt) -> Receipt:
        """Leave out of a first receipt what the device may no longer hold: its grants may have changed since."""
        row = first.row
        if row is None or row.doc is None:
            return first
        scopes = self.batch.scopes(Key(row.kind, row.id), json.loads(row.doc))
        return first if scopes & self.principal.scopes else replace(first, row=None, conflicts=())

    def _fresh(self, prepared: Prepared) -> Draft:
        mutation = prepared.mutation
        if mutation.lseq <= self.acked_lseq:
            return self.ledger.refuse(mutation, "lseq-reused")
        hlc = self._clock(mutation)
        self._advance(mutation, hlc)
        timed = self._timed(mutation)
        verdict = self._apply(timed, self.principal, hlc, prepared.foreseen)
        self.waiting.note(timed, verdict, hlc, self.principal)
        draft = self.drafts[mutation.mid] = self.ledger.keep(mutation, verdict, prepared.payload_hash)
        return draft

    def _timed(self, mutation: Mutation) -> Mutation:
        """Say by the server's clock until when a command is good: the phone wrote it by its own."""
        asked = mutation.command
        if asked is None or asked.valid_until is None:
            return mutation
        return replace(mutation, command=replace(asked, valid_until=server_time(asked.valid_until, self.offset)))

    def _clock(self, mutation: Mutation) -> str:
        device = self.principal.device_id
        return normalise(mutation.hlc, device, offset=self.offset, now_ms=self.now_ms, previous=self.clock)

    def _advance(self, mutation: Mutation, clock: str) -> None:
        if mutation.lseq == self.acked_lseq + 1:
            self.acked_lseq, self.clock = mutation.lseq, clock

    def _apply(
        self, mutation: Mutation, sender: Principal, hlc: str, foreseen: Foreseen | None = None, *, late: bool = False
    ) -> Verdict:
        deferred = self.waiting.creations
        return attempt(mutation, Context(self.batch, self.validate, sender, self.now, hlc, deferred, foreseen, late))

    def _finish(self, results: Sequence[Receipt | Draft]) -> PushAnswer:
        later = self._later()
        log = DeviceLog(self.principal.device_id, self.acked_lseq, self.clock, max([self.log.last_mid, *self.drafts]))
        receipts = self.ledger.write(results, self.waiting, log)
        return PushAnswer(tuple(receipts), self.acked_lseq, self.offset, later)

    def _later(self) -> tuple[Later, ...]:
        """Say what became of what the device asks about, in this transaction too."""
        asked, device = set(self.request.ask), self.principal.device_id
        now = [one for at, one in self.waiting.later if at == device and one.mid in asked]
        return (*self.work.later(device, asked - {one.mid for one in now}), *now) if asked else ()
