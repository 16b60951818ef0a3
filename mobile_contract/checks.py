"""Validators of marshmallow as plain checks, which say yes or no; None for a validator that has no such check."""

import math
import operator
from collections.abc import Callable
from typing import Any

from marshmallow import validate

from mobile_contract.field_types import Text, Whole

#: Says whether a value is right and loads as itself.
Check = Callable[[Any], Any]


def judged(validator: Any) -> Check | None:
    """Turn a validator of texts into a check."""
    if type(validator) is Whole:
        return validator.regex.fullmatch
    if type(validator) is validate.OneOf and all(type(choice) is str for choice in validator.choices):
        return frozenset(validator.choices).__contains__
    if type(validator) is Text and validator.min is None and validator.equal is None and validator.max is not None:
        return _short(validator.max)
    if type(validator) is validate.Length:
        fits = sized(validator)
        return lambda value: type(value) is str and fits(value)
    return None


def _short(most: int) -> Check:
    return lambda value: type(value) is str and len(value) <= most and "\x00" not in value


def sized(validator: validate.Length) -> Check:
    """Turn a validator of lengths into a check."""
    least, most = validator.min or 0, math.inf if validator.max is None else validator.max
    if validator.equal is not None:
        least = most = validator.equal
    return lambda value: least <= len(value) <= most


def within(validators: list[Any]) -> Check | None:
    """Turn the validators of a number into one check, None when there are others than a range."""
    if not validators:
        return lambda _value: True
    only = validators[0]
    if len(validators) > 1 or type(only) is not validate.Range:
        return None
    low, high = (-math.inf if only.min is None else only.min), (math.inf if only.max is None else only.max)
    at_low, at_high = (operator.le if each else operator.lt for each in (only.min_inclusive, only.max_inclusive))
    if at_low is at_high is operator.le:
        return lambda value: low <= value <= high
    return lambda value: at_low(low, value) and at_high(value, high)
