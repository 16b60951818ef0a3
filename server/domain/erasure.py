"""Erasure: who may have a person forgotten, and what is left of a record when its content is gone."""

from collections.abc import Mapping
from typing import Any, Final

from mobile_contract.merge import KindRule

#: Roles that may have a person's records erased.
MAY_ERASE: Final = frozenset({"administrator"})

#: Marks a document of which only the shell is left; no field of a contract can have this name.
ERASED: Final = "*erased"

#: Private parts → the kind of the public part that has the same id: people wrote its words, so it goes with them.
PUBLIC_PARTS: Final = {"request_detail": "time_request", "offer_detail": "offer"}


def shell(rule: KindRule, doc: Mapping[str, Any], now: str) -> dict[str, Any]:
    """Keep of a document what tells phones that it is gone: the ids of its scopes, and when it was erased."""
    kept = {name: doc[name] for name in rule.scope_fields if name in doc}
    return {**kept, ERASED: doc.get(ERASED, now)}


def children_of(kind: str, rules: Mapping[str, KindRule]) -> list[tuple[str, str]]:
    """Name the kinds that hang on records of `kind`, with the field that refers to it, if they are personal."""
    return [
        (rule.name, field.name)
        for rule in rules.values()
        if rule.personal and rule.name != kind
        for field in rule.fields.values()
        if field.refers_to == kind and field.required
    ]


def owned_by(kind: str, rules: Mapping[str, KindRule]) -> list[tuple[str, str, str]]:
    """Name the personal kinds that may hang on a record of `kind` by saying so, with the fields of its id and kind."""
    personal = [rule for rule in rules.values() if rule.personal and rule.name != kind]
    return [(rule.name, field, kind_field) for rule in personal for field, kind_field in rule.owners]
