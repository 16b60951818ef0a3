"""Which rows are about people, so that giving them to somebody is in the audit."""

from collections.abc import Iterable

from mobile_contract.schemas import KINDS
from server.api.auth import principal
from server.api.services import services

_PEOPLE = [rule for rule in KINDS.values() if rule.personal]
_KINDS = frozenset(rule.name for rule in _PEOPLE)
#: How the names of scopes begin that hold records about people.
_PREFIXES = tuple({template.partition("{")[0] for rule in _PEOPLE for template in rule.scopes if "{" in template})


def note_people(what: str, kinds: Iterable[str]) -> None:
    """Put into the audit that the account that asks was given rows of `kinds`, one entry a scope that they may be of.

    kinds : of each row.
    """
    count = sum(map(_KINDS.__contains__, kinds))
    if count:
        scopes = [scope for scope in principal().scopes if scope.startswith(_PREFIXES)]
        services().reads.note(principal(), what, scopes, count, services().now())


def note_scope(what: str, scope: str, count: int) -> None:
    """Put into the audit that the account that asks was given a whole scope, if it may hold records about people."""
    if scope.startswith(_PREFIXES):
        services().reads.note(principal(), what, [scope], count, services().now())
