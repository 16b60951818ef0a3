"""What a hub would like to be given."""

from mobile_contract.kind import Document, code, day, integer, kind, life_cycle, line, name, reference
from mobile_contract.merge import Merge
from mobile_contract.vocabulary import ITEM_CATEGORIES, UNITS, URGENCIES

MOVES = {"wanted": ("promised", "arrived", "dropped"), "promised": ("arrived", "wanted", "dropped"),
         "arrived": ("wanted",), "dropped": ("wanted",)}  # fmt: skip


@kind("wish", scopes=("hub:{hub_id}",), writers=("hub", "administrator"), since=5)
class Wish(Document):
    """A line of the wish list. household_id : for whom, by a made-up id, None for the shelf."""

    hub_id = reference(required=True, merge=Merge.IMMUTABLE)
    name = name(120, required=True)
    category = code(ITEM_CATEGORIES)
    quantity = integer(1, 100_000, load_default=1)
    unit = code(UNITS, load_default="each")
    urgency = code(URGENCIES, load_default="routine")
    household_id = reference()
    wanted_by_on = day()
    status = life_cycle(MOVES)
    comment = line(300)
