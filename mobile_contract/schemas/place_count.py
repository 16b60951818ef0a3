"""Places open on an item, and what became of those who were pointed to it: counted by the server."""

from mobile_contract.kind import Document, instant, integer, kind, line, reference
from mobile_contract.merge import Merge


@kind("place_count", scopes=("directory:{district}",))
class PlaceCount(Document):
    """Counts for one asset, opportunity or course; it has the id of its item.

    places_total, places_open : None when the item has no limit. wait_days : until a place is likely.
    waiting : how many wait for a place on a course.
    shown, chosen, started, sustained : referrals so far, each counted once its outcome is known.
    chosen_90d : referrals in the last 90 days, the load.
    """

    district = line(9, merge=Merge.SERVER)
    item_kind = line(20, merge=Merge.SERVER, required=True)
    item_id = reference(merge=Merge.SERVER, required=True)
    places_total = integer(0, 100_000, merge=Merge.SERVER)
    places_open = integer(0, 100_000, merge=Merge.SERVER)
    wait_days = integer(0, 3650, merge=Merge.SERVER, load_default=0)
    waiting = integer(0, 100_000, merge=Merge.SERVER, load_default=0)
    shown = integer(merge=Merge.SERVER, load_default=0)
    chosen = integer(merge=Merge.SERVER, load_default=0)
    started = integer(merge=Merge.SERVER, load_default=0)
    sustained = integer(merge=Merge.SERVER, load_default=0)
    chosen_90d = integer(merge=Merge.SERVER, load_default=0)
    counted_at = instant(merge=Merge.SERVER)
