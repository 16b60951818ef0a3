"""Validators of marshmallow as conditions in Python about a value ``v``; None for a validator that has none."""

from collections.abc import Callable
from typing import Any

from marshmallow import validate

from mobile_contract.field_types import Hundreds, Read, Shown, Text, Whole

#: Keeps a value that a condition needs and gives the name by which the condition calls it.
Named = Callable[[Any], str]


def judged(validator: Any, named: Named) -> str | None:
    """Turn a validator of texts into a condition."""
    if type(validator) is Whole:
        return f"{named(validator.regex.fullmatch)}(v)"
    if type(validator) is validate.OneOf and all(type(choice) is str for choice in validator.choices):
        return f"v in {named(frozenset(validator.choices))}"
    if type(validator) is Text:
        return rf"type(v) is str and {sized(validator, named)} and '\x00' not in v"
    if type(validator) is Shown:
        return rf"type(v) is str and {sized(validator, named)} and v != '' and not v.isspace() and '\x00' not in v"
    if type(validator) is Read:
        return f"type(v) is str and {sized(validator, named)} and not {named(validator.wrong)}(v)"
    if type(validator) is validate.Length:
        return f"type(v) is str and {sized(validator, named)}"
    return None


def sized(validator: validate.Length, named: Named) -> str:
    """Turn a validator of lengths into a condition."""
    if validator.equal is not None:
        return f"len(v) == {named(validator.equal)}"
    return _between("len(v)", (validator.min, "<="), (validator.max, "<="), named)


def within(validators: list[Any], named: Named) -> str | None:
    """Turn the validators of a number into one condition, None when there are others than a range."""
    if not validators:
        return "True"
    only = validators[0]
    if len(validators) > 1 or type(only) not in (validate.Range, Hundreds):
        return None
    if type(only) is Hundreds:
        return f"{_between('v', (only.min, '<='), (only.max, '<='), named)} and v % 100 == 0"
    low, high = ("<=" if inclusive else "<" for inclusive in (only.min_inclusive, only.max_inclusive))
    return _between("v", (only.min, low), (only.max, high), named)


def _between(what: str, low: tuple[Any, str], high: tuple[Any, str], named: Named) -> str:
    before = "" if low[0] is None else f"{named(low[0])} {low[1]} "
    after = "" if high[0] is None else f" {high[1]} {named(high[0])}"
    return f"{before}{what}{after}" if before or after else "True"
