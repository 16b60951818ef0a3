"""Courses: places for some, a queue for the others, and whoever waits longest is offered the place that comes free.

Places are those of `take_place`, which the database never lets be more than there are. All that concerns one course
goes one after the other, as `waiters` keeps everybody else from its places until the end.
"""

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from server.domain.courses import NO_PLACE, kept_until, offers_on, takes_people, wrong_course
from server.domain.places import has_left
from server.sync.context import Context, Verdict, rejected
from server.sync.decisions.cancelling import CarryOut, tell_of_course
from server.sync.hlc import instant_text, read_instant
from server.sync.model import Document, Key, Mutation, Outcome, Stored
from server.sync.ports import Store, Taking
from server.sync.waiting import Waiter


def judge_course(_key: Key, doc: Document, _context: Context) -> Verdict | None:
    """Say no to a new course whose days make no sense."""
    errors = wrong_course(doc)
    return rejected("invalid", errors=errors) if errors else None


def enrol(mutation: Mutation, placement: Stored, context: Context) -> Verdict:
    """Give a placement a place on a course of its asset, or put it at the end of those who wait."""
    args, doc = mutation.command.args if mutation.command else {}, placement.doc
    if not context.may_write(context.rule("placement")):
        return rejected("not-yours")
    course = _course(args.get("course_id"), context)
    if course is None or (doc["item_kind"], doc["item_id"]) != ("asset", course.doc["asset_id"]):
        return rejected("invalid", errors={"course_id": ["This asset has no such course."]})
    if doc["place_held"] != "none":
        same = doc.get("course_id") == course.key.id
        done = Verdict(Outcome.DUPLICATE, placement.key, with_row=True)
        return done if same else rejected("place-held-already", keep=False, about=placement.key)
    if has_left(doc) or doc["status"] not in ("chosen", "offered", "accepted"):
        return rejected("placement-ended" if has_left(doc) else "illegal-move", keep=False, about=placement.key)
    if not takes_people(course.doc, _now(context)):
        return rejected("enrolment-closed", keep=False, about=placement.key)
    return _take_or_wait(placement, course, context)


def _course(course_id: object, context: Context) -> Stored | None:
    course = context.held(Key("course", course_id)) if isinstance(course_id, str) else None
    return None if course is None or course.deleted else course


def _take_or_wait(placement: Stored, course: Stored, context: Context) -> Verdict:
    queue, item = _current(course, context), course.key.id
    taking = context.work.take_place(item, placement.key.id, placement.doc["person_id"])
    if taking is Taking.TAKEN and queue:
        context.work.give_place_back(item, placement.key.id)
    if taking is Taking.TAKEN and not queue:
        values = {**NO_PLACE, "place_held": "accepted", "status": "accepted", "course_id": item}
    elif taking is not Taking.HELD_ALREADY and context.work.join_waiters(
        item, placement.key.id, placement.doc["person_id"]
    ):
        values = {**NO_PLACE, "place_held": "waiting", "course_id": item}
    else:
        return rejected("place-held-already", keep=False, about=placement.key)
    context.batch.change(placement.key, values, context.device, context.hlc)
    settle(item, context)
    return Verdict(Outcome.APPLIED, placement.key, with_row=True)


def accept_offered(placement: Stored, context: Context) -> Verdict | None:
    """Say no where a place was offered until an instant that has passed; else let its holder wait no longer."""
    until = read_instant(placement.doc.get("offered_until_at"))
    if until is not None and until < _now(context):
        return rejected("offer-lapsed", keep=False, about=placement.key)
    context.work.leave_waiters(placement.key.id)
    context.batch.change(placement.key, {"offered_until_at": None}, context.device, context.hlc)
    return None


def leave_course(placement: Stored, context: Context) -> None:
    """Let another have the place of a placement, or its turn."""
    item = placement.doc["course_id"]
    context.work.waiters(item)
    _let_go(placement.key, item, context)
    context.batch.change(placement.key, NO_PLACE, context.device, context.hlc)
    settle(item, context)


def offer_on(store: Store, carry_out: CarryOut, tenant: str, now: datetime) -> int:
    """Offer on what was offered until an instant that has passed; say on how many courses."""
    with store.read(tenant) as view:
        offered = [one.doc for one in view.of_kind("placement") if one.doc.get("offered_until_at")]
    lapsed = sorted({doc["course_id"] for doc in offered if doc["offered_until_at"] < instant_text(now)})
    for course_id in lapsed:
        carry_out(partial(settle, course_id))
    return len(lapsed)


def settle(course_id: str, context: Context) -> None:
    """Offer free places to those who wait, in order; say to each where they stand, and to everybody how many places."""
    course = context.batch.get(Key("course", course_id))
    if course is None:
        return
    queue = _current(course, context)
    while queue and offers_on(course.doc, _now(context)) and _offer(queue[0], course, context):
        queue = queue[1:]
    for position, one in enumerate(queue, start=1):
        key = Key("placement", one.placement_id)
        context.batch.change(key, {"waiting_position": position}, context.device, context.hlc)
    _count(course, len(queue), context)


def _current(course: Stored, context: Context) -> Sequence[Waiter]:
    """Take back what was offered until an instant that has passed; give those who wait without an offer."""
    queue = []
    for one in context.work.waiters(course.key.id):
        until = read_instant(one.offered_until_at)
        if until is None:
            queue.append(one)
        elif until < _now(context):
            key = Key("placement", one.placement_id)
            _let_go(key, course.key.id, context)
            context.batch.change(key, {**NO_PLACE, "status": "chosen"}, context.device, context.hlc)
    return queue


def _let_go(placement: Key, item_id: str, context: Context) -> None:
    context.work.leave_waiters(placement.id)
    context.work.give_place_back(item_id, placement.id)


def _offer(one: Waiter, course: Stored, context: Context) -> bool:
    """Keep a place for whoever waits longest; say whether they wait no longer, because of it or because they left."""
    key = Key("placement", one.placement_id)
    placement = context.batch.get(key)
    if placement is None or placement.deleted or has_left(placement.doc):
        return context.work.leave_waiters(one.placement_id)
    taking = context.work.take_place(course.key.id, one.placement_id, placement.doc["person_id"])
    if taking is Taking.HELD_ALREADY:
        context.batch.change(key, NO_PLACE, context.device, context.hlc)
        return context.work.leave_waiters(one.placement_id)
    if taking is Taking.TAKEN:
        until = instant_text(kept_until(course.doc, _now(context)))
        context.work.offer_waiter(one.placement_id, until)
        offered = {**NO_PLACE, "place_held": "offered", "status": "offered", "offered_until_at": until}
        context.batch.change(key, offered, context.device, context.hlc)
    return taking is Taking.TAKEN


# ── what follows from a course ────────────────────────────────────────────────────────────────────────────────────


def follow_course(course: Stored, context: Context) -> None:
    """Let a course that was made or edited have its places, and nobody a place on one that was called off."""
    off = course.deleted or course.doc["status"] == "cancelled"
    if off:
        _call_off(course, context)
    context.work.set_places(course.key.id, 0 if off else course.doc["places"])
    settle(course.key.id, context)


def _call_off(course: Stored, context: Context) -> None:
    found = (context.batch.get(key) for key in context.work.referring("placement", "course_id", [course.key.id]))
    held = [one for one in found if one and not one.erased and one.doc["place_held"] != "none"]
    tell_of_course(course, held, context)
    for one in held:
        _let_go(one.key, course.key.id, context)
        context.batch.change(one.key, NO_PLACE, context.device, context.hlc)


def _count(course: Stored, waiting: int, context: Context) -> None:
    """Let everybody see how many places there are, and how many wait."""
    key, capacity = Key("place_count", course.key.id), context.work.capacity(course.key.id)
    if capacity is None:
        return
    counts = {"places_total": capacity.total, "places_open": capacity.open, "waiting": waiting}
    if context.batch.get(key) is not None:
        context.batch.change(key, counts, context.device, context.hlc)
        return
    about = {"district": course.doc["district"], "item_kind": "course", "item_id": course.key.id}
    made, errors = context.validate("place_count", {**about, **counts}, False)
    if errors:
        raise ValueError("what is counted of a course is no place_count")
    context.batch.put(key, made, context.stamps(made.keys()), context.device)


def _now(context: Context) -> datetime:
    return datetime.fromisoformat(context.now)
