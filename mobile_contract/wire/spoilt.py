"""Mutations whose outside is wrong, among others that are right: each is refused alone."""

from collections.abc import Mapping
from typing import Any

#: Without these there is no receipt: it says of which mutation it speaks, and moves the queue on.
_NEEDED = ("mid", "lseq")


def spoilt_alone(messages: Any, data: Any) -> dict[int, Any]:
    """Say which mutations of a push are wrong and how, by their place; nothing when something else is wrong as well.

    messages : what marshmallow says of the whole push.
    """
    found = messages.get("mutations") if isinstance(messages, Mapping) and len(messages) == 1 else None
    if not isinstance(found, Mapping) or not all(str(place).isdigit() for place in found):
        return {}
    wrong = {int(place): errors for place, errors in found.items()}
    return wrong if all(_is_named(data["mutations"][place], errors) for place, errors in wrong.items()) else {}


def _is_named(sent: Any, errors: Any) -> bool:
    return isinstance(sent, Mapping) and isinstance(errors, Mapping) and errors.keys().isdisjoint(_NEEDED)
