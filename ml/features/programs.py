"""Programs: nested (operation, argument, …) tuples over named inputs, earlier values, numbers and #tables."""

from collections.abc import Iterator, Mapping
from typing import Any, Final, TypeAlias

import numpy as np

from ml.arrays import MISSING, FloatArray, IntArray
from ml.features.operations import OPERATIONS

#: A number, the name of an input or of an earlier value, a #table, or (operation, argument, …); a list when from JSON.
Program: TypeAlias = Any

TABLE: Final = "#"


class ProgramError(ValueError):
    """A program names an operation, a table or a value that does not exist."""


def evaluate(
    values: Mapping[str, Program], tables: Mapping[str, FloatArray], inputs: Mapping[str, FloatArray]
) -> dict[str, FloatArray]:
    """Work out `values` in order, each from inputs and the values before it.

    inputs : columns of shape (n_rows,), or (1,) for what all rows share; so are the values returned, with the inputs.
    """
    known = dict(inputs)
    with np.errstate(all="ignore"):  # a division by zero is infinite, as on the phone
        for name, program in values.items():
            known[name] = run(program, tables, known)
    return known


def run(program: Program, tables: Mapping[str, FloatArray], known: Mapping[str, FloatArray]) -> FloatArray:
    """Return the column that `program` gives; see `evaluate`."""
    if isinstance(program, str):
        return _named(program, tables, known)
    if isinstance(program, int | float):
        return np.array([program], dtype=np.float64)
    name, *arguments = program
    if name not in OPERATIONS:
        raise ProgramError(f"there is no operation {name!r}")
    return OPERATIONS[name](*[run(argument, tables, known) for argument in arguments])


def _named(name: str, tables: Mapping[str, FloatArray], known: Mapping[str, FloatArray]) -> FloatArray:
    try:
        return tables[name.removeprefix(TABLE)] if name.startswith(TABLE) else known[name]
    except KeyError:
        raise ProgramError(f"there is no {'table' if name.startswith(TABLE) else 'value'} {name!r}") from None


def names_in(program: Program) -> Iterator[str]:
    """Yield every input, value and #table that `program` reads."""
    if isinstance(program, str):
        yield program
    elif not isinstance(program, int | float):
        for argument in program[1:]:
            yield from names_in(argument)


def rows_of(inputs: Mapping[str, FloatArray]) -> int:
    """Return how many rows the columns have; ValueError when their lengths disagree."""
    sizes = {len(column) for column in inputs.values()} - {1}
    if len(sizes) > 1:
        raise ValueError(f"columns of different lengths: {sorted(sizes)}")
    return sizes.pop() if sizes else 1


def with_missing(inputs: Mapping[str, FloatArray], names: tuple[str, ...]) -> dict[str, FloatArray]:
    """Return `inputs` with a missing column for each of `names` that is absent."""
    return {name: inputs[name] if name in inputs else np.array([MISSING]) for name in names}


def gather(
    known: Mapping[str, FloatArray], programs: Mapping[str, Program], tables: Mapping[str, FloatArray], n_rows: int
) -> FloatArray:
    """Return what `programs` give, a column each, shape (n_rows, n_programs)."""
    answers = evaluate({f"={name}": program for name, program in programs.items()}, tables, known)
    filled = np.empty((n_rows, len(programs)), dtype=np.float64)
    for place, name in enumerate(programs):
        filled[:, place] = answers[f"={name}"]
    return filled


def first_of(excluded: FloatArray) -> IntArray:
    """Return the place of the first column above 0 in each row, -1 when there is none."""
    hits = excluded > 0
    return np.where(hits.any(axis=1), hits.argmax(axis=1), -1).astype(np.int64)
