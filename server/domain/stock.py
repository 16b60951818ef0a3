"""A hub's stock: what a movement must say, and by how many units it changes the stock."""

from collections.abc import Mapping
from typing import Any, Final

from mobile_contract.vocabulary import MOVEMENT_TYPES

#: The most of one item that a hub may have, in units.
MOST: Final = 1_000_000_000


def wrong_movement(movement: Mapping[str, Any], item: Mapping[str, Any]) -> dict[str, list[str]]:
    """Say what is wrong with a movement of an item."""
    errors: dict[str, list[str]] = {}
    if movement["hub_id"] != item["hub_id"]:
        errors["hub_id"] = ["The item is another hub's."]
    if movement["reason"] not in MOVEMENT_TYPES[movement["type"]]:
        errors["reason"] = [f"Not a reason for {movement['type']}: {', '.join(MOVEMENT_TYPES[movement['type']])}."]
    if movement["quantity"] == 0 or (movement["quantity"] < 0 and movement["type"] != "correction"):
        errors["quantity"] = ["Only a correction is below nothing, and nothing is nothing."]
    return errors


def change_by(movement: Mapping[str, Any]) -> int:
    """Say by how many units a movement changes the stock."""
    quantity: int = movement["quantity"]
    return -quantity if movement["type"] == "out" else quantity
