"""What a creation comes to if nobody has the record yet: it depends on the mutation and its sender alone.

So it is worked out before any lock is taken, and once for all attempts of a transaction.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from mobile_contract.merge import KindRule
from server.domain.moves import may_start
from server.sync.canonical import canonical, canonical_flat
from server.sync.model import Document, Mutation, Principal
from server.sync.ports import Validate, ValidateAlike

#: Fewer creations than this are judged one by one, though they are filled in alike.
_FEW: Final = 4


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

    def __init__(
        self,
        principal: Principal,
        rules: Mapping[str, KindRule],
        validate: Validate,
        validate_alike: ValidateAlike | None = None,
    ) -> None:
        self._principal, self._rules, self._validate = principal, rules, validate
        self._validate_alike = validate_alike
        self._not_theirs: dict[str, frozenset[str]] = {}

    def foresee_all(self, mutations: Sequence[Mutation]) -> list[Foreseen | None]:
        """Judge a push, creations that are filled in alike together."""
        found: dict[int, Foreseen] = {}
        for places in self._alike(mutations):
            found.update(zip(places, self._together([mutations[place] for place in places]), strict=False))
        return [found.get(place) or self.foresee(one) for place, one in enumerate(mutations)]

    def _alike(self, mutations: Sequence[Mutation]) -> Iterator[list[int]]:
        """Give the places of creations of one kind that have the same names in the same order."""
        groups: dict[tuple[str, tuple[str, ...]], list[int]] = defaultdict(list)
        for place, one in enumerate(mutations if self._validate_alike else ()):
            if one.op == "create" and one.sent is None:
                groups[one.kind, tuple(one.set)].append(place)
        return (places for places in groups.values() if len(places) >= _FEW)

    def _together(self, mutations: Sequence[Mutation]) -> Collection[Foreseen]:
        """Judge creations that are filled in alike; nothing when they have to be judged one by one."""
        first = mutations[0]
        rule = self._rules.get(first.kind)
        if rule is None or not first.set.keys() <= rule.fields.keys() - self._owned_by_others(rule):
            return ()
        try:
            return self._judge_alike(mutations, rule)
        except Exception:  # what is wrong with one of them must go wrong with it alone
            return ()

    def _judge_alike(self, mutations: Sequence[Mutation], rule: KindRule) -> Collection[Foreseen]:
        alike = self._validate_alike(rule.name, [one.set for one in mutations]) if self._validate_alike else None
        if alike is None:
            return ()
        docs, flat = alike
        texts = canonical_flat(docs) if flat else [canonical(doc) for doc in docs]
        may = not self._principal.roles.isdisjoint(rule.writers) and not rule.past and not rule.own
        made = []
        for mutation, doc, text in zip(mutations, docs, texts, strict=True):
            scopes, starts = rule.scopes_of(mutation.id, doc), _starts(rule, doc)
            plain = may and starts and not self._principal.scopes.isdisjoint(scopes)
            made.append(Foreseen(doc, {}, scopes, starts, False, text, plain))
        return made

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
        starts = _starts(rule, doc)
        text = _text(doc)
        roles, held = self._principal.roles, self._principal.scopes
        theirs = not held.isdisjoint(scopes) and rule.lets_write(roles, held, mutation.id, doc)
        plain = starts and theirs and not ignores and not rule.past and text != ""
        return Foreseen(doc, errors, scopes, starts, ignores, text, plain)

    def _owned_by_others(self, rule: KindRule) -> frozenset[str]:
        if rule.name not in self._not_theirs:
            roles = self._principal.roles
            owned = (name for name, field in rule.fields.items() if field.owned_by_others(roles))
            self._not_theirs[rule.name] = frozenset(owned)
        return self._not_theirs[rule.name]


def _starts(rule: KindRule, doc: Document) -> bool:
    return not rule.states or all(may_start(rule.name, str(doc[name])) for name in rule.states)


def _text(doc: Document) -> str:
    try:
        return canonical(doc)
    except ValueError:
        return ""
