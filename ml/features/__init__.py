"""The only definition of the rankers' features and of eligibility: training, server and phone run these programs."""

from ml.features.declarations import FEATURES, TABLES, VALUES
from ml.features.evaluation import (
    FEATURE_NAMES,
    MONOTONE,
    eligible,
    first_rule,
    language_hash,
    matrix,
    schema_hash,
)
from ml.features.feature_set import FeatureSet
from ml.features.parts import Feature, Rule
from ml.features.people import PEOPLE
from ml.features.rules import RULES
from ml.features.taxonomy import fit_table

__all__ = [
    "FEATURES", "FEATURE_NAMES", "MONOTONE", "PEOPLE", "RULES", "TABLES", "VALUES", "Feature", "FeatureSet", "Rule",
    "eligible", "first_rule", "fit_table", "language_hash", "matrix", "schema_hash",
]  # fmt: skip
