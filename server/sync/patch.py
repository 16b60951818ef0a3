"""Patch: an edit of some fields of a record, merged field by field with what others did meanwhile."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mobile_contract.merge import FieldRule, KindRule, Merge
from server.sync.consequences import follow
from server.sync.context import Context, Verdict, rejected, waiting_for
from server.sync.fields import missing_parent, others_own, unknown_fields, writable
from server.sync.groups import merge_group
from server.sync.merge import Edit, Merged, merge_field
from server.sync.model import FieldConflict, Key, Mutation, Outcome, Problem, Stored
from server.sync.ports import Seen


def patch(mutation: Mutation, rule: KindRule, context: Context) -> Verdict:
    """Edit a record that exists; the answer for an unknown one is that of another's."""
    if verdict := unknown_fields(mutation, rule):
        return verdict
    existing = context.batch.get(mutation.key)
    return context.not_held(mutation) if existing is None else merge_into(existing, mutation, rule, context)


def merge_into(existing: Stored, mutation: Mutation, rule: KindRule, context: Context) -> Verdict:
    """Merge the mutation's fields into the record, if the principal holds it before and after."""
    if not context.holds(existing.key, existing.doc):
        return context.not_held(mutation)
    if not context.may_change(existing.key, existing.doc):
        return rejected("not-yours")
    wishes, errors = _wishes(mutation, rule, context)
    if errors:
        return rejected("invalid", errors=errors)
    if existing.deleted:
        return _too_late(existing, mutation, context)
    return _merge(_Merge(existing, mutation, rule, context), wishes)


@dataclass(frozen=True, slots=True)
class _Merge:
    existing: Stored
    mutation: Mutation
    rule: KindRule
    context: Context

    def merged(self, wishes: Mapping[str, Any]) -> dict[str, Merged]:
        """Merge each field by itself, and those that are one thing together."""
        groups = dict.fromkeys(group for name in wishes if (group := self.rule.group_of(name)))
        merged = {name: merge_field(self.edit(name, mine)) for name, mine in wishes.items()}
        for group in groups:
            edits = {name: self.edit(name, wishes.get(name, self.existing.doc.get(name))) for name in group}
            merged |= merge_group(edits, {name: wishes[name] for name in group if name in wishes})
        return merged

    def edit(self, name: str, mine: Any) -> Edit:
        rule = self.rule.fields[name]
        stamp = self.existing.stamps.get(name)
        return Edit(
            self.mutation.kind, rule, mine, self.existing.doc.get(name), self.mutation.base,
            self.context.device, self.context.hlc, stamp, lambda value: not self.errors({name: value}),
            self.context.late,
        )  # fmt: skip

    def errors(self, values: Mapping[str, Any]) -> Mapping[str, Any]:
        return self.context.validate(self.mutation.kind, values, True)[1]

    @property
    def overtaken(self) -> bool:
        """Another device changed the record after this one looked."""
        return any(
            stamp.version > self.mutation.base and stamp.device != self.context.device
            for stamp in self.existing.stamps.values()
        )


def _wishes(mutation: Mutation, rule: KindRule, context: Context) -> tuple[dict[str, Any], Mapping[str, Any]]:
    """Check the values that came and give them clean: operations as operations, plain values as the contract's."""
    values = writable(mutation.set, rule, context)
    creating = mutation.op == "create"
    shapes = {name: _wrong_shape(rule.fields[name], value, creating) for name, value in values.items()}
    errors = {name: [message] for name, message in shapes.items() if message}
    if errors:
        return {}, errors
    counted = {name for name in values if rule.fields[name].merge is Merge.DELTA and not creating}
    asked = {name: _codes_in(value) for name, value in values.items() if name not in counted}
    clean, errors = context.validate(mutation.kind, asked, True)
    wishes = {name: value if isinstance(value, dict) and _is_set(rule, name) else clean.get(name, value)
              for name, value in values.items()}  # fmt: skip
    if creating:  # a second creation adds to a set that is there, and takes nothing away
        wishes = {name: {"add": value} if _is_set(rule, name) else value for name, value in wishes.items()}
    return wishes, errors


def _is_set(rule: KindRule, name: str) -> bool:
    return rule.fields[name].merge is Merge.SET


def _wrong_shape(rule: FieldRule, value: Any, creating: bool) -> str:
    if rule.merge is Merge.DELTA and not creating:
        right = isinstance(value, dict) and set(value) == {"delta"} and type(value["delta"]) is int
        return "" if right else 'Send a difference: {"delta": 1}.'
    if rule.merge is Merge.SET and isinstance(value, dict):
        right = not creating and set(value) <= {"add", "remove"} and all(_is_texts(part) for part in value.values())
        return "" if right else 'Send {"add": […], "remove": […]}.'
    return 'Send a list, or {"add": […], "remove": […]}.' if rule.merge is Merge.SET and not _is_texts(value) else ""


def _is_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(part, str) for part in value)


def _codes_in(value: Any) -> Any:
    if isinstance(value, dict) and set(value) <= {"add", "remove"}:
        return sorted({*value.get("add", ()), *value.get("remove", ())})
    return value


def _merge(work: _Merge, wishes: Mapping[str, Any]) -> Verdict:
    existing, mutation, context = work.existing, work.mutation, work.context
    if fixed := [name for name in wishes if _is_fixed(work, name, wishes[name])]:
        slug = "already-exists" if mutation.op == "create" else "immutable"
        return rejected(slug, errors={name: ["This cannot be changed."] for name in fixed})
    if "team_id" in wishes and wishes["team_id"] != existing.doc.get("team_id") and "hand_over" in work.rule.commands:
        return rejected("immutable", errors={"team_id": ["Hand it over instead, so that it is kept who had it."]})
    merged = work.merged(wishes)
    changed = {name: field.value for name, field in merged.items() if field.value != existing.doc.get(name)}
    if errors := work.errors(_counters(work.rule, changed)):
        return rejected("invalid", errors=errors)
    after = Stored(
        existing.key,
        existing.version,
        {**existing.doc, **changed},
        {**existing.stamps, **{name: field.stamp for name, field in merged.items() if field.stamp and name in changed}},
    )
    if not (context.holds(after.key, after.doc) and context.may_change(after.key, after.doc)):
        return rejected("not-yours")
    if parent := missing_parent(changed, work.rule, context):
        return waiting_for(parent)
    return _keep(work, after, changed, [field.conflict for field in merged.values() if field.conflict])


def _is_fixed(work: _Merge, name: str, mine: Any) -> bool:
    return work.rule.fields[name].merge is Merge.IMMUTABLE and mine != work.existing.doc.get(name)


def _counters(rule: KindRule, changed: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in changed.items() if rule.fields[name].merge is Merge.DELTA}


def _keep(work: _Merge, after: Stored, changed: Mapping[str, Any], lost: list[FieldConflict]) -> Verdict:
    context, key = work.context, after.key
    if changed:
        context.batch.put(key, after.doc, after.stamps, context.device)
        follow(after, context)
    if "team_id" in changed:
        _note_move(key, context)
    for conflict in lost:
        context.raise_conflict(work.mutation, after, conflict)
    ignored = others_own(work.mutation, work.rule, work.existing.doc, context)
    freed = changed and _has_followed(after, context)
    outcome = _outcome(work, changed, lost, ignored or freed)
    return Verdict(outcome, key, bool(freed) or _differs(work, lost, ignored), (*lost, *ignored))


def _note_move(key: Key, context: Context) -> None:
    """Put into the audit who let a record go to another team."""
    who = context.principal
    context.batch.audit.append(Seen(context.now, who.account_id, who.device_id, "moved", kind=key.kind, id=key.id))


def _has_followed(after: Stored, context: Context) -> bool:
    """Say whether the server changed more of the record than was asked, such as the place that it held."""
    record = context.batch.get(after.key)
    return record is not None and record.doc != after.doc


def _differs(work: _Merge, *conflicts: Any) -> bool:
    return any(conflicts) or work.overtaken or work.mutation.op == "create"


def _outcome(work: _Merge, changed: Any, lost: Any, ignored: Any) -> Outcome:
    if lost:
        return Outcome.CONFLICT
    if ignored:
        return Outcome.MERGED
    if not changed:
        return Outcome.DUPLICATE
    return Outcome.MERGED if work.overtaken or work.mutation.op == "create" else Outcome.APPLIED


def _too_late(existing: Stored, mutation: Mutation, context: Context) -> Verdict:
    conflict = FieldConflict("*", dict(mutation.set), None, None, "deleted")
    context.raise_conflict(mutation, existing, conflict)
    return Verdict(Outcome.CONFLICT, existing.key, True, (conflict,), Problem("deleted"))
