"""Every feature set, found by the hash that data sets and versions carry."""

from typing import Final

from ml.features.feature_set import FeatureSet
from ml.features.people import PEOPLE
from ml.features.volunteers import VOLUNTEERS

SETS: Final = (PEOPLE, VOLUNTEERS)


def set_of(schema_sha256: str) -> FeatureSet | None:
    """Return the set whose features have this hash today; None for those of another version or of others."""
    return next((each for each in SETS if each.schema_hash() == schema_sha256), None)
