"""What is kept for a household until a day: written by the server alone, when it decides a reservation."""

from mobile_contract.kind import Document, choice, instant, integer, kind, reference
from mobile_contract.merge import Merge

_SERVER = Merge.SERVER


@kind("reservation", scopes=("hub:{hub_id}",), commands=("hand_out", "let_go"), since=5)
class Reservation(Document):
    """A hold on stock and how it ended. until_at : kept until then; afterwards others may have it."""

    item_id = reference("item", merge=_SERVER, required=True)
    hub_id = reference(merge=_SERVER, required=True)
    quantity = integer(1, 100_000, merge=_SERVER, required=True)
    household_id = reference(merge=_SERVER)
    until_at = instant(merge=_SERVER, required=True)
    status = choice("held", "handed_out", "let_go", "lapsed", merge=_SERVER, required=True)
    held_at = instant(merge=_SERVER, required=True)
    ended_at = instant(merge=_SERVER)
