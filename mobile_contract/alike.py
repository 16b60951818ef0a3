"""A quick yes to many documents at once: where all have the same fields, each field is judged for all of them.

A first sync brings hundreds of records that are filled in alike. Of a field's values, most come more than once; what
each different one loads as is found out by the very checks of `accept`, once. Whoever is not surely right makes all of
them unsure, and they are judged one by one.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from itertools import repeat
from typing import Any, Final, NamedTuple

from marshmallow import Schema, fields, missing

from mobile_contract.accept import UNSURE, Names, Read, compiled, is_usual
from mobile_contract.field_types import Birthday, CodeList, Day, Instant, StrictBoolean, WholeNumber

Documents = Sequence[Mapping[str, Any]]


class Alike(NamedTuple):
    """What documents load as, their names in order. flat : no value has names of its own, or can be infinite."""

    documents: list[dict[str, Any]]
    flat: bool


class Judge(NamedTuple):
    """How the values of one field are recognised by themselves.

    check : says whether one is surely right and loads as itself. read : for other fields, gives what one loads as, or
    UNSURE. With neither no value is recognised. default : as the field has it, for a document without it.
    """

    check: Read | None
    read: Read | None
    required: bool
    default: Any


def read_alike(schema: type[Schema], given: Documents) -> Alike | None:
    """Load whole documents that have the same names in the same order; None when one of them is not surely right."""
    known, names = _judges(schema), list(given[0])
    if not names or not _fits(names, known):
        return None
    columns = dict(zip(names, zip(*[each.values() for each in given], strict=True), strict=True))
    try:
        loaded = {name: _load(judge, columns.get(name, missing), len(given)) for name, judge in known.items()}
    except (_UnsureError, TypeError):  # a list where a text belongs
        return None
    there = tuple(name for name in sorted(known) if loaded[name] is not missing)
    return Alike(list(map(_maker(there), *[loaded[name] for name in there])), _is_flat(schema))


@cache
def _maker(names: tuple[str, ...]) -> Callable[..., dict[str, Any]]:
    """Compile what makes a document of its values: a display of names is written in half the time of a loop."""
    values = [f"v{number}" for number in range(len(names))]
    pairs = ", ".join(f"{name!r}: {value}" for name, value in zip(names, values, strict=True))
    made: Callable[..., dict[str, Any]] = eval(f"lambda {', '.join(values)}: {{{pairs}}}")  # noqa: S307 # the names are declared
    return made


class _UnsureError(Exception):
    """Says that some value is not surely right."""


@cache
def _judges(schema: type[Schema]) -> Mapping[str, Judge]:
    """Compile each field by itself; none when only marshmallow knows what becomes of the documents."""
    made, names = schema(), Names()
    return {name: _judge(field, names) for name, field in made.load_fields.items()} if is_usual(made) else {}


def _judge(field: Any, names: Names) -> Judge:
    check, read = (names.function(code) if code else None for code in compiled(field, False, names))
    return Judge(check, read, field.required, field.load_default)


def _fits(names: Sequence[str], known: Mapping[str, Judge]) -> bool:
    needed = {name for name, judge in known.items() if judge.required}
    return needed <= set(names) <= known.keys()


def _load(judge: Judge, values: Any, count: int) -> Any:
    """Give what a field's values load as, one for each document; `missing` for a field that they do not have."""
    if values is missing:
        return _default(judge, count)
    if judge.check is not None:
        if not all(map(judge.check, _different(values))):
            raise _UnsureError
        return values
    if judge.read is None:
        raise _UnsureError
    return _read(judge.read, values)


def _read(read: Read, values: Sequence[Any]) -> list[Any]:
    loaded = list(map(read, values))
    if any(each is UNSURE for each in loaded):
        raise _UnsureError
    return loaded


def _default(judge: Judge, count: int) -> Any:
    default = judge.default
    if callable(default):
        return [default() for _ in range(count)]
    if default is missing or judge.check is None or judge.check(default):
        return missing if default is missing else repeat(default)
    raise _UnsureError


def _different(values: Sequence[Any]) -> Any:
    """Give each value once; all of them where equal values may be of different types, as 1 and true are, or lists."""
    types = set(map(type, values))
    return set(values) if len(types - {_NONE}) <= 1 and types <= _COUNTED else values


_NONE: Final = type(None)
_COUNTED: Final = {str, int, float, bool, _NONE}
#: Fields whose values are texts, finite numbers, truths and lists of codes.
_FLAT: Final[tuple[type, ...]] = (
    fields.String,
    fields.Integer,
    WholeNumber,
    fields.Float,
    StrictBoolean,
    CodeList,
    Instant,
    Day,
    Birthday,
)  # fmt: skip


@cache
def _is_flat(schema: type[Schema]) -> bool:
    return all(type(field) in _FLAT for field in schema().load_fields.values())
