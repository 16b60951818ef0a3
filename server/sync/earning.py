"""What happens to accounts without their owners' asking: minutes of work that is done, and erasure."""

from dataclasses import replace

from server.domain.ledger import Posting, pair
from server.sync.context import Context
from server.sync.model import Document, Key, Stored
from server.sync.paying import derived_id, post


def credit_minutes(source_id: str, volunteer_id: str, work: Document, minutes: int, context: Context) -> None:
    """Credit a volunteer's minutes from the pot of each bank that credits the work of this centre.

    source_id : a claim's or a session's; each credits once, however often this is asked. work : a document with a
    centre_id and a category. Nothing happens for who has no account there, nor where the ledger does not take it: what
    is done stays done.
    """
    for key in context.work.referring("bank", "centre_id", [work["centre_id"]]):
        bank = context.batch.peek(key)
        if bank is None or bank.deleted or not bank.doc["credits_tasks"] or not bank.doc["pot_id"]:
            continue
        account_id = context.work.account_of(key.id, "volunteer", volunteer_id)
        if account_id is not None:
            lines = pair(0, bank.doc["pot_id"], account_id, minutes, work["category"])
            name = derived_id("task", key.id, source_id)
            post(Posting(name, "task", context.now, context.now[:10], lines, about_id=source_id), context)


def credit_task(task_id: str, claim_id: str, volunteer_id: str, minutes: int | None, context: Context) -> None:
    """Credit the minutes of a task that was just done."""
    task = context.batch.get(Key("task", task_id))
    if task is not None and minutes:
        credit_minutes(claim_id, volunteer_id, task.doc, minutes, context)


def leave_account(account: Stored, context: Context) -> None:
    """Close the account of somebody who is erased: the ledger keeps its lines and knows nobody's name for them."""
    kept = context.work.time_accounts([account.key.id]).get(account.key.id)
    if kept is not None:
        context.work.keep_account(replace(kept, closed=True, owner_id=None))
