"""Words about a hub's storage: what is kept, how it is counted, why it comes and goes."""

from typing import Final

from mobile_contract.vocabulary.model import Vocabulary

ITEM_CATEGORIES: Final = Vocabulary(
    "item_category",
    {
        "food": "Food",
        "baby": "Baby things",
        "hygiene": "Toiletries",
        "cleaning": "Cleaning things",
        "clothes": "Clothes",
        "bedding": "Bedding",
        "kitchen": "Kitchen things",
        "furniture": "Furniture",
        "heating": "Heating",
        "school": "School things",
        "digital": "Phones and data",
        "mobility": "Mobility aids",
        "pets": "Pet food",
        "other": "Something else",
    },
)

UNITS: Final = Vocabulary(
    "unit",
    {
        "each": "Each",
        "pack": "Pack",
        "box": "Box",
        "bag": "Bag",
        "tin": "Tin",
        "bottle": "Bottle",
        "kg": "Kilogram",
        "litre": "Litre",
        "pair": "Pair",
        "set": "Set",
        "voucher": "Voucher",
    },
)

#: Why stock moved; each goes with one direction: see `MOVEMENT_TYPES`.
MOVEMENT_REASONS: Final = Vocabulary(
    "movement_reason",
    {
        "donated": "Given to the hub",
        "bought": "Bought",
        "returned": "Brought back",
        "received": "From another hub",
        "handed_out": "Given to a household",
        "lent": "Lent to a household",
        "passed_on": "To another hub",
        "expired": "Out of date",
        "damaged": "Damaged",
        "lost": "Lost",
        "counted": "Counted again",
        "mistake": "Entered by mistake",
    },
)

#: Direction → the reasons that go with it.
MOVEMENT_TYPES: Final = {
    "in": ("donated", "bought", "returned", "received"),
    "out": ("handed_out", "lent", "passed_on", "expired", "damaged", "lost"),
    "correction": ("counted", "mistake"),
}
