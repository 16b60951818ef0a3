"""Erase a person: what is known of them goes, everywhere at once, and what comes later is kept without content."""

import json
from collections.abc import Collection, Iterable
from dataclasses import replace

from server.domain.erasure import MAY_ERASE, PUBLIC_PARTS, children_of, owned_by, shell
from server.sync.batch import Batch
from server.sync.canonical import plain, read_plain
from server.sync.consequences import leave_place, let_tasks_go
from server.sync.context import Context, Verdict, rejected
from server.sync.decisions.earning import leave_account
from server.sync.fields import references
from server.sync.kept import mutation_from, mutation_json, receipt_from, receipt_json
from server.sync.model import Command, Document, Key, Mutation, Op, Outcome, Problem, Receipt, Stored
from server.sync.ports import Seen
from server.sync.subjects import subjects


def erase(mutation: Mutation, record: Stored, context: Context) -> Verdict:
    """Carry out the command."""
    if context.principal.roles.isdisjoint(MAY_ERASE):
        return rejected("not-yours")
    erase_all(record.key, context)
    asked = context.principal
    seen = Seen(context.now, asked.account_id, asked.device_id, "erase", kind=record.key.kind, id=record.key.id)
    context.batch.audit.append(seen)
    return Verdict(Outcome.APPLIED, record.key, with_row=True)


def erase_all(root: Key, context: Context) -> list[Key]:
    """Empty a record, all that hangs on it and every conflict about these, and leave tombstones; name them."""
    keys = family(root, context)
    keys += [Key(PUBLIC_PARTS[key.kind], key.id) for key in keys if key.kind in PUBLIC_PARTS]
    keys += [key for key in _conflicts(keys, context) if key not in keys]
    context.batch.load(keys)
    gone = [key for key in keys if _empty(key, context)]
    context.batch.erased.update(gone)
    return gone


def family(root: Key, context: Context) -> list[Key]:
    """Name the record and what refers to it, children of children included, each once."""
    found: dict[Key, None] = {root: None}
    generation = [root]
    while generation:
        generation = [key for key in _children(generation, context) if key not in found]
        found.update(dict.fromkeys(generation))
    return list(found)


def _children(parents: Collection[Key], context: Context) -> Iterable[Key]:
    for parent_kind in sorted({parent.kind for parent in parents}):
        ids = {parent.id for parent in parents if parent.kind == parent_kind}
        for kind, field in children_of(parent_kind, context.batch.rules):
            yield from _naming(kind, field, ids, context)
        for kind, field, kind_field in owned_by(parent_kind, context.batch.rules):
            owned = list(_naming(kind, field, ids, context))
            context.batch.load(owned)
            yield from (key for key in owned if _doc(key, context).get(kind_field) == parent_kind)


def _naming(kind: str, field: str, ids: Collection[str], context: Context) -> Iterable[Key]:
    """Name the records of a kind whose `field` is one of `ids`, those of this transaction included."""
    yield from context.work.referring(kind, field, ids)
    touched = context.batch.touched.items()
    yield from (key for key, each in touched if key.kind == kind and each.after.doc.get(field) in ids)


def _doc(key: Key, context: Context) -> Document:
    record = context.batch.get(key)
    return record.doc if record else {}


def _conflicts(keys: Collection[Key], context: Context) -> list[Key]:
    raised = [conflict for conflict, about in context.batch.conflicts.items() if about in set(keys)]
    return [*context.work.conflicts_of(keys), *raised]


def _empty(key: Key, context: Context) -> bool:
    record = context.batch.get(key)
    if record is None or record.erased:
        return False
    if key.kind == "placement" and not record.deleted:
        leave_place(record, context)
    if key.kind == "volunteer":
        let_tasks_go(key.id, context)
    if key.kind == "account":
        leave_account(record, context)
    doc = shell(context.rule(key.kind), record.doc, context.now)
    context.batch.put(key, doc, {}, context.device, deleted=True)
    return True


def forgotten(mutation: Mutation, context: Context) -> Verdict | None:
    """Refuse what speaks of somebody who was erased, whatever else is wrong with it; nothing of what it says is kept.

    Who does not hold the erased record hears what they would hear of one that never was.
    """
    about = subjects(mutation, context.batch.rules)
    gone = next((key for key in about if _is_erased(key, mutation, context)), None)
    if gone is None:
        return None
    if context.held(gone):
        return rejected("erased", blank=True)
    return _as_of_a_stranger(mutation, gone, context)


def _as_of_a_stranger(mutation: Mutation, gone: Key, context: Context) -> Verdict | None:
    rule = context.batch.rules.get(mutation.kind)
    if gone == mutation.key:
        return rejected("not-yours", blank=True)
    if rule is None or gone not in references(mutation.set, rule):
        return None  # it is refused in any case, for a name that nobody knows
    return Verdict(Outcome.DEFERRED, problem=Problem("parent-missing"), keep=True, blank=True)


def is_about_erased(mutation: Mutation, batch: Batch) -> bool:
    """Say whether a mutation names an erased record, whoever sent it."""
    about = [key for key in subjects(mutation, batch.rules) if key.kind in batch.rules]
    batch.load(about)
    return any((record := batch.get(key)) is not None and record.erased for key in about)


def _is_erased(key: Key, mutation: Mutation, context: Context) -> bool:
    """Say whether a record was erased; of what is referred to, only what is not simply held is looked at."""
    rule = context.batch.rules.get(key.kind)
    if rule is None or not rule.personal:
        return False
    read = key == mutation.key or key in context.batch.before
    if not read and context.batch.stands(key, context.principal.scopes) is Op.PUT:
        return False
    record = context.batch.get(key)
    return record is not None and record.erased


# ── what was kept aside ───────────────────────────────────────────────────────────────────────────────────────────


def without_content(mutation: Mutation) -> Mutation:
    """Give a mutation of which only the outside is left."""
    asked = mutation.command
    if mutation.sent is not None:
        return replace(mutation, set={}, sent={})
    return replace(mutation, set={}, command=asked and Command(asked.name, {}, asked.valid_until))


def emptied_payload(payload: str, erased: Collection[Key]) -> str | None:
    """Empty a payload that was kept aside if it is about an erased record; None when it is not, or is empty already."""
    mutation = mutation_from(read_plain(payload))
    if not _concerns(mutation, {key.id for key in erased}):
        return None
    empty = plain(mutation_json(without_content(mutation)))
    return None if empty == payload else empty


def _concerns(mutation: Mutation, ids: Collection[str]) -> bool:
    """Say whether one of these ids stands anywhere in it: nobody knows what stands where in what was refused."""
    asked = mutation.command
    text = plain(mutation.sent or [mutation.id, dict(mutation.set), asked and dict(asked.args)])
    return any(f'"{one}"' in text for one in ids)


def emptied_outcome(outcome: str, erased: Collection[Key]) -> str | None:
    """Empty a receipt that shows an erased record; None when it shows none."""
    receipt = receipt_from(json.loads(outcome))
    about = Key(receipt.row.kind, receipt.row.id) if receipt.row else receipt.about
    if about not in erased:
        return None
    return plain(receipt_json(_emptied(receipt)))


def _emptied(receipt: Receipt) -> Receipt:
    row = receipt.row and receipt.row._replace(op=Op.DEL, doc=None)
    conflicts = tuple(replace(one, mine=None, theirs=None, kept=None) for one in receipt.conflicts)
    problem = receipt.problem and replace(receipt.problem, errors={})
    return replace(receipt, row=row, conflicts=conflicts, problem=problem)
