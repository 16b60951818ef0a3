"""Whom a mutation speaks of, as far as its names tell."""

from collections.abc import Mapping

from mobile_contract.merge import KindRule
from server.sync.fields import references
from server.sync.ids import is_id
from server.sync.model import Key, Mutation

Rules = Mapping[str, KindRule]


def subjects(mutation: Mutation, rules: Rules) -> list[Key]:
    """Name the record that a mutation changes and those that it refers to, and whatever else its names may mean."""
    rule = rules.get(mutation.kind)
    named = [mutation.key, *references(mutation.set, rule)] if rule else []
    return [*(key for key in named if is_id(key.id)), *guesses(mutation, rules)]


def guesses(mutation: Mutation, rules: Rules) -> list[Key]:
    """Name the personal records that may be meant where the contract does not say what a name stands for.

    That is the id of a record of an unknown kind, and each field that refers to a record in kinds other than this one.
    """
    rule = rules.get(mutation.kind)
    if rule and mutation.set.keys() <= rule.fields.keys():
        return []
    strange = _names(rules).difference(rule.fields if rule else ())
    values = [mutation.set.get(name) for name in strange] + ([] if rule else [mutation.id])
    ids = {value for value in values if isinstance(value, str) and is_id(value)}
    return [Key(one.name, value) for value in sorted(ids) for one in rules.values() if one.personal]


def _names(rules: Rules) -> set[str]:
    """Name every field by which records of some kind refer to others."""
    return {name for rule in rules.values() for name, _ in (*rule.references, *rule.owners)}
