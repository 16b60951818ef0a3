"""Whether a pack's JSON has the shape of a pack: what is not exactly that is refused before anything is worked out.

An engine that took `null` for 0 where another takes it for NaN would rank otherwise and nobody would know; so each
kind of part is checked here, and in `mobile_contract/typescript/ranker/shape.ts`.
"""

import math
from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final

#: How many arguments each operation takes, `None` for any number from one; those on a table take it before them.
ARGUMENTS: Final[dict[str, int | None]] = {
    "add": 2, "sub": 2, "mul": 2, "div": 2, "sqrt": 1, "floor": 1, "min": 2, "max": 2, "lt": 2, "le": 2, "eq": 2,
    "not": 1, "all": None, "any": None, "missing": 1, "or_else": 2, "select": 3, "without": 2, "common": 2,
    "lacking": 2,
}  # fmt: skip
ON_TABLES: Final = {"lookup": 2, "best": 2, "reaching": 3}
#: A mask names this many rows or columns of a table at most.
_MOST_BITS: Final = 31
_NUMBERS: Final = frozenset((int, float))


class ShapeError(ValueError):
    """A part of a pack is not what a pack has there."""


def check_document(document: Mapping[str, Any], inputs: Sequence[str]) -> None:
    """Check all of a pack but its trees and its calibration; ShapeError says what is wrong.

    inputs : the names that programs may read beside the pack's own values.
    """
    _need(type(document.get("version")) is str and document["version"] != "", "version")
    _need(document["as_of"] is None or type(document["as_of"]) is str, "as_of")
    for part in ("values", "features", "rules", "families", "trees"):
        _need(type(document[part]) is list, part)
    axes = {_text(name): check_table(name, table) for name, table in document["tables"].items()}
    known = set(inputs)
    for name, program in document["values"]:
        check_program(program, known, axes)
        known.add(_text(name))
    _check_features(document["features"], known, axes)
    _check_rules(document["rules"], known, axes)
    for name, lines, changes in document["families"]:
        _need(_is_text(name) and type(lines) is list and type(changes) is list, "families")
        for when, text, sign in (*lines, *changes):
            check_program(when, known, axes)
            _need(_is_text(text) and type(sign) is int and -2 <= sign <= 2, f"family {name}")
    _need(_distinct(document["families"]), "families of one name")
    _check_linear(document["linear"], len(document["features"]))


def check_table(name: str, table: Any) -> tuple[int, ...]:
    """Return the table's axes; ShapeError unless it is a list, or a list of equal lists, of finite numbers."""
    _need(type(table) is list and len(table) > 0, f"table {name}")
    if not all(type(row) is list for row in table):
        check_numbers(f"table {name}", table)
        return (len(table),)
    for row in table:
        check_numbers(f"table {name}", row, len(table[0]))
    _need(len(table[0]) > 0, f"table {name}")
    return len(table), len(table[0])


def check_program(program: Any, known: Collection[str], axes: Mapping[str, tuple[int, ...]]) -> None:
    """Check that a program names what exists, with as many arguments as each operation takes.

    axes : table → its lengths.
    """
    if type(program) in _NUMBERS:
        return check_numbers("a program", [program])
    if type(program) is str:
        return _need(program in known, f"there is no value {program!r}")
    _need(type(program) is list and len(program) > 1 and type(program[0]) is str, "a program is no program")
    operation, *terms = program
    if operation in ON_TABLES:
        _need(type(terms[0]) is str and terms[0][:1] == "#", f"{operation} without a table")
        _need(_fits(operation, axes.get(terms[0][1:], ()), len(terms) - 1), f"{operation} on {terms[0]}")
        terms = terms[1:]
    else:
        _need(operation in ARGUMENTS, f"there is no operation {operation!r}")
        _need(ARGUMENTS[operation] in (None, len(terms)), f"{operation} of {len(terms)} terms")
    for term in terms:
        check_program(term, known, axes)
    return None


def check_numbers(what: str, numbers: Any, count: int | None = None) -> None:
    """ShapeError unless `numbers` is a list of finite numbers, `count` of them if that is told."""
    _need(type(numbers) is list and set(map(type, numbers)) <= _NUMBERS, f"{what}: numbers only")
    _need(all(map(math.isfinite, numbers)), f"{what}: finite numbers only")
    _need(count in (None, len(numbers)), f"{what}: {count} numbers, not {len(numbers)}")


def check_whole(what: str, numbers: Any, count: int, least: int, limit: int) -> None:
    """ShapeError unless `numbers` is a list of `count` whole numbers from `least` on and below `limit`."""
    _need(type(numbers) is list and set(map(type, numbers)) <= {int}, f"{what}: whole numbers only")
    _need(len(numbers) == count, f"{what}: {count} numbers, not {len(numbers)}")
    _need(all(least <= each < limit for each in numbers), f"{what}: from {least} to {limit - 1} only")


def _fits(operation: str, axes: tuple[int, ...], arguments: int) -> bool:
    if operation == "lookup":
        return len(axes) == arguments
    return len(axes) == 2 and arguments == ON_TABLES[operation] and max(axes) <= _MOST_BITS


def _check_features(features: Sequence[Any], known: Collection[str], axes: Mapping[str, tuple[int, ...]]) -> None:
    for name, family, program in features:
        _need(_is_text(name) and _is_text(family), "a feature's name")
        check_program(program, known, axes)
    _need(len(features) > 0 and _distinct(features), "features of one name, or none")


def _check_rules(rules: Sequence[Any], known: Collection[str], axes: Mapping[str, tuple[int, ...]]) -> None:
    for name, excludes, text, change in rules:
        check_program(excludes, known, axes)
        _need(_is_text(name) and _is_text(text) and (change is None or _is_text(change)), f"rule {name}")
    _need(_distinct(rules), "rules of one name")


def _check_linear(linear: Mapping[str, Any], count: int) -> None:
    check_numbers("weights", linear["weights"], count)
    check_numbers("means", linear["means"], count)
    check_numbers("intercept", [linear["intercept"]])


def _distinct(named: Sequence[Any]) -> bool:
    return len({each[0] for each in named}) == len(named)


def _is_text(text: Any) -> bool:
    return type(text) is str


def _text(name: Any) -> str:
    _need(_is_text(name), "a name")
    return str(name)


def _need(holds: bool, what: str) -> None:
    if not holds:
        raise ShapeError(what)
