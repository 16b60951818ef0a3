"""Values of the sync core to JSON and back."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from operator import itemgetter
from typing import Any, Final

import orjson

from mobile_contract.problems import PROBLEMS, problem
from server.sync.budget import Budget
from server.sync.model import (
    Command,
    FieldConflict,
    Later,
    Mutation,
    Page,
    Problem,
    Pull,
    Push,
    PushAnswer,
    Receipt,
    Row,
)
from server.sync.ports import Snapshot
from server.sync.spoilt import spoilt

#: A device whose clock is further off than this is told so.
TOLD_OFFSET_MS = 5 * 60 * 1000


def push_from(body: Mapping[str, Any]) -> Push:
    """Read a push that its schema has checked."""
    mutations = tuple(_mutation(one) for one in body["mutations"])
    return Push(
        device=body["device"],
        sent_at=body["sent_at"],
        schema=body["schema"],
        mutations=mutations,
        ask=tuple(body["ask"]),
    )


#: A mutation's parts in the order in which it is made of them: by name takes four times as long.
_PARTS: Final = itemgetter("mid", "lseq", "kind", "id", "op", "base", "set", "hlc", "command")


def _mutation(body: Mapping[str, Any]) -> Mutation:
    if "wrong" in body:
        return spoilt(body["sent"], body["wrong"])
    mid, lseq, kind, record_id, op, base, values, hlc, asked = _PARTS(body)
    command = Command(**asked) if asked is not None else None
    return Mutation(mid, lseq, kind, record_id, op, base, values, hlc, command)


def pull_from(body: Mapping[str, Any]) -> Pull:
    """Read a pull that its schema has checked."""
    return Pull(body["cursor"], body["limit"], body["max_bytes"], tuple(body["snapshots"]), tuple(body["retake"]))


def push_answer(answer: PushAnswer) -> dict[str, Any]:
    """Write the answer to a push."""
    told = abs(answer.clock_offset_ms) > TOLD_OFFSET_MS
    return {
        "results": [result(receipt) for receipt in answer.results],
        "acked_lseq": answer.acked_lseq,
        "clock_offset_ms": answer.clock_offset_ms if told else None,
        "later": [_later(one) for one in answer.later],
    }


def _later(one: Later) -> dict[str, Any]:
    problem = None if one.problem is None else problem_of(one.problem)
    return {"mid": one.mid, "outcome": one.outcome.value, "problem": problem}


def result(receipt: Receipt) -> dict[str, Any]:
    """Write what became of one mutation."""
    return {
        "mid": receipt.mid,
        "lseq": receipt.lseq,
        "outcome": receipt.outcome,
        "version": receipt.version,
        "row": None if receipt.row is None else row(receipt.row),
        "conflicts": [_conflict(one) for one in receipt.conflicts],
        "problem": None if receipt.problem is None else problem_of(receipt.problem),
    }


def _conflict(one: FieldConflict) -> dict[str, Any]:
    return {"field": one.field, "mine": one.mine, "theirs": one.theirs, "kept": one.kept, "rule": one.rule}


def problem_of(named: Problem) -> dict[str, Any]:
    """Write a problem of the core as problem+json; a slug that the contract lacks is a fault of the server."""
    known = problem(named.slug if named.slug in PROBLEMS else "server-error")
    return known.body(named.detail or None, named.errors)


def row(record: Row) -> dict[str, Any]:
    """Write a record as phones receive it; the document goes out as it lies in the database."""
    doc = None if record.doc is None else orjson.Fragment(record.doc)
    return {"k": record.kind, "i": record.id, "v": record.version, "op": record.op.value, "d": doc}


def _budget(budget: Budget) -> dict[str, Any]:
    problem = None if budget.problem is None else problem_of(budget.problem)
    return {"records": budget.records, "warn": budget.warn, "refused": list(budget.refused), "problem": problem}


def snapshot(one: Snapshot) -> dict[str, Any]:
    """Write what there is to know of a snapshot."""
    return asdict(one)


def page(one: Page, poll_after_s: int) -> bytes:
    """Write a page of the feed, with the documents as they lie in the database. poll_after_s : when to ask again."""
    around = {
        "cursor": one.cursor,
        "more": one.more,
        "consistent": one.consistent,
        "evict": list(one.evict),
        "acked_lseq": one.acked_lseq,
        "poll_after_s": poll_after_s,
        "budget": one.budget and _budget(one.budget),
    }
    if one.lines:
        return b"".join((orjson.dumps(around)[:-1], b',"rows":', *one.lines.parts, b"}"))
    return orjson.dumps(around | {"rows": _rows(one.rows)})


def _rows(rows: Sequence[Row]) -> list[dict[str, Any]]:
    """Do for many what `row` does for one."""
    text = orjson.Fragment
    return [
        {"k": kind, "i": name, "v": version, "op": "put", "d": text(doc)}
        if doc is not None
        else {"k": kind, "i": name, "v": version, "op": op.value, "d": None}
        for kind, name, version, op, doc in rows
    ]
