"""From columns of inputs to the ranker's matrix, to eligibility, and to the hash that names both."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np

from ml.arrays import BoolArray, FloatArray, IntArray
from ml.features.declarations import FEATURES, TABLES, VALUES
from ml.features.operations import OPERATIONS
from ml.features.programs import evaluate, rows_of, with_missing
from ml.features.rules import RULE_VALUES, RULES
from ml.inputs import INPUTS
from mobile_contract.vocabulary import ALL

FEATURE_NAMES: Final = tuple(feature.name for feature in FEATURES)
#: One sign a feature for LightGBM's `monotone_constraints`: 1, 0 or -1.
MONOTONE: Final = tuple(feature.sign for feature in FEATURES)


def matrix(inputs: Mapping[str, FloatArray]) -> FloatArray:
    """Return the features, shape (n_rows, n_features), one contiguous array; columns as in `FEATURE_NAMES`.

    inputs : see `ml.inputs.columns`; each of shape (n_rows,), or (1,) for what all rows share. NaN is missing.
    """
    n_rows = rows_of(inputs)
    known = evaluate(VALUES, TABLES, with_missing(inputs, INPUTS))
    return gather(known, {feature.name: feature.program for feature in FEATURES}, TABLES, n_rows)


def gather(
    known: Mapping[str, FloatArray], programs: Mapping[str, Any], tables: Mapping[str, FloatArray], n_rows: int
) -> FloatArray:
    """Return what `programs` give, a column each, shape (n_rows, n_programs)."""
    filled = np.empty((n_rows, len(programs)), dtype=np.float64)
    for place, column in enumerate(_answers(known, programs, tables)):
        filled[:, place] = column
    return filled


def _answers(
    known: Mapping[str, FloatArray], programs: Mapping[str, Any], tables: Mapping[str, FloatArray]
) -> Sequence[FloatArray]:
    answers = evaluate({f"={name}": program for name, program in programs.items()}, tables, known)
    return [answers[f"={name}"] for name in programs]


def first_rule(inputs: Mapping[str, FloatArray]) -> IntArray:
    """Return the place in `RULES` of the first rule that excludes each row, -1 for the eligible; shape (n_rows,)."""
    known = evaluate(VALUES | RULE_VALUES, TABLES, with_missing(inputs, INPUTS))
    return first_of(gather(known, {rule.name: rule.excludes for rule in RULES}, TABLES, rows_of(inputs)))


def first_of(excluded: FloatArray) -> IntArray:
    """Return the place of the first column above 0 in each row, -1 when there is none."""
    hits = excluded > 0
    return np.where(hits.any(axis=1), hits.argmax(axis=1), -1).astype(np.int64)


def eligible(inputs: Mapping[str, FloatArray]) -> BoolArray:
    """Return which rows no rule excludes, shape (n_rows,)."""
    return first_rule(inputs) < 0


def schema_hash() -> str:
    """Return the hash of every feature: its program, tables, order and the codes it reads; 64 hexadecimal digits."""
    tables = {name: table.tolist() for name, table in TABLES.items()}
    programs = [(feature.name, feature.sign, feature.program) for feature in FEATURES]
    codes = {name: vocabulary.codes for name, vocabulary in ALL.items()}
    return _hash([language_hash(), VALUES, programs, tables, codes])


def language_hash() -> str:
    """Return the hash of what an engine must offer any pack: the inputs and the operations."""
    return _hash([INPUTS, sorted(OPERATIONS)])


def _hash(definition: Any) -> str:
    return hashlib.sha256(json.dumps(definition, separators=(",", ":"), sort_keys=True).encode()).hexdigest()
