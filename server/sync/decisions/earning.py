"""What happens to accounts without their owners' asking: minutes of work that is done, and erasure."""

from dataclasses import replace
from typing import Final, NamedTuple

from server.domain.ledger import Posting, pair
from server.sync.context import Context
from server.sync.decisions.paying import derived_id, post
from server.sync.ids import is_id
from server.sync.model import Key, Stored

#: What helping at a session counts as.
_SESSION: Final = "volunteering"


class Work(NamedTuple):
    """What is credited. type : task or session. source_ids : what together credits once. about_id : a record."""

    type: str
    source_ids: tuple[str, ...]
    about_id: str
    centre_id: str
    category: str
    minutes: int
    day_on: str


def credit_minutes(work: Work, volunteer_id: str, context: Context) -> None:
    """Credit a volunteer's minutes from the pot of each bank that credits the work of this centre.

    Nothing happens for who has no account there, nor where the ledger does not take it: what is done stays done.
    """
    for bank in _banks(work.centre_id, context):
        account_id = context.work.account_of(bank.key.id, "volunteer", volunteer_id)
        if account_id is not None:
            lines = pair(0, bank.doc["pot_id"], account_id, work.minutes, work.category)
            name = derived_id(work.type, bank.key.id, *work.source_ids)
            post(Posting(name, work.type, context.now, work.day_on, lines, about_id=work.about_id), context)


def _banks(centre_id: str, context: Context) -> list[Stored]:
    """Give the banks that credit the work of a centre."""
    found = [context.batch.peek(key) for key in context.work.referring("bank", "centre_id", [centre_id])]
    return [bank for bank in found if bank and not bank.deleted and bank.doc["credits_tasks"] and bank.doc["pot_id"]]


def credit_task(task_id: str, claim_id: str, volunteer_id: str, minutes: int | None, context: Context) -> None:
    """Credit the minutes of a task that was just done."""
    task = context.batch.get(Key("task", task_id))
    if task is not None and minutes:
        about = task.doc["centre_id"], task.doc["category"], minutes, context.today
        credit_minutes(Work("task", (claim_id,), claim_id, *about), volunteer_id, context)


def credit_session(session: Stored, context: Context) -> None:
    """Credit the minutes of a session to those who helped, each once, however often it is edited.

    Of a session that is still to come nobody has any. Only volunteers of the centre that it names have any; of others
    nothing is said, as whether there are such is not the session's to know.
    """
    doc = session.doc
    today = context.today
    if not doc["helpers"] or not doc["centre_id"] or not doc["minutes"] or doc["held_on"] > today:
        return
    helpers = [name for name in sorted(set(doc["helpers"])) if _is_of(name, doc["centre_id"], context)]
    _lock_accounts(helpers, doc["centre_id"], context)
    about = doc["centre_id"], _SESSION, doc["minutes"], doc["held_on"]
    for name in helpers:
        credit_minutes(Work("session", (session.key.id, name), session.key.id, *about), name, context)


def _is_of(volunteer_id: str, centre_id: str, context: Context) -> bool:
    volunteer = context.batch.peek(Key("volunteer", volunteer_id)) if is_id(volunteer_id) else None
    return volunteer is not None and not volunteer.deleted and volunteer.doc["centre_id"] == centre_id


def _lock_accounts(volunteer_ids: list[str], centre_id: str, context: Context) -> None:
    """Lock all accounts that are credited at once, in one order, so that two sessions never wait for each other."""
    banks = _banks(centre_id, context)
    found = [context.work.account_of(bank.key.id, "volunteer", name) for bank in banks for name in volunteer_ids]
    pots = [bank.doc["pot_id"] for bank in banks]
    context.batch.load([Key("account", name) for name in (*found, *pots) if name])


def leave_account(account: Stored, context: Context) -> None:
    """Close the account of somebody who is erased: the ledger keeps its lines and knows nobody's name for them."""
    kept = context.work.time_accounts([account.key.id]).get(account.key.id)
    if kept is not None:
        context.work.keep_account(replace(kept, closed=True, owner_id=None))
