"""Cancelled sessions, series and items: said by those who run them, undone by them, and told to those who referred."""

from collections.abc import Callable, Collection
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any, Final

from server.domain.days import local_day
from server.domain.recurrence import dates_between
from server.sync.context import Context, Verdict, rejected
from server.sync.decisions.noticing import About, noticed_days, notify, placements_on, withdraw
from server.sync.model import Document, Key, Mutation, Outcome, Stored
from server.sync.ports import Store

#: ``carry_out(do)``: lets the server decide something in a transaction of its own.
CarryOut = Callable[[Callable[[Context], None]], None]

#: Days for which a cancelled session that has passed is remembered with its reason.
_REMEMBERED_DAYS: Final = 31
#: The most days of which one edit of a schedule is told.
_MOST_TOLD: Final = 60
#: Who says so, by role; the first that fits.
_SIDES: Final = {"asset_owner": "owner", "centre": "centre", "administrator": "administrator"}


def cancel_date(mutation: Mutation, schedule: Stored, context: Context) -> Verdict:
    """Call one session off, with a reason; twice is once, unless there was more to say the second time."""
    args, doc = mutation.command.args if mutation.command else {}, schedule.doc
    if not context.may_change(schedule.key, schedule.doc):
        return rejected("not-yours")
    if args.get("on") in doc["cancelled_on"]:
        return _off_already(schedule, args)
    if not _is_coming(args.get("on"), doc, context):
        return rejected("not-a-session", keep=False, about=schedule.key)
    said = {"on": args["on"], "reason": args.get("reason"), "note": args.get("note"), "by": _side(context)}
    clean, errors = context.validate("schedule", {"cancellations": [said]}, True)
    if errors:
        return rejected("invalid", errors=errors)
    off = {"cancelled_on": sorted({*doc["cancelled_on"], said["on"]})}
    return _keep(schedule, {**off, "cancellations": [*_recent(doc, context), *clean["cancellations"]]}, context)


def _off_already(schedule: Stored, args: Document) -> Verdict:
    """Take a day that is off already as said once, but for a note that would be lost."""
    stood = next((each for each in schedule.doc["cancellations"] if each["on"] == args["on"]), None)
    if args.get("note") and (stood is None or stood.get("note") != args["note"]):
        return rejected("said-already", keep=False, about=schedule.key)
    return Verdict(Outcome.DUPLICATE, schedule.key, with_row=True)


def restore_date(mutation: Mutation, schedule: Stored, context: Context) -> Verdict:
    """Say that a session takes place after all; twice is once."""
    on, doc = mutation.command.args.get("on") if mutation.command else None, schedule.doc
    if not context.may_change(schedule.key, schedule.doc):
        return rejected("not-yours")
    if on not in doc["cancelled_on"]:
        return Verdict(Outcome.DUPLICATE, schedule.key, with_row=True)
    left = [each for each in doc["cancelled_on"] if each != on]
    why = [each for each in _recent(doc, context) if each["on"] != on]
    return _keep(schedule, {"cancelled_on": left, "cancellations": why}, context)


def _keep(schedule: Stored, values: Document, context: Context) -> Verdict:
    context.batch.change(schedule.key, values, context.device, context.hlc)
    tell_of_sessions(schedule.key, context)
    return Verdict(Outcome.APPLIED, schedule.key, with_row=True)


def end_series(mutation: Mutation, schedule: Stored, context: Context) -> Verdict:
    """End a series after a day, with a reason; the day may have passed."""
    args = mutation.command.args if mutation.command else {}
    if not context.may_change(schedule.key, schedule.doc):
        return rejected("not-yours")
    said = {"on": args.get("last_on"), "reason": args.get("reason"), "note": args.get("note"), "by": _side(context)}
    clean, errors = context.validate("schedule", {"ends_on": args.get("last_on"), "cancellations": [said]}, True)
    if errors or not said["on"]:
        return rejected("invalid", errors=errors or {"last_on": ["Say after which day it ends."]})
    context.batch.change(schedule.key, {"ends_on": clean["ends_on"]}, context.device, context.hlc)
    about = _ended(schedule)._replace(on=clean["ends_on"], reason=said["reason"], note=said["note"])
    notify(about, placements_on(about.item_kind, about.item_id, context), context)
    return Verdict(Outcome.APPLIED, schedule.key, with_row=True)


def resume_series(mutation: Mutation, schedule: Stored, context: Context) -> Verdict:
    """Let a series that was ended go on, until another day or without an end."""
    args = mutation.command.args if mutation.command else {}
    if not context.may_change(schedule.key, schedule.doc):
        return rejected("not-yours")
    clean, errors = context.validate("schedule", {"ends_on": args.get("ends_on")}, True)
    if errors:
        return rejected("invalid", errors=errors)
    about = _ended(schedule)._replace(on=schedule.doc.get("ends_on"))
    context.batch.change(schedule.key, clean, context.device, context.hlc)
    withdraw(about, placements_on(about.item_kind, about.item_id, context), context)
    return Verdict(Outcome.APPLIED, schedule.key, with_row=True)


def _ended(schedule: Stored) -> About:
    doc = schedule.doc
    return About("series_ended", doc["item_kind"], doc["item_id"], schedule.key.id, None, doc["from_time"])


# ── what follows from it, whoever wrote it and however ────────────────────────────────────────────────────────────


def tell_of_sessions(key: Key, context: Context) -> None:
    """Tell which of a schedule's coming sessions are off now, and which are on again."""
    before, after = context.batch.before.get(key), context.batch.get(key)
    if after is None or after.erased:
        return
    off = _off(after, context)
    spoken_of = {*off, *_off(before, context), *noticed_days(key.id, context)}
    if not spoken_of:
        return
    placements = placements_on(after.doc["item_kind"], after.doc["item_id"], context)
    for on in sorted(spoken_of)[:_MOST_TOLD]:
        (notify if on in off else withdraw)(_session(after, on), placements, context)


def tell_again(store: Store, carry_out: CarryOut, tenant: str, now: datetime) -> int:
    """Tell of coming sessions that are off those whose choice arrived after that; say of how many schedules."""
    today = local_day(now).isoformat()
    with store.read(tenant) as view:
        off = [one.key for one in view.of_kind("schedule") if any(on >= today for on in one.doc["cancelled_on"])]
    for key in off:
        carry_out(partial(tell_of_sessions, key))
    return len(off)


def _off(schedule: Stored | None, context: Context) -> Collection[str]:
    """Give the coming sessions that are off."""
    if schedule is None or schedule.erased or schedule.deleted:
        return ()
    return [on for on in schedule.doc["cancelled_on"] if _is_coming(on, schedule.doc, context)]


def _session(schedule: Stored, on: str) -> About:
    doc = schedule.doc
    why: Document = next((each for each in doc.get("cancellations") or () if each["on"] == on), {})
    about = About("session_cancelled", doc["item_kind"], doc["item_id"], schedule.key.id, on, doc["from_time"])
    return about._replace(reason=why.get("reason"), note=why.get("note"))


def tell_of_item(after: Stored, context: Context) -> None:
    """Tell that an asset or a role has closed or paused, or is open again."""
    before, about = context.batch.before.get(after.key), About("item_closed", after.key.kind, after.key.id)
    was, now = (one is not None and not one.deleted and one.doc.get("status") == "active" for one in (before, after))
    if was and not now:
        notify(about, placements_on(*after.key, context), context)
    elif now and before is not None and (not was or any(key.kind == "notice" for key in context.batch.touched)):
        withdraw(about, placements_on(*after.key, context), context)


def tell_of_course(course: Stored, placements: Collection[Stored], context: Context) -> None:
    """Tell those who have or wait for a place on a course that it is called off."""
    notify(About("course_cancelled", "course", course.key.id), placements, context)


def _is_coming(on: Any, doc: Document, context: Context) -> bool:
    """Say whether there is a session on that day, and it has not passed."""
    today = date.fromisoformat(context.today)
    try:
        day = date.fromisoformat(on)
    except (TypeError, ValueError):
        return False
    return day >= today and dates_between(doc, day, day) == [day]


def _recent(doc: Document, context: Context) -> list[Any]:
    since = (date.fromisoformat(context.today) - timedelta(_REMEMBERED_DAYS)).isoformat()
    return [each for each in doc.get("cancellations") or () if each["on"] >= since]


def _side(context: Context) -> str:
    return next(side for role, side in _SIDES.items() if role in context.principal.roles)
