"""Try one mutation: what goes wrong with it, foreseen or not, goes wrong with it alone."""

from server.sync.apply import apply
from server.sync.context import Context, Verdict, rejected
from server.sync.model import Mutation, Outcome
from server.sync.ports import ClashError, NoRoomError


class _UndoneError(Exception):
    """Carries a verdict out of a savepoint whose changes are to be forgotten."""

    def __init__(self, verdict: Verdict) -> None:
        super().__init__()
        self.verdict = verdict


def attempt(mutation: Mutation, context: Context) -> Verdict:
    """Apply a mutation inside a savepoint; ClashError and NoRoomError, which concern the whole transaction, get out."""
    try:
        with context.batch.savepoint():
            verdict = apply(mutation, context)
            if verdict.outcome in (Outcome.REJECTED, Outcome.DEFERRED):
                raise _UndoneError(verdict)
            return verdict
    except _UndoneError as undone:
        return undone.verdict
    except (ClashError, NoRoomError, MemoryError):
        raise
    except Exception as error:  # one poisonous record must not block a phone's queue
        return rejected("set-aside", detail=f"The server could not take this change ({type(error).__name__}).")
