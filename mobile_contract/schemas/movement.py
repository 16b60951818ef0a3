"""What came into a hub's stock or went out of it: written once; a correction is another movement."""

from mobile_contract.kind import Document, choice, code, day, integer, kind, line, reference
from mobile_contract.merge import Merge
from mobile_contract.vocabulary import MOVEMENT_REASONS

_FIXED = Merge.IMMUTABLE


@kind("movement", scopes=("hub:{hub_id}",), writers=("hub", "administrator"), since=5)
class Movement(Document):
    """So many units in or out. A correction may be below nothing, and is never nothing.

    household_id : whom it served, by a made-up id that the hub alone can read; no name. reservation_id : what it was
    kept under.
    """

    item_id = reference("item", required=True, merge=_FIXED)
    hub_id = reference(required=True, merge=_FIXED)
    type = choice("in", "out", "correction", required=True, merge=_FIXED)
    reason = code(MOVEMENT_REASONS, required=True, merge=_FIXED)
    quantity = integer(-100_000, 100_000, required=True, merge=_FIXED)
    household_id = reference(merge=_FIXED)
    reservation_id = reference(merge=_FIXED)
    moved_on = day(required=True, merge=_FIXED)
    comment = line(200, merge=_FIXED)
