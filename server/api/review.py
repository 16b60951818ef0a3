"""What the views of conflicts and quarantine share: the door of the account that asks, and its entry in the audit."""

from collections.abc import Collection

from server.api.auth import principal
from server.api.problems import ProblemError
from server.api.services import services
from server.sync.context import Verdict
from server.sync.door import Door
from server.sync.hlc import instant_text
from server.sync.model import Outcome
from server.sync.ports import Seen, Writes


def door() -> Door:
    """Open the one way to write into the tenant of the account that asks."""
    at = services()
    return Door(at.store, principal().tenant, at.rules, at.validate, at.now)


def note_reading(what: str, scopes: Collection[str], count: int) -> None:
    """Put into the audit that the account that asks read `count` records of people in `scopes`."""
    if not count:
        return
    asked, now = principal(), instant_text(services().now())
    seen = [Seen(now, asked.account_id, asked.device_id, what, scope, count=count) for scope in sorted(scopes)]
    with services().store.write(asked.tenant) as work:
        work.save(Writes(audit=seen))


def refuse_unless_done(verdict: Verdict) -> None:
    """Raise the named problem of a verdict that changed nothing."""
    if verdict.outcome in (Outcome.REJECTED, Outcome.DEFERRED) and verdict.problem is not None:
        problem = verdict.problem
        raise ProblemError(problem.slug, problem.detail or None, errors=dict(problem.errors) or None)
