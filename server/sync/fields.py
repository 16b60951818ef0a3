"""Checks on the fields of a mutation that creation and editing share."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from mobile_contract.merge import KindRule, Merge
from server.sync.context import Context, Verdict, rejected
from server.sync.ids import is_id
from server.sync.model import Document, FieldConflict, Key, Mutation

#: As much of a name that nobody knows is repeated in a receipt, which is kept.
LONGEST_NAME: Final = 60


def unknown_fields(mutation: Mutation, rule: KindRule) -> Verdict | None:
    """Refuse fields that the contract does not have."""
    if mutation.set.keys() <= rule.fields.keys():
        return None
    unknown = sorted(set(mutation.set) - set(rule.fields))
    return rejected("unknown-field", errors={name[:LONGEST_NAME]: ["Unknown field."] for name in unknown})


def others_own(mutation: Mutation, rule: KindRule, current: Document, context: Context) -> tuple[FieldConflict, ...]:
    """Tell which of the values were ignored because the server, or another role, owns their fields."""
    return tuple(
        FieldConflict(name, mine, current.get(name), current.get(name), Merge.SERVER.value)
        for name, mine in mutation.set.items()
        if rule.fields[name].owned_by_others(context.principal.roles) and mine != current.get(name)
    )


def writable(values: Mapping[str, Any], rule: KindRule, context: Context) -> dict[str, Any]:
    """Leave out what the server, or another role, owns."""
    roles = context.principal.roles
    return {name: value for name, value in values.items() if not rule.fields[name].owned_by_others(roles)}


def references(values: Mapping[str, Any], rule: KindRule) -> Iterator[Key]:
    """Name the records that these values refer to."""
    for name, kind in rule.references:
        value = values.get(name)
        if isinstance(value, str) and value:
            yield Key(kind, value)
    if rule.owners:
        yield from owners(values, rule)


def owners(values: Mapping[str, Any], rule: KindRule) -> Iterator[Key]:
    """Name the records that these values refer to by saying their kind as well."""
    for name, kind_name in rule.owners:
        kind, value = values.get(kind_name), values.get(name)
        if isinstance(kind, str) and is_id(kind) and isinstance(value, str) and value:
            yield Key(kind, value)


def missing_parent(values: Mapping[str, Any], rule: KindRule, context: Context) -> Key | None:
    """Name the first record that these values refer to and that the principal does not know."""
    return next((key for key in references(values, rule) if not context.knows(key)), None)


def strange_owner(doc: Document, rule: KindRule, context: Context) -> Verdict | None:
    """Refuse a record that says one person and, by its owner, another: erasing either would not be whole.

    Asked only about owners that the principal holds.
    """
    for owner in owners(doc, rule):
        record = context.batch.peek(owner)
        for name, kind in rule.references:
            theirs = owner.id if owner.kind == kind else record and record.doc.get(name)
            if theirs and theirs != doc.get(name):
                return rejected("invalid", errors={name: [f"The {owner.kind} that owns it has another {name}."]})
    return None
