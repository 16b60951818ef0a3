"""Quarantine and its review: who may see what was refused, and what becomes of it when they decide."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from mobile_contract.merge import KindRule
from server.sync.canonical import read_plain
from server.sync.kept import mutation_from
from server.sync.model import Document, Key, Mutation, Principal, Stored
from server.sync.ports import Quarantined, View

#: Entries whose records are looked up at once.
_CHUNK = 100


def entries_for(
    principal: Principal, view: View, rules: Mapping[str, KindRule], state: str | None, after: str = ""
) -> Iterator[Quarantined]:
    """Give what was refused about records that the principal holds now and may write, oldest first.

    What was sent by somebody who had lost a record is for whoever has it since. What was sent is read entry by entry.
    after : the name of the entry behind which to begin, whatever its state is now. KeyError if there is none.
    """
    labels = [
        label
        for label in _behind(after, view.labels(None if after else state))
        if label.kind in rules and state in (None, label.state)
    ]
    for start in range(0, len(labels), _CHUNK):
        some = labels[start : start + _CHUNK]
        records = view.records({Key(label.kind, label.id) for label in some})
        for label in some:
            entry = replace(label, payload=view.payload(label))
            if may_review(entry, records.get(Key(entry.kind, entry.id)), principal, rules):
                yield entry


def _behind(name: str, entries: Sequence[Quarantined]) -> Sequence[Quarantined]:
    if not name:
        return entries
    for number, entry in enumerate(entries, 1):
        if entry.name == name:
            return entries[number:]
    raise KeyError(name)


def may_review(entry: Quarantined, record: Stored | None, principal: Principal, rules: Mapping[str, KindRule]) -> bool:
    """Say whether an entry is for this principal: by the scopes of its record, or of what it would have made.

    What a creation would have made counts whether or not the record is there, so that the list does not tell.
    """
    rule = rules.get(entry.kind)
    if rule is None or principal.roles.isdisjoint({*rule.writers, *_STAFF} - rule.own.keys()):
        return False
    if record is not None and _is_in(principal.scopes, rule, entry.id, record.doc):
        return True
    mutation = mutation_of(entry)
    return mutation.op == "create" and _is_in(principal.scopes, rule, entry.id, mutation.set)


def _is_in(scopes: frozenset[str], rule: KindRule, record_id: str, doc: Document) -> bool:
    try:
        return not scopes.isdisjoint(rule.scopes_of(record_id, doc))
    except TypeError:  # a payload may have anything where a scope's name belongs
        return False


#: Roles that look after what nobody may write, such as conflicts.
_STAFF = ("administrator",)


def mutation_of(entry: Quarantined) -> Mutation:
    """Read the mutation that was refused."""
    return mutation_from(read_plain(entry.payload))
