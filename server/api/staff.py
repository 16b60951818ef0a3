"""What addresses for those who look after others have in common: who may ask, for which scopes, and the note of it."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Final

from server.api.auth import principal
from server.api.problems import ProblemError
from server.api.services import services
from server.domain.days import local_day
from server.sync.model import Principal

#: Whose centres' volunteers these are to look after.
STAFF: Final = frozenset({"centre", "administrator"})


def only(roles: Collection[str] = STAFF) -> Principal:
    """Give who asks, if they have one of the roles.

    Raises
    ------
    ProblemError
        Theirs are others: not-allowed.
    """
    who = principal()
    if who.roles.isdisjoint(roles):
        raise ProblemError("not-allowed")
    return who


def scopes_of(who: Principal, prefix: str = "centre:") -> frozenset[str]:
    """Name the scopes of one sort that somebody may see."""
    return frozenset(scope for scope in who.scopes if scope.startswith(prefix))


def today() -> date:
    """Give the day where the users are."""
    return local_day(services().now())


def note_volunteers(who: Principal, what: str, volunteer_ids: Iterable[str]) -> None:
    """Write into the audit which volunteers' records somebody else looked at."""
    for name in sorted(set(volunteer_ids) - {who.volunteer_id}):
        services().reads.note_record(who, what, "volunteer", name, services().now())
