"""What a hub keeps for whoever needs it."""

from mobile_contract.kind import Document, boolean, choice, code, day, integer, kind, line, name, reference
from mobile_contract.merge import Merge
from mobile_contract.vocabulary import ITEM_CATEGORIES, UNITS


@kind(
    "item",
    scopes=("hub:{hub_id}",),
    writers=("hub", "administrator"),
    commands=("reserve",),
    since=5,
)
class Item(Document):
    """Something in stock. The stock is the sum of its movements, kept by the server and never below nothing.

    stock : units there. held : of these, kept for somebody. low_at : when to find more. location : the shelf.
    """

    hub_id = reference(required=True, merge=Merge.IMMUTABLE)
    name = name(120, required=True)
    category = code(ITEM_CATEGORIES, required=True)
    unit = code(UNITS, load_default="each")
    location = line(80)
    expires_on = day()
    low_at = integer(0, 100_000)
    status = choice("active", "retired", load_default="active")
    stock = integer(merge=Merge.SERVER, load_default=0)
    held = integer(merge=Merge.SERVER, load_default=0)
    made_up = boolean(load_default=False)
