"""The stages of a sync, as in the TypeScript client: number, fold, evict, apply, store the cursor."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from mobile_contract.python import journal, scopes
from mobile_contract.python.holding import Entry, Held, Holding, Key, Refused, Values
from mobile_contract.python.overlay import replay
from mobile_contract.python.transport import Report
from mobile_contract.schemas import KINDS
from mobile_contract.version import CURRENT
from mobile_contract.wire import MAX_MUTATIONS

#: Answers about the number of a change, not about the change.
_NUMBERING = {"lseq-gap", "lseq-reused"}

#: The most that one request asks about.
_ASKED = 200


def number(holding: Holding, limit: int = MAX_MUTATIONS) -> list[dict[str, Any]]:
    """Give the waiting changes their lseq, once and for all, and write the next batch of mutations."""
    if holding.taking:
        return []
    batch, waiting = [], holding.waiting()[:limit]
    answered = journal.latest(holding) if any(entry.lseq is None for entry in waiting) else 0
    for entry in waiting:
        if entry.lseq is None:
            holding.lseq += 1
            journal.note_number(holding, holding.lseq, answered)
            entry = holding.outbox[entry.mid] = replace(entry, lseq=holding.lseq)
        batch.append(entry.wire(entry.lseq or 0))
    return batch


def renumber(holding: Holding, acked: int) -> None:
    """Let the next batch start after `acked`; the ids of mutations stay, so nothing is applied twice."""
    for entry in holding.waiting():
        holding.outbox[entry.mid] = replace(entry, lseq=None)
    holding.lseq = acked


def fold(holding: Holding, answer: Values, report: Report) -> None:
    """Take the answers to a push into the records, the outbox and what needs a person."""
    slugs = {_fold_one(holding, result, report) for result in answer["results"]}
    report.results.extend(answer["results"])
    if slugs & _NUMBERING:
        if journal.is_forgotten(holding, answer["acked_lseq"]):
            journal.send_again(holding, answer["acked_lseq"])
        renumber(holding, answer["acked_lseq"])


def _fold_one(holding: Holding, result: Values, report: Report) -> str:
    entry = holding.outbox.get(result["mid"])
    slug = result["problem"]["type"].rpartition("/")[2] if result["problem"] else ""
    if entry is None or slug in _NUMBERING:
        return slug
    if result["outcome"] == "deferred":
        holding.outbox[entry.mid] = replace(entry, lseq=result["lseq"], deferred=True)
        return slug
    del holding.outbox[entry.mid]
    holding.attention.pop(entry.mid, None)  # refused before a restore, it may be taken now
    journal.remember(holding, entry, result["lseq"])
    if row := result["row"]:
        _foresee(holding, (row["k"], row["i"]), row["v"], row["d"])
    elif result["outcome"] != "rejected":
        _keep_as_answered(holding, entry, result["version"])
    if result["outcome"] == "rejected" and slug != "mid-reused":
        refused = holding.attention[entry.mid] = Refused(entry, result["problem"])
        report.rejected.append(refused)
    return slug


def asks(holding: Holding) -> list[str]:
    """Give the ids of changes of which the phone wants to know what became: that wait, or were refused."""
    deferred = [entry.mid for entry in holding.outbox.values() if entry.deferred]
    return [*deferred, *reversed(holding.attention)][:_ASKED]


def take_later(holding: Holding, decided: list[Values], report: Report) -> None:
    """Take what the server has decided since about changes that waited, or were refused and then reviewed."""
    for one in decided:
        entry = holding.outbox.get(one["mid"])
        if one["outcome"] == "rejected" and entry is not None:
            refused = holding.attention[entry.mid] = Refused(entry, one["problem"] or {})
            report.rejected.append(refused)
        elif one["outcome"] != "rejected":
            holding.attention.pop(one["mid"], None)
        if entry is not None and one["outcome"] != "deferred":
            del holding.outbox[entry.mid]
            journal.remember(holding, entry)
    report.later.extend(decided)


def _keep_as_answered(holding: Holding, entry: Entry, version: int) -> None:
    held = holding.records.get(entry.key)
    doc = replay(held.doc if held else None, entry)
    if entry.op == "delete" or (doc is not None and entry.op != "command"):
        _foresee(holding, entry.key, version, doc)


def _foresee(holding: Holding, key: Key, version: int, doc: Values | None) -> None:
    """Take an answer's word for how a record is, until the pull that follows confirms it.

    A repeated answer may be old: what a pull has shown counts for more, and what no pull confirms goes.
    """
    held = holding.records.get(key)
    if held and (held.version > version or (held.version == version and held.generation == holding.generation)):
        return
    if doc is None:
        holding.records.pop(key, None)
    else:
        _put(holding, key, version, doc, holding.generation - 1)


def evict(holding: Holding, lost: list[str], report: Report) -> None:
    """Drop the records of lost scopes that no held scope has."""
    holding.scopes -= set(lost)
    scopes.give_up(holding, lost)
    holding.evicted |= set(lost)
    gone = [
        key for key, held in holding.records.items() if held.scopes & set(lost) and not held.scopes & holding.scopes
    ]
    for key in gone:
        del holding.records[key]
    report.evicted.extend(lost)


def apply(holding: Holding, rows: list[Values], report: Report) -> None:
    """Take the rows of a page in."""
    for row in rows:
        _bring(holding, row)
    report.pulled += len(rows)


def _bring(holding: Holding, row: Values) -> None:
    """Bring one record to where `row` says it is, unless the phone has seen it further on.

    What is brought is foreseen only, until the cursor is stored: should the phone die before, and lose the scope
    meanwhile, no server would know that it has the record.
    """
    key = row["k"], row["i"]
    held = holding.records.get(key)
    sure = held is not None and held.generation == holding.generation
    if held and sure and held.version > row["v"]:
        return
    if row["op"] == "put":
        is_same = held is not None and held.version == row["v"]
        _put(holding, key, row["v"], row["d"], holding.generation - (not (sure and is_same)))
        _settle_deferred(holding, key, row["d"])
    elif not (row["op"] == "out" and held and held.version >= row["v"] and held.scopes & holding.scopes):
        holding.records.pop(key, None)


def take_row(holding: Holding, row: Values) -> None:
    """Take in a row of a snapshot, unless the phone has seen its record further on."""
    key = row["k"], row["i"]
    held = holding.records.get(key)
    if not (held and held.generation == holding.generation and held.version > row["v"]):
        _put(holding, key, row["v"], row["d"], holding.generation)
        _settle_deferred(holding, key, row["d"])


def _put(holding: Holding, key: Key, version: int, doc: Values, generation: int) -> None:
    holding.records[key] = Held(version, doc, KINDS[key[0]].scopes_of(key[1], doc), generation)


def _settle_deferred(holding: Holding, key: Key, doc: Values) -> None:
    arrived = [
        entry for entry in holding.about(key) if entry.deferred and (entry.op == "create" or replay(doc, entry) == doc)
    ]
    for entry in arrived:
        del holding.outbox[entry.mid]
        journal.remember(holding, entry)


def pull(holding: Holding, page_rows: int, starts: Sequence[str]) -> dict[str, Any]:
    """Write a pull, which names the snapshots loaded for `starts`; what else was on its way is given up.

    Scopes that were evicted are begun again: the server still believes that they are here, and may grant one again.
    """
    stale = [scope for scope, one in holding.loading.items() if not (one.loaded and scope in starts)]
    scopes.give_up(holding, stale)
    asked: dict[str, Any] = {"cursor": holding.cursor, "limit": page_rows, "schema": CURRENT}
    if again := holding.evicted | holding.again | holding.loading.keys():
        asked["retake"] = sorted(again)
    if holding.loading:
        asked["snapshots"] = [loading.sha256 for loading in holding.loading.values()]
    return asked


def store_cursor(holding: Holding, page: Values) -> None:
    """Store the cursor, the last thing of a page; at the head drop what no pull brought or confirmed."""
    holding.cursor, holding.evicted, holding.again = page["cursor"], frozenset(), frozenset()
    holding.loading, holding.parts = {}, {}  # those on their way were named by the pull, all others given up before
    scopes.note_begun(holding, page)
    for row in page["rows"]:
        _confirm(holding, (row["k"], row["i"]), row)
    if page["more"] or not page["consistent"]:
        return
    unseen = [key for key, held in holding.records.items() if held.generation < holding.generation]
    for key in unseen:
        del holding.records[key]
    forgotten = holding.restored or journal.is_forgotten(holding, page["acked_lseq"])
    if forgotten:
        journal.send_again(holding, page["acked_lseq"])
    if forgotten or holding.taking:
        holding.taking = holding.restored = False
        renumber(holding, page["acked_lseq"])


def _confirm(holding: Holding, key: Key, row: Values) -> None:
    held = holding.records.get(key)
    if held and row["op"] == "put" and held.version == row["v"]:
        holding.records[key] = replace(held, generation=holding.generation)


def start_over(holding: Holding, *, restored: bool = False) -> None:
    """Begin to take everything again; what is held stays readable and the outbox stays.

    restored : the server went back to a backup; what it lacks of what it has answered is sent again once the head says
    how far it has got.
    """
    holding.restored = restored or holding.restored
    scopes.give_up(holding, list(holding.loading))
    holding.cursor, holding.taking = None, True
    holding.begun, holding.again = frozenset(), frozenset()
    holding.generation += 1
