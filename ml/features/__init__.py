"""The only definition of the ranker's features and of eligibility: training, server and phone run these programs."""

from ml.features.declarations import FEATURES, TABLES, VALUES, Feature
from ml.features.evaluation import (
    FEATURE_NAMES,
    MONOTONE,
    eligible,
    first_rule,
    language_hash,
    matrix,
    schema_hash,
)
from ml.features.rules import RULES, Rule
from ml.features.taxonomy import fit_table

__all__ = [
    "FEATURES", "FEATURE_NAMES", "MONOTONE", "RULES", "TABLES", "VALUES", "Feature", "Rule", "eligible", "first_rule",
    "fit_table", "language_hash", "matrix", "schema_hash",
]  # fmt: skip
