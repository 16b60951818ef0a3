"""A hub's stock: movements and reservations, neither of which the database lets have what is not there."""

from collections.abc import Callable, Collection
from datetime import datetime
from functools import partial

from server.domain.stock import change_by, wrong_movement
from server.sync.canonical import digest
from server.sync.context import Context, Verdict, rejected
from server.sync.hlc import instant_text, read_instant
from server.sync.model import Document, Key, Mutation, Outcome, Stored
from server.sync.ports import Store
from server.sync.stock import Held

#: ``carry_out(do)``: lets the server decide something in one transaction; gives what `do` gives.
CarryOut = Callable[[Callable[[Context], int]], int]


def move_stock(key: Key, doc: Document, context: Context) -> Verdict | None:
    """Let a new movement change the stock of its item, or say why it cannot."""
    item = context.held(Key("item", doc["item_id"]))
    if item is None or item.deleted:
        return rejected("invalid", errors={"item_id": ["This item is no longer kept."]})
    if doc["moved_on"] > context.today:
        return rejected("invalid", errors={"moved_on": ["This is still to come."]})
    if errors := wrong_movement(doc, item.doc):
        return rejected("invalid", errors=errors)
    lapse(item.key.id, context)
    moved = context.work.move_stock(item.key.id, change_by(doc))
    count_stock(item.key.id, context)
    return None if moved else rejected("not-enough-stock")


def reserve(mutation: Mutation, item: Stored, context: Context) -> Verdict:
    """Keep units of an item for a household until an instant."""
    if not context.may_write(context.rule("item")) or mutation.command is None:
        return rejected("not-yours")
    made, errors = context.validate("reservation", _wanted(mutation.command.args, item, context), False)
    if not errors and _is_past(made["until_at"], context):
        errors = {"until_at": ["This has passed."]}
    if errors:
        return rejected("invalid", errors=errors)
    key = Key("reservation", digest(context.device, mutation.mid)[:32])
    lapse(item.key.id, context)
    if not context.work.hold_stock(Held(key.id, item.key.id, made["quantity"], made["until_at"])):
        return rejected("not-enough-stock", keep=False, about=item.key)
    context.batch.put(key, made, context.stamps(made.keys()), context.device)
    count_stock(item.key.id, context)
    return Verdict(Outcome.APPLIED, item.key, with_row=True)


def _wanted(args: Document, item: Stored, context: Context) -> Document:
    asked = {name: args.get(name) for name in ("quantity", "household_id", "until_at")}
    ours = {"item_id": item.key.id, "hub_id": item.doc["hub_id"], "status": "held", "held_at": context.now}
    return {**asked, **ours}


def _is_past(instant: str, context: Context) -> bool:
    until, now = read_instant(instant), read_instant(context.now)
    return until is None or now is None or until <= now


def hand_out(mutation: Mutation, reservation: Stored, context: Context) -> Verdict:
    """Give what was kept to whom it was kept for: the reservation ends, and a movement says so."""
    return _end(reservation, "handed_out", context)


def let_go(mutation: Mutation, reservation: Stored, context: Context) -> Verdict:
    """End a reservation, so that others may have what was kept."""
    return _end(reservation, "let_go", context)


def _end(reservation: Stored, status: str, context: Context) -> Verdict:
    doc = reservation.doc
    if not context.may_write(context.rule("item")):
        return rejected("not-yours")
    if doc["status"] == status:
        return Verdict(Outcome.DUPLICATE, reservation.key, with_row=True)
    lapse(doc["item_id"], context)
    if context.work.free_stock(reservation.key.id) is None:
        return rejected("reservation-ended", keep=False, about=reservation.key)
    if status == "handed_out":
        _take_out(reservation, context)
    context.batch.change(reservation.key, {"status": status, "ended_at": context.now}, context.device, context.hlc)
    count_stock(doc["item_id"], context)
    return Verdict(Outcome.APPLIED, reservation.key, with_row=True)


def _take_out(reservation: Stored, context: Context) -> None:
    """Write the movement of what was kept; it was kept, so it is there."""
    kept = {name: reservation.doc[name] for name in ("item_id", "hub_id", "quantity", "household_id")}
    said = {"type": "out", "reason": "handed_out", "reservation_id": reservation.key.id, "moved_on": context.today}
    made, errors = context.validate("movement", {**kept, **said}, False)
    if errors or not context.work.move_stock(kept["item_id"], -kept["quantity"]):
        raise ValueError("what was kept is not there")
    key = Key("movement", digest("handed out", reservation.key.id)[:32])
    context.batch.put(key, made, context.stamps(made.keys()), context.device)


def lapse(item_id: str, context: Context) -> int:
    """Let go what was kept of an item until an instant that has passed; say how many reservations that were."""
    past = context.work.lapsed_stock(item_id, context.now)
    for held in past:
        context.work.free_stock(held.reservation_id)
        ended = {"status": "lapsed", "ended_at": context.now}
        context.batch.change(Key("reservation", held.reservation_id), ended, context.device, context.hlc)
    return len(past)


def lapse_items(items: Collection[Key], context: Context) -> int:
    """Let go what has lapsed of several items; say how many reservations that were."""
    context.batch.load(items)
    lapsed = 0
    for key in sorted(items):
        lapsed += lapse(key.id, context)
        count_stock(key.id, context)
    return lapsed


def lapse_all(store: Store, carry_out: CarryOut, tenant: str, now: datetime) -> int:
    """Let go what a tenant's hubs kept until an instant that has passed; say how many reservations that were."""
    with store.read(tenant) as view:
        kept = [one.doc for one in view.of_kind("reservation") if one.doc["status"] == "held"]
    items = {Key("item", doc["item_id"]) for doc in kept if doc["until_at"] < instant_text(now)}
    return carry_out(partial(lapse_items, items)) if items else 0


def count_stock(item_id: str, context: Context) -> None:
    """Let everybody see what is there of the item now."""
    stock = context.work.stock(item_id)
    if stock is not None:
        counts = {"stock": stock.there, "held": stock.held}
        context.batch.change(Key("item", item_id), counts, context.device, context.hlc)
