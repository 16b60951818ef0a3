"""Delete: the record becomes a tombstone; what others edited meanwhile becomes a conflict with a way back."""

from mobile_contract.merge import KindRule, Merge
from server.sync.consequences import follow
from server.sync.context import Context, Verdict, rejected
from server.sync.model import FieldConflict, Mutation, Outcome, Stamp, Stored


def delete(mutation: Mutation, rule: KindRule, context: Context) -> Verdict:
    """Delete a record, once; what is written once for ever cannot be deleted, and no values are dropped with it."""
    if mutation.set:
        return rejected("invalid", errors={name: ["A deletion sets nothing."] for name in mutation.set})
    existing = context.held(mutation.key)
    if existing is None:
        return context.not_held(mutation)
    if not context.may_change(existing.key, existing.doc):
        return rejected("not-yours")
    if all(field.merge in (Merge.IMMUTABLE, Merge.SERVER) for field in rule.fields.values()):
        return rejected("immutable")
    if existing.deleted:
        return Verdict(Outcome.DUPLICATE, mutation.key)
    if context.late and any(_is_newer(stamp, context) for stamp in existing.stamps.values()):
        return Verdict(Outcome.MERGED, mutation.key)  # its own author has written the record since
    return _bury(existing, mutation, context)


def _is_newer(stamp: Stamp, context: Context) -> bool:
    return stamp.device == context.device and stamp.hlc > context.hlc


def _bury(existing: Stored, mutation: Mutation, context: Context) -> Verdict:
    after = Stored(existing.key, existing.version, existing.doc, existing.stamps, deleted=True)
    context.batch.put(after.key, after.doc, after.stamps, context.device, deleted=True)
    follow(after, context)
    edited = {
        name: existing.doc.get(name)
        for name, stamp in existing.stamps.items()
        if _is_unseen(stamp, mutation.base, context.device)
    }
    if not edited:
        return Verdict(Outcome.APPLIED, mutation.key)
    conflict = FieldConflict("*", None, edited, None, "deleted")
    context.raise_conflict(mutation, after, conflict)
    return Verdict(Outcome.CONFLICT, mutation.key, conflicts=(conflict,))


def _is_unseen(stamp: Stamp, base: int, device: str) -> bool:
    """Say whether another device wrote after `base`: the field, or a code of a set that this one added to since."""
    others = ((number, by) for number, by in [(stamp.version, stamp.device), *stamp.added.values()] if by != device)
    return any(number > base for number, _ in others)
