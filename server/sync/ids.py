"""What an id looks like: safe in URLs, file names and every database."""

import re
from collections.abc import Iterable

_ID = re.compile(r"[A-Za-z0-9_.-]{1,64}")


def is_id(text: object) -> bool:
    """Say whether `text` can be the id of a record, a device or a mutation."""
    return isinstance(text, str) and _ID.fullmatch(text) is not None


def are_ids(texts: Iterable[object]) -> bool:
    """Say whether each of many can be an id."""
    try:
        return None not in map(_ID.fullmatch, texts)  # type: ignore[arg-type] # what is no text raises TypeError
    except TypeError:
        return False
