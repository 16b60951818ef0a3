"""What the views of conflicts and quarantine share: the door of the account that asks, and its entry in the audit."""

from collections.abc import Collection

from server.api.auth import principal
from server.api.problems import ProblemError
from server.api.services import services
from server.sync.context import Verdict
from server.sync.door import Door
from server.sync.model import Outcome


def door() -> Door:
    """Open the one way to write into the tenant of the account that asks."""
    at = services()
    return Door(at.store, principal().tenant, at.rules, at.validate, at.now)


def note_reading(what: str, scopes: Collection[str], count: int) -> None:
    """Put into the audit that the account that asks read `count` records of people in `scopes`."""
    services().reads.note(principal(), what, scopes, count, services().now())


def refuse_unless_done(verdict: Verdict) -> None:
    """Raise the named problem of a verdict that changed nothing."""
    if verdict.outcome in (Outcome.REJECTED, Outcome.DEFERRED) and verdict.problem is not None:
        problem = verdict.problem
        raise ProblemError(problem.slug, problem.detail or None, errors=dict(problem.errors) or None)
