"""Quarantine and its review: who may see what was refused, and what becomes of it when they decide."""

import json
from collections.abc import Iterator, Mapping

from mobile_contract.merge import KindRule
from server.sync.kept import mutation_from
from server.sync.model import Document, Key, Mutation, Principal, Stored
from server.sync.ports import Quarantined, View


def entries_for(
    principal: Principal, view: View, rules: Mapping[str, KindRule], state: str | None
) -> Iterator[Quarantined]:
    """Give what was refused about records that the principal holds now and may write, oldest first.

    What was sent by somebody who had lost a record is for whoever has it since.
    """
    entries = view.quarantined(state)
    records = view.records({Key(entry.kind, entry.id) for entry in entries if entry.kind in rules})
    return (entry for entry in entries if may_review(entry, records.get(Key(entry.kind, entry.id)), principal, rules))


def may_review(entry: Quarantined, record: Stored | None, principal: Principal, rules: Mapping[str, KindRule]) -> bool:
    """Say whether an entry is for this principal: by the scopes of its record, or of what it would have made.

    What a creation would have made counts whether or not the record is there, so that the list does not tell.
    """
    rule = rules.get(entry.kind)
    if rule is None or principal.roles.isdisjoint({*rule.writers, *_STAFF}):
        return False
    mutation = mutation_of(entry)
    docs = [record.doc] if record is not None else []
    docs += [mutation.set] if mutation.op == "create" else []
    return any(_is_in(principal.scopes, rule, entry.id, doc) for doc in docs)


def _is_in(scopes: frozenset[str], rule: KindRule, record_id: str, doc: Document) -> bool:
    try:
        return not scopes.isdisjoint(rule.scopes_of(record_id, doc))
    except TypeError:  # a payload may have anything where a scope's name belongs
        return False


#: Roles that look after what nobody may write, such as conflicts.
_STAFF = ("administrator",)


def mutation_of(entry: Quarantined) -> Mutation:
    """Read the mutation that was refused."""
    return mutation_from(json.loads(entry.payload))
