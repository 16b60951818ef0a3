"""Settle a conflict: a person keeps mine, theirs, or writes a third value."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from mobile_contract.merge import Merge
from server.sync.context import Context, Verdict, rejected
from server.sync.model import Key, Mutation, Outcome, Stored
from server.sync.patch import merge_into


def resolve(mutation: Mutation, conflict: Stored, context: Context) -> Verdict:
    """Let the chosen value stand in the record and close the conflict."""
    about = Key(conflict.doc["record_kind"], conflict.doc["record_id"])
    record = context.held(about)
    if record is None or not context.may_change(about, record.doc):
        return rejected("not-yours")
    if conflict.doc["status"] == "resolved":
        return rejected("conflict-already-resolved", about=conflict.key)
    args = mutation.command.args if mutation.command else {}
    if args.get("keep") not in ("mine", "theirs", "other") or (args["keep"] == "other" and "value" not in args):
        return rejected("invalid", errors={"keep": ["Choose mine, theirs, or other with a value."]})
    chosen = args if args["keep"] == "other" else conflict.doc[args["keep"]]
    verdict = _stand(chosen["value"], _with(chosen), conflict, record, mutation, context)
    return verdict or _close(chosen, conflict, context)


def _with(side: Mapping[str, Any]) -> Mapping[str, Any]:
    """Give the other fields of a group, which are settled with the one that the conflict is named after."""
    rest = side.get("with")
    return rest if isinstance(rest, dict) else {}


def _stand(
    chosen: Any, rest: Mapping[str, Any], conflict: Stored, record: Stored, mutation: Mutation, context: Context
) -> Verdict | None:
    """Write the chosen values; give a verdict only where they cannot stand."""
    field = conflict.doc["field"]
    if field == "*" and chosen is None:
        return None  # the deletion stays
    values = chosen if field == "*" else {**_of_group(field, rest, record, context), field: chosen}
    if not isinstance(values, dict):
        return rejected("invalid", errors={"value": ["Not the fields of a record."]})
    if record.deleted:
        record = _restore(record, context)
    if field == "*" and chosen == conflict.doc["theirs"]["value"]:
        return None  # the tombstone kept these values
    seen = max(conflict.version, mutation.base)  # what others wrote since is met by a new conflict, not written over
    edit = Mutation(mutation.mid, mutation.lseq, record.key.kind, record.key.id, "patch", seen, values)
    verdict = merge_into(record, edit, context.rule(record.key.kind), context)
    if any(one.rule == Merge.STATUS.value for one in verdict.conflicts):
        return rejected("illegal-move", about=conflict.key)
    return verdict if verdict.outcome is Outcome.REJECTED else None


def _restore(record: Stored, context: Context) -> Stored:
    restored = replace(record, deleted=False)
    context.batch.put(record.key, record.doc, record.stamps, context.device)
    return restored


def _of_group(field: str, rest: Mapping[str, Any], record: Stored, context: Context) -> dict[str, Any]:
    """Take of what came with the chosen value only fields that are one thing with it."""
    group = context.rule(record.key.kind).group_of(field)
    return {name: value for name, value in rest.items() if name in group}


def _close(chosen: Mapping[str, Any], conflict: Stored, context: Context) -> Verdict:
    kept = {"value": chosen["value"], **({"with": rest} if (rest := _with(chosen)) else {})}
    values = {"status": "resolved", "resolved_at": context.now, "kept": kept}
    context.batch.change(conflict.key, values, context.device, context.hlc)
    return Verdict(Outcome.APPLIED, conflict.key, with_row=True)
