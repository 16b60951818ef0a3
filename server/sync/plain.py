"""A push of new records and nothing else, as first syncs are full of: written as it was foreseen, all at once.

It comes to what judging the mutations one by one would come to (tests compare the two), without the objects that this
takes. Whatever is not so simple goes the other way: what came before, what waits, what names a record not held.
"""

from collections.abc import Sequence
from typing import NamedTuple

from server.sync.batch import Batch, is_scope
from server.sync.consequences import followed
from server.sync.fields import references
from server.sync.guards import guarded
from server.sync.hlc import normalise_all
from server.sync.ids import are_ids
from server.sync.kept import short_text
from server.sync.model import Document, Mutation, Op, Outcome, Principal, Receipt
from server.sync.ports import ClashError, DeviceLog, FeedEntry, KeptReceipt, RecordEntry, Work, Writes
from server.sync.prepare import Prepared
from server.sync.stamps import shared_stamps


class Moment(NamedTuple):
    """When a push is. offset_ms : server time minus the device's. now_ms : milliseconds since 1970."""

    offset_ms: int
    now_ms: int


def is_plain(prepared: Sequence[Prepared], log: DeviceLog, principal: Principal, batch: Batch) -> bool:
    """Say whether these mutations, none of which has a receipt, are in order and make a record each, if all is new."""
    foreseen = [each.foreseen for each in prepared if each.foreseen and each.foreseen.plain]
    if not foreseen or len(foreseen) < len(prepared) or not _are_new([each.mutation for each in prepared], log):
        return False
    if any(each.foreseen and _concerns_others(each.key.kind, each.foreseen.doc) for each in prepared):
        return False
    scopes = frozenset[str]().union(*{each.scopes for each in foreseen})
    return all(map(is_scope, scopes)) and _are_held(prepared, principal, batch)


def _concerns_others(kind: str, doc: Document) -> bool:
    return guarded(kind, doc) or followed(kind, doc)


def _are_new(mutations: Sequence[Mutation], log: DeviceLog) -> bool:
    """Say whether they have the very next numbers, and ids of their own."""
    count, first, mids = len(mutations), log.acked_lseq + 1, [one.mid for one in mutations]
    return (
        [one.lseq for one in mutations] == list(range(first, first + count))
        and len(set(mids)) == len({one.key for one in mutations}) == count
        and are_ids([one.id for one in mutations])
    )


def _are_held(prepared: Sequence[Prepared], principal: Principal, batch: Batch) -> bool:
    """Say whether all that the new records refer to is there for their sender."""
    rules = batch.rules
    refer = [each for each in prepared if rules[each.key.kind].references or rules[each.key.kind].owners]
    keys = {key for each in refer for key in references(each.mutation.set, rules[each.key.kind])}
    if not are_ids([key.id for key in keys]):
        return False
    batch.look_at(keys, principal.scopes)
    return all(batch.stands(key, principal.scopes) is Op.PUT for key in keys)


def write_plain(
    prepared: Sequence[Prepared], log: DeviceLog, work: Work, moment: Moment
) -> tuple[list[Receipt], DeviceLog]:
    """Number and write the new records; ClashError when one of them is there already, or something waits for one."""
    first, device, mutations = work.numbers(len(prepared)), log.device, [each.mutation for each in prepared]
    if work.waiting([each.key for each in prepared]):
        raise ClashError("a mutation waits for a record that is new")
    given = [mutation.hlc for mutation in mutations]
    clocks = normalise_all(given, device, offset=moment.offset_ms, now_ms=moment.now_ms, previous=log.clock)
    moved = DeviceLog(device, mutations[-1].lseq, clocks[-1], max(log.last_mid, *(one.mid for one in mutations)))
    stamps = shared_stamps(first, device, clocks)
    work.save(
        Writes(_records(prepared, first, stamps), _feed(prepared, first, device), _kept(prepared, first), log=moved)
    )
    return [Receipt(one.mid, one.lseq, Outcome.APPLIED, number) for number, one in enumerate(mutations, first)], moved


def _records(prepared: Sequence[Prepared], first: int, stamps: Sequence[str]) -> list[RecordEntry]:
    return [
        RecordEntry(key, number, foreseen.text, stamp, False, True)
        for number, ((_, key, _, foreseen), stamp) in enumerate(zip(prepared, stamps, strict=True), first)
        if foreseen
    ]


def _feed(prepared: Sequence[Prepared], first: int, device: str) -> list[FeedEntry]:
    put = Op.PUT
    return [
        FeedEntry(scope, key, number, put, device)
        for number, (_, key, _, foreseen) in enumerate(prepared, first)
        if foreseen
        for scope in sorted(foreseen.scopes)
    ]


def _kept(prepared: Sequence[Prepared], first: int) -> list[KeptReceipt]:
    applied = Outcome.APPLIED.value
    return [
        KeptReceipt(mutation.mid, mutation.lseq, payload_hash, short_text(applied, number))
        for number, (mutation, _, payload_hash, _) in enumerate(prepared, first)
    ]
