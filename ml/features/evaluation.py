"""The people's features, rules and hashes under plain names; see `FeatureSet` for what each of them gives."""

from typing import Final

from ml.features.people import PEOPLE

FEATURE_NAMES: Final = PEOPLE.names
#: One sign a feature for LightGBM's `monotone_constraints`: 1, 0 or -1.
MONOTONE: Final = PEOPLE.monotone

matrix = PEOPLE.matrix
first_rule = PEOPLE.first_rule
eligible = PEOPLE.eligible
schema_hash = PEOPLE.schema_hash
language_hash = PEOPLE.language_hash
