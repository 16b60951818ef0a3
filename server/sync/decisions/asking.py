"""Asks as records: a wave goes out, is seen, is answered, comes to nothing."""

from collections.abc import Iterable, Iterator, Sequence

from mobile_contract.vocabulary import OWN_REASONS
from server.domain.asks import OPEN, Inputs, Wave, is_next, may_become_claimed, new_ask
from server.domain.qualified import may_be_asked
from server.sync.canonical import canonical, digest
from server.sync.consequences import end_claim
from server.sync.context import Context, Verdict, rejected
from server.sync.model import Key, Mutation, Outcome, Stored
from server.sync.ports import AskedInputs


def ask_key(task_id: str, wave: int, volunteer_id: str) -> Key:
    """Name the ask of a volunteer in a wave: the same whoever sends the wave, so that none goes out twice."""
    return Key("ask", digest(task_id, str(wave), volunteer_id)[:32])


def send_waves(waves: Sequence[Wave], context: Context) -> list[int]:
    """Ask those of each wave who may still be asked, and say how many they are; 0 where the task has moved on.

    Tasks stay locked until all is written, so of two who send the same wave one finds it sent. The asks are the
    notices: they are written with the wave or not at all, and so is what their volunteers were ranked by.
    """
    context.batch.load([key for wave in waves for key in _keys_of(wave)])
    return [_send(wave, context) for wave in waves]


def _keys_of(wave: Wave) -> Iterator[Key]:
    yield Key("task", wave.task_id)
    for one in wave.asked:
        yield Key("volunteer", one.volunteer_id)
        yield ask_key(wave.task_id, wave.number, one.volunteer_id)


def _send(wave: Wave, context: Context) -> int:
    batch, key = context.batch, Key("task", wave.task_id)
    task = batch.get(key)
    if task is None or task.deleted or not is_next(wave, task.doc, context.now):
        return 0
    asked = [one for one in wave.asked if _may_ask(one.volunteer_id, context)]
    for one in asked:
        doc = new_ask(wave, one, task.doc, context.now)
        batch.put(ask_key(wave.task_id, wave.number, one.volunteer_id), doc, context.stamps(doc), context.device)
        batch.asked.append(_inputs(wave, one.volunteer_id, context.now))
    if asked:
        batch.change(key, {"wave": wave.number, "dispatched_at": context.now}, context.device, context.hlc)
    return len(asked)


def _inputs(wave: Wave, volunteer_id: str, now: str) -> AskedInputs:
    known = {"task": _short(wave.task_inputs), "volunteer": _short(wave.inputs[volunteer_id])}
    return AskedInputs(wave.task_id, wave.number, volunteer_id, now, canonical(known))


def _short(inputs: Inputs) -> dict[str, float]:
    """Write whole numbers without a point: nearly all of them are."""
    return {name: int(value) if float(value).is_integer() else value for name, value in inputs.items()}


def _may_ask(volunteer_id: str, context: Context) -> bool:
    volunteer = context.batch.get(Key("volunteer", volunteer_id))
    return volunteer is not None and not volunteer.deleted and may_be_asked(volunteer.doc, context.today)


def end_asks(ended: Sequence[tuple[str, str, str]], context: Context) -> int:
    """End asks that are still open: id, state and reason of each; say how many there were."""
    context.batch.load([Key("ask", name) for name, _, _ in ended])
    return sum(_end(Key("ask", name), status, reason, context) for name, status, reason in ended)


def _end(key: Key, status: str, reason: str | None, context: Context) -> bool:
    ask = context.batch.get(key)
    if ask is None or ask.deleted or ask.doc["status"] not in OPEN:
        return False
    ended = {"status": status, "reason": reason, "answered_at": context.now}
    context.batch.change(key, ended, context.device, context.hlc)
    return True


def close_tasks(task_ids: Iterable[str], context: Context) -> int:
    """Let tasks whose time is over expire, and the claims on them lapse; say how many there were."""
    keys = [Key("task", name) for name in task_ids]
    context.batch.load(keys)
    return sum(_close(key, context) for key in keys)


def _close(key: Key, context: Context) -> bool:
    task = context.batch.get(key)
    if task is None or task.deleted or task.doc["status"] not in ("open", "claimed"):
        return False
    if task.doc["window_until_at"] >= context.now:
        return False
    end_claim(key.id, "lapsed", None, context)
    context.batch.change(key, {"status": "expired"}, context.device, context.hlc)
    return True


def answer_by_claim(task: Stored, volunteer_id: str, context: Context) -> None:
    """Note on the volunteer's latest ask about the task that it came to a claim."""
    last = task.doc.get("wave")
    keys = [ask_key(task.key.id, wave, volunteer_id) for wave in range(last, -1, -1)] if last is not None else []
    context.batch.load(keys)
    for key in keys:
        ask = context.batch.get(key)
        if ask is not None and may_become_claimed(ask.doc):
            claimed = {"status": "claimed", "reason": None, "answered_at": context.now}
            context.batch.change(key, claimed, context.device, context.hlc)
            return


def see_ask(mutation: Mutation, ask: Stored, context: Context) -> Verdict:
    """Note that the volunteer has seen it."""
    if not _is_theirs(ask, context):
        return rejected("not-a-volunteer", keep=False)
    if ask.doc["status"] == "asked":
        seen = {"status": "seen", "seen_at": context.now}
        context.batch.change(ask.key, seen, context.device, context.hlc)
        return Verdict(Outcome.APPLIED, ask.key, with_row=True)
    return Verdict(Outcome.DUPLICATE, ask.key, with_row=True)


def decline_ask(mutation: Mutation, ask: Stored, context: Context) -> Verdict:
    """Say no, with a reason if the volunteer gives one."""
    if not _is_theirs(ask, context):
        return rejected("not-a-volunteer", keep=False)
    reason = mutation.command.args.get("reason") if mutation.command else None
    if reason is not None and reason not in OWN_REASONS:
        return rejected("invalid", errors={"reason": [f"Not one of {', '.join(OWN_REASONS)}."]})
    if ask.doc["status"] == "declined":
        return Verdict(Outcome.DUPLICATE, ask.key, with_row=True)
    if not _end(ask.key, "declined", reason, context):
        return rejected("ask-ended", keep=False, about=ask.key)
    return Verdict(Outcome.APPLIED, ask.key, with_row=True)


def _is_theirs(ask: Stored, context: Context) -> bool:
    return context.principal.volunteer_id == ask.doc["volunteer_id"] and "volunteer" in context.principal.roles
