"""Commands: what only the server can decide, each answered at once with a yes or a named no."""

from collections.abc import Callable

from mobile_contract.merge import KindRule
from server.sync.context import Context, Verdict, rejected
from server.sync.decisions.asking import decline_ask, see_ask
from server.sync.decisions.cancelling import cancel_date, end_series, restore_date, resume_series
from server.sync.decisions.claiming import claim, complete, release, running_late, set_out, thank
from server.sync.decisions.completing import revoke_completion, verify_completion
from server.sync.decisions.employing import (
    agree_event,
    approve_leave,
    cancel_event,
    cancel_leave,
    close_event,
    decline_event,
    decline_leave,
)
from server.sync.decisions.enrolling import enrol
from server.sync.decisions.handing_over import gone_elsewhere, hand_over, take_up
from server.sync.decisions.placing import move_place
from server.sync.decisions.recruiting import take_step
from server.sync.decisions.requesting import decline_request, express_interest, publish_request
from server.sync.decisions.stocking import hand_out, let_go, reserve
from server.sync.decisions.time_bank import TIME_BANK
from server.sync.erasing import erase
from server.sync.hlc import read_instant
from server.sync.model import Mutation, Stored
from server.sync.resolving import resolve

Decide = Callable[[Mutation, Stored, Context], Verdict]

_COMMANDS: dict[str, Decide] = {
    "claim": claim,
    "set_out": set_out,
    "running_late": running_late,
    "release": release,
    "complete": complete,
    "thank": thank,
    "see_ask": see_ask,
    "decline_ask": decline_ask,
    "offer_place": move_place,
    "accept_place": move_place,
    "decline_place": move_place,
    "enrol": enrol,
    "cancel_date": cancel_date,
    "restore_date": restore_date,
    "end_series": end_series,
    "resume_series": resume_series,
    "hand_over": hand_over,
    "take_up": take_up,
    "take_step": take_step,
    "publish_request": publish_request,
    "decline_request": decline_request,
    "express_interest": express_interest,
    "approve_leave": approve_leave,
    "decline_leave": decline_leave,
    "cancel_leave": cancel_leave,
    "agree_event": agree_event,
    "decline_event": decline_event,
    "cancel_event": cancel_event,
    "close_event": close_event,
    "reserve": reserve,
    "hand_out": hand_out,
    "let_go": let_go,
    "verify_completion": verify_completion,
    "revoke_completion": revoke_completion,
    "resolve_conflict": resolve,
    "erase": erase,
    **TIME_BANK,
}
#: Commands that a record's deletion does not stop.
_AFTER_DEATH = ("erase",)


def command(mutation: Mutation, rule: KindRule, context: Context) -> Verdict:
    """Decide a command on a record that the principal holds, if it came in time."""
    asked = mutation.command
    if asked is None or asked.name not in rule.commands:
        return rejected("unknown-command")
    record = context.held(mutation.key)
    if record is None:
        return gone_elsewhere(mutation, context) or context.not_held(mutation)
    if record.deleted and asked.name not in _AFTER_DEATH:
        return rejected("not-yours")
    if asked.valid_until is not None:
        until, now = read_instant(asked.valid_until), read_instant(context.now)
        if until is None:
            return rejected("invalid", errors={"valid_until": ["Not an instant."]})
        if now is not None and until < now:
            return rejected("command-expired", keep=False, about=mutation.key)
    return _COMMANDS[asked.name](mutation, record, context)
