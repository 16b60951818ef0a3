"""A push of new records and nothing else, as first syncs are full of: written as it was foreseen, all at once.

It comes to what judging the mutations one by one would come to (tests compare the two), without the objects that this
takes. Whatever is not so simple goes the other way: what came before, what waits, what names a record not held.
"""

from collections.abc import Sequence
from typing import NamedTuple

from server.sync.batch import Batch, is_scope
from server.sync.fields import references
from server.sync.hlc import normalise
from server.sync.ids import is_id
from server.sync.kept import receipt_text
from server.sync.model import Mutation, Op, Outcome, Principal, Receipt
from server.sync.ports import ClashError, DeviceLog, FeedEntry, KeptReceipt, RecordEntry, Work, Writes
from server.sync.prepare import Prepared
from server.sync.stamps import shared_stamp


class Moment(NamedTuple):
    """When a push is. offset_ms : server time minus the device's. now_ms : milliseconds since 1970."""

    offset_ms: int
    now_ms: int


def is_plain(prepared: Sequence[Prepared], log: DeviceLog, principal: Principal, batch: Batch) -> bool:
    """Say whether these mutations, none of which has a receipt, are in order and make a record each, if all is new."""
    foreseen = [each.foreseen for each in prepared if each.foreseen and each.foreseen.plain]
    if not foreseen or len(foreseen) < len(prepared) or not _are_new([each.mutation for each in prepared], log):
        return False
    scopes = frozenset[str]().union(*{each.scopes for each in foreseen})
    return all(map(is_scope, scopes)) and _are_held(prepared, principal, batch)


def _are_new(mutations: Sequence[Mutation], log: DeviceLog) -> bool:
    """Say whether they have the very next numbers, and ids of their own."""
    count, first, mids = len(mutations), log.acked_lseq + 1, [one.mid for one in mutations]
    return (
        [one.lseq for one in mutations] == list(range(first, first + count))
        and len(set(mids)) == len({one.key for one in mutations}) == count
        and all(map(is_id, [one.id for one in mutations]))
    )


def _are_held(prepared: Sequence[Prepared], principal: Principal, batch: Batch) -> bool:
    """Say whether all that the new records refer to is there for their sender."""
    rules = batch.rules
    refer = [each for each in prepared if rules[each.key.kind].references or rules[each.key.kind].owners]
    keys = {key for each in refer for key in references(each.mutation.set, rules[each.key.kind])}
    if not all(is_id(key.id) for key in keys):
        return False
    batch.look_at(keys, principal.scopes)
    return all(batch.stands(key, principal.scopes) is Op.PUT for key in keys)


def write_plain(
    prepared: Sequence[Prepared], log: DeviceLog, work: Work, moment: Moment
) -> tuple[list[Receipt], DeviceLog]:
    """Number and write the new records; ClashError when one of them is there already, or something waits for one."""
    version, clock, device = work.numbers(len(prepared)), log.clock, log.device
    if work.waiting([each.key for each in prepared]):
        raise ClashError("a mutation waits for a record that is new")
    records, feed, answers, kept = [], [], [], []
    for number, (mutation, key, payload_hash, foreseen) in enumerate(prepared, start=version):
        assert foreseen is not None  # noqa: S101 # for the types' sake
        clock = normalise(mutation.hlc, device, offset=moment.offset_ms, now_ms=moment.now_ms, previous=clock)
        records.append(RecordEntry(key, number, foreseen.text, shared_stamp(number, device, clock), False, True))
        feed += [FeedEntry(scope, key, number, Op.PUT, device) for scope in sorted(foreseen.scopes)]
        answer = Receipt(mutation.mid, mutation.lseq, Outcome.APPLIED, number)
        answers.append(answer)
        kept.append(KeptReceipt(mutation.mid, mutation.lseq, payload_hash, receipt_text(answer)))
    moved = DeviceLog(device, answers[-1].lseq, clock, max([log.last_mid, *(entry.mid for entry in kept)]))
    work.save(Writes(records=records, feed=feed, receipts=kept, log=moved))
    return answers, moved
