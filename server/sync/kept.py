"""Mutations and receipts as JSON values: how they are kept, hashed and found again."""

import json
from collections.abc import Mapping
from typing import Any

from server.sync.canonical import plain
from server.sync.model import Command, FieldConflict, Key, Mutation, Op, Outcome, Principal, Problem, Receipt, Row
from server.sync.ports import KeptReceipt
from server.sync.spoilt import spoilt


def mutation_json(mutation: Mutation) -> dict[str, Any]:
    """Write a mutation as phones send it; what has a wrong outside stands under ``sent``."""
    if mutation.sent is not None:
        return {"mid": mutation.mid, "lseq": mutation.lseq, "sent": dict(mutation.sent)}
    command = mutation.command
    return {
        "mid": mutation.mid,
        "lseq": mutation.lseq,
        "kind": mutation.kind,
        "id": mutation.id,
        "op": mutation.op,
        "base": mutation.base,
        "set": dict(mutation.set),
        "hlc": mutation.hlc,
        "command": command and {"name": command.name, "args": dict(command.args), "valid_until": command.valid_until},
    }


def mutation_from(raw: Mapping[str, Any]) -> Mutation:
    """Read a mutation back."""
    if "sent" in raw:
        return spoilt({**raw["sent"], "mid": raw["mid"], "lseq": raw["lseq"]}, {})
    command = raw.get("command")
    return Mutation(**{**raw, "command": Command(**command) if command else None})


def receipt_json(receipt: Receipt) -> dict[str, Any]:
    """Write a receipt; a row's document stays the text that it is."""
    row, problem = receipt.row, receipt.problem
    return {
        "mid": receipt.mid,
        "lseq": receipt.lseq,
        "outcome": receipt.outcome.value,
        "version": receipt.version,
        "row": row and [row.kind, row.id, row.version, row.op.value, row.doc],
        "conflicts": [[c.field, c.mine, c.theirs, c.kept, c.rule] for c in receipt.conflicts],
        "problem": problem and {"slug": problem.slug, "detail": problem.detail, "errors": dict(problem.errors)},
        **({"about": list(receipt.about)} if receipt.about else {}),
    }


def receipt_text(receipt: Receipt) -> str:
    """Write a receipt down; most of them say nothing but an outcome and a version, and their place says the rest."""
    if receipt.row or receipt.conflicts or receipt.problem:
        return plain(receipt_json(receipt))
    return short_text(receipt.outcome.value, receipt.version)


def short_text(outcome: str, version: int) -> str:
    """Write a receipt that says nothing else."""
    return f'{{"outcome":"{outcome}","version":{version}}}'


def receipt_of(kept: KeptReceipt) -> Receipt:
    """Read a receipt back, exactly as it was given."""
    return receipt_from({"mid": kept.mid, "lseq": kept.lseq, **json.loads(kept.outcome)})


def receipt_from(raw: Mapping[str, Any]) -> Receipt:
    """Read a receipt back from what was written down; a short one does not say whose it is."""
    row, problem = raw.get("row"), raw.get("problem")
    return Receipt(
        raw.get("mid", ""),
        raw.get("lseq", 0),
        Outcome(raw["outcome"]),
        raw["version"],
        Row(row[0], row[1], row[2], Op(row[3]), row[4]) if row else None,
        tuple(FieldConflict(*conflict) for conflict in raw.get("conflicts", ())),
        Problem(**problem) if problem else None,
        Key(*raw["about"]) if "about" in raw else None,
    )


def principal_json(principal: Principal) -> dict[str, Any]:
    """Write down who sent something that waits, with the rights of that moment."""
    return {
        "tenant": principal.tenant,
        "account_id": principal.account_id,
        "device_id": principal.device_id,
        "roles": sorted(principal.roles),
        "scopes": sorted(principal.scopes),
        "volunteer_id": principal.volunteer_id,
    }


def principal_from(raw: Mapping[str, Any]) -> Principal:
    """Read back who sent something."""
    return Principal(**{**raw, "roles": frozenset(raw["roles"]), "scopes": frozenset(raw["scopes"])})
