"""Compare an answer with what a transcript expects, placeholders and all."""

import re
from collections.abc import Callable, Iterator, Mapping, MutableMapping
from typing import Any, Final

from mobile_contract.field_types import INSTANT_PATTERN

_KEEP: Final = re.compile(r"<keep:([a-z0-9_-]+)>")
#: What differs from run to run, by the name of its field.
_VOLATILE: Final = {
    "access_expires_at": "<instant>", "access_token": "<text>", "cursor": "<text>", "epoch": "<any>",
    "refresh_token": "<text>", "server_time": "<instant>",
}  # fmt: skip
_NAME: Final = re.compile(r"\{([a-z0-9_-]+)\}")


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


_STANDS_FOR: Final[Mapping[str, Callable[[Any], bool]]] = {
    "<any>": lambda value: True,
    "<text>": lambda value: isinstance(value, str) and bool(value),
    "<number>": _is_number,
    "<instant>": lambda value: isinstance(value, str) and bool(re.fullmatch(INSTANT_PATTERN, value)),
}


def differences(
    expected: Any, actual: Any, kept: MutableMapping[str, str], where: str = "", *, more: bool = False
) -> Iterator[str]:
    """Say, one line each, where `actual` is not what was expected; remember what ``<keep:name>`` stands for.

    more : objects may have gained names since the transcript was made, which a phone of that time passes over.
    """
    if isinstance(expected, str) and (keep := _KEEP.fullmatch(expected)) and isinstance(actual, str):
        kept[keep[1]] = actual
    elif _stands_for(expected, actual):
        return
    elif isinstance(expected, dict) and isinstance(actual, dict):
        yield from _in_object(expected, actual, kept, where, more=more)
    elif isinstance(expected, list) and isinstance(actual, list) and len(expected) == len(actual):
        for place, (one, other) in enumerate(zip(expected, actual, strict=True)):
            yield from differences(one, other, kept, f"{where}/{place}", more=more)
    elif expected != actual or isinstance(expected, bool) is not isinstance(actual, bool):
        yield f"{where or '/'}: expected {expected!r}, got {actual!r}"


def _in_object(
    expected: Mapping[str, Any], actual: Mapping[str, Any], kept: MutableMapping[str, str], where: str, *, more: bool
) -> Iterator[str]:
    for name in expected.keys() - actual.keys():
        yield f"{where}/{name}: is missing"
    for name in () if more else actual.keys() - expected.keys():
        yield f"{where}/{name}: was not expected"
    for name in expected.keys() & actual.keys():
        yield from differences(expected[name], actual[name], kept, f"{where}/{name}", more=more)


def _stands_for(expected: Any, actual: Any) -> bool:
    return isinstance(expected, str) and expected in _STANDS_FOR and _STANDS_FOR[expected](actual)


def filled(value: Any, kept: Mapping[str, str]) -> Any:
    """Put what was remembered in the place of ``{name}``; KeyError when nothing was."""
    if isinstance(value, str):
        return _NAME.sub(lambda found: kept[found[1]], value)
    if isinstance(value, dict):
        return {name: filled(inner, kept) for name, inner in value.items()}
    if isinstance(value, list):
        return [filled(inner, kept) for inner in value]
    return value


def recorded(expected: Any, actual: Any) -> Any:
    """Give `actual` with the placeholders that `expected` has in the same places, for writing a transcript down."""
    if isinstance(expected, str) and _KEEP.fullmatch(expected) and isinstance(actual, str):
        return expected
    if _stands_for(expected, actual):
        return expected
    if isinstance(expected, dict) and isinstance(actual, dict):
        return {name: recorded(expected.get(name, _VOLATILE.get(name)), value) for name, value in actual.items()}
    if isinstance(expected, list) and isinstance(actual, list) and len(expected) == len(actual):
        return [recorded(one, other) for one, other in zip(expected, actual, strict=True)]
    if isinstance(actual, dict):
        return recorded({}, actual)
    return [recorded(None, value) for value in actual] if isinstance(actual, list) else actual
