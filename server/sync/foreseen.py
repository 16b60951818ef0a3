"""What a creation comes to if nobody has the record yet: it depends on the mutation and its sender alone.

So it is worked out before any lock is taken, and once for all attempts of a transaction.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

from mobile_contract.merge import KindRule
from server.domain.moves import may_start
from server.sync.canonical import canonical
from server.sync.model import Document, Mutation, Principal
from server.sync.ports import Validate


class Foreseen(NamedTuple):
    """A creation, judged.

    doc, errors : as the contract has it. scopes : those that would hold the document. may_start : its states are ones
    that a life may begin with. others_own : some of its values count for nothing, as their fields are not the sender's.
    text : the document as canonical JSON, empty when it is not known to be writable.
    plain : nothing that the sender, the contract and the clocks say stands against the document as it is.
    raised : what went wrong that nobody expected; it goes wrong again when the mutation's turn comes.
    """

    doc: Document
    errors: Mapping[str, Any]
    scopes: frozenset[str] = frozenset()
    may_start: bool = False
    others_own: bool = False
    text: str = ""
    plain: bool = False
    raised: Exception | None = None


class Seer:
    """Judges the creations of one sender."""

    def __init__(self, principal: Principal, rules: Mapping[str, KindRule], validate: Validate) -> None:
        self._principal, self._rules, self._validate = principal, rules, validate
        self._not_theirs: dict[str, frozenset[str]] = {}

    def foresee(self, mutation: Mutation) -> Foreseen | None:
        """Judge a creation; None for what is none, or is refused for what the contract does not know."""
        rule = self._rules.get(mutation.kind)
        if (
            mutation.op != "create"
            or mutation.sent is not None
            or rule is None
            or not mutation.set.keys() <= rule.fields.keys()
        ):
            return None
        try:
            return self._judge(mutation, rule)
        except Exception as error:  # one poisonous record must not hold up the others
            return Foreseen({}, {}, raised=error)

    def _judge(self, mutation: Mutation, rule: KindRule) -> Foreseen:
        values, not_theirs = mutation.set, self._owned_by_others(rule)
        ignores = not not_theirs.isdisjoint(values)
        if ignores:
            values = {name: value for name, value in values.items() if name not in not_theirs}
        doc, errors = self._validate(mutation.kind, values, False)
        if errors:
            return Foreseen(doc, errors)
        scopes = rule.scopes_of(mutation.id, doc)
        starts = not rule.states or all(may_start(mutation.kind, str(doc[name])) for name in rule.states)
        text = _text(doc)
        theirs = not self._principal.scopes.isdisjoint(scopes) and not self._principal.roles.isdisjoint(rule.writers)
        plain = starts and theirs and not ignores and not rule.past and text != ""
        return Foreseen(doc, errors, scopes, starts, ignores, text, plain)

    def _owned_by_others(self, rule: KindRule) -> frozenset[str]:
        if rule.name not in self._not_theirs:
            roles = self._principal.roles
            owned = (name for name, field in rule.fields.items() if field.owned_by_others(roles))
            self._not_theirs[rule.name] = frozenset(owned)
        return self._not_theirs[rule.name]


def _text(doc: Document) -> str:
    try:
        return canonical(doc)
    except ValueError:
        return ""
