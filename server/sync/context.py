"""What a decision about one mutation may look at, and the verdict that it comes to."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from mobile_contract.merge import KindRule, Merge
from server.domain.days import local_day
from server.sync.batch import Batch
from server.sync.canonical import digest
from server.sync.foreseen import Foreseen
from server.sync.model import (
    PENDING,
    Document,
    FieldConflict,
    Key,
    Mutation,
    Outcome,
    Principal,
    Problem,
    Stamp,
    Stored,
)
from server.sync.ports import Validate, Work

#: Rules whose conflicts tell the sender something but leave nothing for a person to settle.
_TOLD_ONLY = (Merge.SERVER.value,)


class Verdict(NamedTuple):
    """What becomes of a mutation, before versions are known.

    with_row : send the record back. keep : put the payload into quarantine, `blank` : without what it says.
    parent : the record that is waited for.
    about : the record that the receipt speaks of, None when it must not speak of any.
    """

    outcome: Outcome
    about: Key | None = None
    with_row: bool = False
    conflicts: tuple[FieldConflict, ...] = ()
    problem: Problem | None = None
    keep: bool = False
    parent: Key | None = None
    blank: bool = False


class Context(NamedTuple):
    """The transaction, the rules, who asks and when. now : UTC instant as text. hlc : the mutation's, normalised.

    deferred : records whose creation waits for another record. foreseen : the mutation judged beforehand, if it was.
    late : the mutation waited, so its device may have written since what comes after it.
    """

    batch: Batch
    validate: Validate
    principal: Principal
    now: str
    hlc: str
    deferred: Collection[Key] = ()
    foreseen: Foreseen | None = None
    late: bool = False

    @property
    def today(self) -> str:
        """The day where the users are, as text."""
        return local_day(datetime.fromisoformat(self.now)).isoformat()

    @property
    def work(self) -> Work:
        """The transaction in storage."""
        return self.batch.work

    @property
    def device(self) -> str:
        """The device that asks."""
        return self.principal.device_id

    def rule(self, kind: str) -> KindRule:
        """Give the rule of a known kind."""
        return self.batch.rules[kind]

    def may_write(self, rule: KindRule) -> bool:
        """Say whether one of the principal's roles writes this kind."""
        return not self.principal.roles.isdisjoint(rule.writers)

    def may_change(self, key: Key, doc: Document) -> bool:
        """Say whether the principal writes this very record: some roles write only what is their own."""
        return self.rule(key.kind).lets_write(self.principal.roles, self.principal.scopes, key.id, doc)

    def holds(self, key: Key, doc: Document) -> bool:
        """Say whether the document lies in one of the principal's scopes."""
        return not self.principal.scopes.isdisjoint(self.batch.scopes(key, doc))

    def knows(self, key: Key) -> bool:
        """Say whether the principal may refer to a record: to one that they hold.

        What is not theirs answers like what is not there, so that nobody learns what exists.
        """
        return self.batch.stands(key, self.principal.scopes) is not None

    def held(self, key: Key) -> Stored | None:
        """Give the record if it exists and the principal holds it."""
        record = self.batch.get(key)
        return record if record is not None and self.holds(key, record.doc) else None

    def not_held(self, mutation: Mutation) -> Verdict:
        """Answer about a record that the principal does not hold, the same whether there is one or not.

        What was made on a version that a restore took back waits: another phone may send the record again.
        """
        if mutation.op != "create" and self.work.is_lost(mutation.base):
            return waiting_for(mutation.key)
        return rejected("not-yours")

    def raise_conflict(self, mutation: Mutation, record: Stored, conflict: FieldConflict) -> None:
        """Keep a conflict as a record beside the one it is about."""
        if conflict.rule in _TOLD_ONLY:
            return
        key = Key("conflict", digest(self.device, mutation.mid, conflict.field)[:32])
        doc = {
            "record_kind": record.key.kind,
            "record_id": record.key.id,
            "field": conflict.field,
            "rule": conflict.rule,
            "mine": _side(conflict.mine, conflict, 0),
            "theirs": _side(conflict.theirs, conflict, 1),
            "kept": _side(conflict.kept, conflict, 2),
            "status": "open",
            "raised_at": self.now,
            "resolved_at": None,
            "by_device": self.device,
            "scopes": sorted(self.batch.scopes(record.key, record.doc)),
        }
        self.batch.put(key, doc, {}, self.device)
        self.batch.conflicts[key] = record.key

    def stamps(self, names: Collection[str]) -> dict[str, Stamp]:
        """Stamp fields as set by this mutation."""
        return dict.fromkeys(names, Stamp(PENDING, self.device, self.hlc))


def _side(value: Any, conflict: FieldConflict, place: int) -> dict[str, Any]:
    """Write one side of a conflict: the field's value and, of a group, the other fields' ``with`` it."""
    rest = {name: values[place] for name, values in conflict.rest.items()}
    return {"value": value, **({"with": rest} if rest else {})}


def rejected(
    slug: str,
    *,
    errors: Mapping[str, Any] | None = None,
    keep: bool = True,
    about: Key | None = None,
    detail: str = "",
    blank: bool = False,
) -> Verdict:
    """Say no, with a named problem; the payload is kept aside unless nothing in it could be lost.

    about : the record to send back, when the sender may see it. blank : keep only the payload's outside.
    """
    problem = Problem(slug, detail, errors or {})
    return Verdict(Outcome.REJECTED, about, with_row=about is not None, problem=problem, keep=keep, blank=blank)


def waiting_for(parent: Key) -> Verdict:
    """Put the mutation off until `parent` arrives."""
    return Verdict(Outcome.DEFERRED, problem=Problem("parent-missing"), parent=parent)
