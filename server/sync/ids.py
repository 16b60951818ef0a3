"""What an id looks like: safe in URLs, file names and every database."""

import re

_ID = re.compile(r"[A-Za-z0-9_.-]{1,64}")


def is_id(text: object) -> bool:
    """Say whether `text` can be the id of a record, a device or a mutation."""
    return isinstance(text, str) and _ID.fullmatch(text) is not None
