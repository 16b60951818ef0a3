"""Phones of older contracts: which kinds they do not know, and so do not receive."""

from collections.abc import Mapping

from mobile_contract.merge import KindRule


def hidden_from(schema: int, rules: Mapping[str, KindRule]) -> frozenset[str]:
    """Name the kinds that came after contract `schema`.

    A phone that does not know a kind cannot say which scopes hold a record of it, so it would never drop one.
    """
    return frozenset(rule.name for rule in rules.values() if rule.since > schema)
