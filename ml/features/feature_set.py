"""A feature set: everything that rankers, rules and reasons of one kind of query need, and the hashes that name it."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ml.arrays import BoolArray, FloatArray, IntArray
from ml.columns import Known, slate_columns, stacked
from ml.features.operations import OPERATIONS
from ml.features.parts import Family, Feature, Rule
from ml.features.programs import Program, evaluate, first_of, gather, rows_of, with_missing
from mobile_contract.vocabulary import RANKED


@dataclass(frozen=True, slots=True, eq=False)
class FeatureSet:
    """What may be known of a query and a candidate, and what follows from it.

    query_inputs, candidate_inputs : names of plain numbers. values : shared by features, rules and reasons, in order;
    rule_values, reason_values : those that only rules and only sentences use. tables : what programs look up.
    plain : feature → its weight in the rules' score and the value that is neither for nor against, for when no pack
    can rank.
    """

    name: str
    query_inputs: tuple[str, ...]
    candidate_inputs: tuple[str, ...]
    tables: Mapping[str, FloatArray]
    values: Mapping[str, Program]
    features: tuple[Feature, ...]
    rule_values: Mapping[str, Program]
    rules: tuple[Rule, ...]
    reason_values: Mapping[str, Program]
    families: tuple[Family, ...]
    plain: Mapping[str, tuple[float, float]]

    @property
    def inputs(self) -> tuple[str, ...]:
        """Every input, those of the query first."""
        return self.query_inputs + self.candidate_inputs

    @property
    def names(self) -> tuple[str, ...]:
        """The features' names, in the order of the matrix's columns."""
        return tuple(feature.name for feature in self.features)

    @property
    def monotone(self) -> tuple[int, ...]:
        """One sign a feature for LightGBM's `monotone_constraints`: 1, 0 or -1."""
        return tuple(feature.sign for feature in self.features)

    def columns(self, query: Known, items: Sequence[Known]) -> dict[str, FloatArray]:
        """Return one slate as columns: query inputs of shape (1,), candidate inputs (n_items,); NaN is missing."""
        return slate_columns(query, items, self.query_inputs, self.candidate_inputs)

    def stacked_columns(self, slates: Sequence[tuple[Known, Sequence[Known]]]) -> dict[str, FloatArray]:
        """Return many slates under one another, each column of shape (n_items of all slates,)."""
        return stacked(slates, self.query_inputs, self.candidate_inputs)

    def matrix(self, columns: Mapping[str, FloatArray]) -> FloatArray:
        """Return the features, shape (n_rows, n_features), one contiguous array; columns as in `names`.

        columns : inputs of shape (n_rows,), or (1,) for what all rows share. NaN, and what is left out, is missing.
        """
        n_rows = rows_of(columns)
        known = evaluate(self.values, self.tables, with_missing(columns, self.inputs))
        programs = {feature.name: feature.program for feature in self.features}
        return gather(known, programs, self.tables, n_rows)

    def first_rule(self, columns: Mapping[str, FloatArray]) -> IntArray:
        """Return the place in `rules` of the first that excludes each row, -1 for the eligible; shape (n_rows,)."""
        n_rows = rows_of(columns)
        known = evaluate({**self.values, **self.rule_values}, self.tables, with_missing(columns, self.inputs))
        return first_of(gather(known, {rule.name: rule.excludes for rule in self.rules}, self.tables, n_rows))

    def eligible(self, columns: Mapping[str, FloatArray]) -> BoolArray:
        """Return which rows no rule excludes, shape (n_rows,)."""
        return self.first_rule(columns) < 0

    def schema_hash(self) -> str:
        """Return the hash of every feature: program, tables, order and the codes it reads; 64 hexadecimal digits."""
        tables = {name: table.tolist() for name, table in self.tables.items()}
        programs = [(feature.name, feature.sign, feature.program) for feature in self.features]
        codes = {vocabulary.name: vocabulary.codes for vocabulary in RANKED}
        return _hash([self.language_hash(), dict(self.values), programs, tables, codes])

    def language_hash(self) -> str:
        """Return the hash of what an engine must offer any pack of this set: the inputs and the operations."""
        return _hash([self.inputs, sorted(OPERATIONS)])


def _hash(definition: Any) -> str:
    return hashlib.sha256(json.dumps(definition, separators=(",", ":"), sort_keys=True).encode()).hexdigest()
