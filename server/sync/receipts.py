"""The end of a transaction: take the numbers, make the receipts, write everything, say it."""

from collections.abc import Sequence
from typing import NamedTuple

from server.sync.batch import Batch
from server.sync.canonical import canonical
from server.sync.context import Verdict, rejected
from server.sync.deferred import Waiting
from server.sync.erasing import is_about_erased
from server.sync.kept import receipt_text
from server.sync.model import Key, Mutation, Op, Receipt, Row
from server.sync.ports import DeviceLog, KeptReceipt, Quarantined, Writes
from server.sync.quarantine import quarantined
from server.sync.subjects import subjects


class Draft(NamedTuple):
    """A receipt whose version is not known yet. payload_hash : "" when it is not kept."""

    mutation: Mutation
    verdict: Verdict
    payload_hash: str = ""


class Ledger:
    """Gathers receipts and refused payloads and writes them with the batch."""

    def __init__(self, batch: Batch, device: str, now: str, reviewed: Sequence[Quarantined] = ()) -> None:
        """reviewed : entries of the quarantine that were decided about."""
        self._reviewed = reviewed
        self._batch, self._device, self._now = batch, device, now
        self._quarantined: list[Quarantined] = []

    def refuse(self, mutation: Mutation, slug: str) -> Draft:
        """Refuse without a receipt of its own; the payload is kept aside."""
        return self.keep(mutation, rejected(slug), "")

    def keep(self, mutation: Mutation, verdict: Verdict, payload_hash: str) -> Draft:
        """Note a verdict for which a receipt will be kept."""
        if verdict.keep:
            blank = verdict.blank or is_about_erased(mutation, self._batch)
            self._quarantined.append(quarantined(mutation, verdict._replace(blank=blank), self._device, self._now))
        return Draft(mutation, verdict, payload_hash)

    def write(self, results: Sequence[Receipt | Draft], waiting: Waiting, log: DeviceLog | None) -> list[Receipt]:
        """Number and write everything; give the receipts in order."""
        batch = self._batch
        batch.carry_conflicts()
        moves = batch.touched or waiting.added
        records, feed = batch.stamp(batch.work.numbers(len(batch.touched))) if moves else ([], [])
        waiting.confirm()
        answers = [self._receipt(result) if isinstance(result, Draft) else result for result in results]
        batch.work.save(
            Writes(
                records=records,
                feed=feed,
                receipts=_kept(results, answers),
                quarantined=[*self._quarantined, *waiting.refused],
                deferred=list(waiting.added.values()),
                settled=waiting.settled,
                conflicts=list(batch.conflicts.items()),
                log=log,
                later=waiting.later,
                reviewed=self._reviewed,
                erased=batch.erased,
                audit=batch.audit,
                asked=batch.asked,
            )
        )
        return answers

    def _receipt(self, draft: Draft) -> Receipt:
        verdict, mutation = draft.verdict, draft.mutation
        version = self._batch.version(verdict.about) if verdict.about else 0
        row = self._row(verdict.about) if verdict.about and verdict.with_row else None
        about = verdict.about if verdict.conflicts and row is None else self._named(draft)
        return Receipt(
            mutation.mid, mutation.lseq, verdict.outcome, version, row, verdict.conflicts, verdict.problem, about
        )

    def _named(self, draft: Draft) -> Key | None:
        """Name the record of which the details of a problem may say something, so that they go with it."""
        if draft.verdict.problem is None or not draft.verdict.problem.errors or not draft.payload_hash:
            return None
        named = subjects(draft.mutation, self._batch.rules)
        return next((key for key in named if self._batch.peek(key) is not None), named[0] if named else None)

    def _row(self, key: Key) -> Row | None:
        record = self._batch.get(key)
        if record is None:
            return None
        if record.deleted:
            return Row(key.kind, key.id, record.version, Op.DEL, None)
        touched = self._batch.touched.get(key)
        return Row(key.kind, key.id, record.version, Op.PUT, touched.text if touched else canonical(record.doc))


def _kept(results: Sequence[Receipt | Draft], answers: Sequence[Receipt]) -> list[KeptReceipt]:
    kept = {
        answer.mid: KeptReceipt(answer.mid, answer.lseq, result.payload_hash, receipt_text(answer))
        for answer, result in zip(answers, results, strict=True)
        if isinstance(result, Draft) and result.payload_hash
    }
    return list(kept.values())  # a mutation that came twice in one request has one receipt
