"""JSON that nobody has vetted, nested as deep as it came: written and made readable without a call for each level."""

import json
import re
from collections.abc import Iterator
from typing import Any, Final

#: A backslash, a whole pair of surrogates, or half of one: only the last cannot be told to anybody.
_ESCAPES: Final = re.compile(r"\\\\|\\ud[89ab][0-9a-f]{2}\\ud[c-f][0-9a-f]{2}|(\\ud[89a-f][0-9a-f]{2})")
#: A text, or a number that JSON does not have.
_NUMBERS: Final = re.compile(r'("[^"\\]*(?:\\.[^"\\]*)*")|-?Infinity|NaN')


def deep_text(value: Any) -> str:
    """Write what the standard library writes with sorted names and no spaces, of any depth."""
    written: list[str] = []
    open_: list[Iterator[tuple[str, Any]]] = [iter([("", value)])]
    ends = [""]
    while open_:
        before, one = next(open_[-1], (None, None))
        if before is None:
            open_.pop()
            written.append(ends.pop())
            continue
        inside, begin, end = _taken_apart(one)
        written.append(before + begin)
        open_.append(inside)
        ends.append(end)
    return "".join(written)


def _taken_apart(value: Any) -> tuple[Iterator[tuple[str, Any]], str, str]:
    """Give what is inside, each with the text before it, and how the value begins and ends."""
    if isinstance(value, dict):
        pairs = enumerate(sorted(value.items()))
        return ((f"{',' if number else ''}{json.dumps(name)}:", one) for number, (name, one) in pairs), "{", "}"
    if isinstance(value, list | tuple):
        return ((("," if number else ""), one) for number, one in enumerate(value)), "[", "]"
    return iter(()), json.dumps(value), ""


def readable(text: str) -> str:
    """Give ASCII JSON that any reader takes: half an emoji becomes a replacement character, an infinity null."""
    if r"\ud" in text:
        text = _ESCAPES.sub(lambda found: r"\ufffd" if found[1] else found[0], text)
    if "Infinity" in text or "NaN" in text:
        text = _NUMBERS.sub(lambda found: found[1] or "null", text)
    return text
