"""Offer, accept and decline a place: the database never lets more be taken than there are."""

from server.domain.places import PlaceMove, decide_place
from server.sync.consequences import count_places
from server.sync.context import Context, Verdict, rejected
from server.sync.decisions.enrolling import accept_offered, leave_course
from server.sync.model import Mutation, Outcome, Stored
from server.sync.ports import Taking

_REFUSALS = {Taking.NONE_LEFT: "no-place-left", Taking.HELD_ALREADY: "place-held-already"}


def move_place(mutation: Mutation, placement: Stored, context: Context) -> Verdict:
    """Carry out one of the three commands on a placement."""
    if not context.may_write(context.rule("placement")) or mutation.command is None:
        return rejected("not-yours")
    move = decide_place(mutation.command.name, placement.doc)
    if isinstance(move, PlaceMove) and placement.doc.get("course_id") and not move.takes:
        return _on_a_course(move, placement, context)
    if move is None:
        return Verdict(Outcome.DUPLICATE, placement.key, with_row=True)
    if isinstance(move, str):
        return rejected(move, keep=False, about=placement.key)
    return _carry_out(move, placement, context)


def _on_a_course(move: PlaceMove, placement: Stored, context: Context) -> Verdict:
    """Accept a place that came free on a course, or leave the course or its queue."""
    if not move.gives and (refused := accept_offered(placement, context)):
        return refused
    if move.gives:
        leave_course(placement, context)
    context.batch.change(placement.key, {"place_held": move.held, "status": move.status}, context.device, context.hlc)
    return Verdict(Outcome.APPLIED, placement.key, with_row=True)


def _carry_out(move: PlaceMove, placement: Stored, context: Context) -> Verdict:
    item_id, person_id = placement.doc["item_id"], placement.doc["person_id"]
    if move.takes:
        taking = context.work.take_place(item_id, placement.key.id, person_id)
        if taking is not Taking.TAKEN:
            return rejected(_REFUSALS[taking], keep=False, about=placement.key)
    if move.gives:
        context.work.give_place_back(item_id, placement.key.id)
    values = {"place_held": move.held, "status": move.status}
    context.batch.change(placement.key, values, context.device, context.hlc)
    count_places(item_id, context)
    return Verdict(Outcome.APPLIED, placement.key, with_row=True)
