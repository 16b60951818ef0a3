"""Offer, accept and decline a place: the database never lets more be taken than there are."""

from server.domain.places import PlaceMove, decide_place, with_places
from server.sync.context import Context, Verdict, rejected
from server.sync.model import Key, Mutation, Outcome, Stored


def move_place(mutation: Mutation, placement: Stored, context: Context) -> Verdict:
    """Carry out one of the three commands on a placement."""
    if not context.may_write(context.rule("placement")) or mutation.command is None:
        return rejected("not-yours")
    move = decide_place(mutation.command.name, placement.doc)
    if move is None:
        return Verdict(Outcome.DUPLICATE, placement.key, with_row=True)
    if isinstance(move, str):
        return rejected(move, keep=False, about=placement.key)
    return _carry_out(move, placement, context)


def _carry_out(move: PlaceMove, placement: Stored, context: Context) -> Verdict:
    item_id, placement_id = placement.doc["item_id"], placement.key.id
    if move.takes and not context.work.take_place(item_id, placement_id):
        return rejected("no-place-left", keep=False, about=placement.key)
    if move.gives:
        context.work.give_place_back(item_id, placement_id)
    values = {"place_held": move.held, "status": move.status}
    context.batch.change(placement.key, values, context.device, context.hlc)
    _count(item_id, context)
    return Verdict(Outcome.APPLIED, placement.key, with_row=True)


def _count(item_id: str, context: Context) -> None:
    key = Key("place_count", item_id)
    record, capacity = context.batch.get(key), context.work.capacity(item_id)
    if record and capacity:
        counts = with_places(record.doc, capacity.total, capacity.open)
        context.batch.change(key, counts, context.device, context.hlc)
