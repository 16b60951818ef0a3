"""What of a data set a ranker is told beside its features: signs, positions, and whether time means anything."""

from collections.abc import Mapping

from ml.arrays import IntArray
from ml.features import MONOTONE
from ml.features.sets import set_of
from ml.training.groups import Dataset
from ml.training.tables import TableError


def is_timed(dataset: Dataset) -> bool:
    """Whether it is known when slates were shown; foreign sets without a time count their queries in days."""
    return bool(dataset.report.get("times", "told") == "told")


def position_of(dataset: Dataset) -> IntArray | None:
    """Where each row was shown, from 0, shape (n_rows,); None where a foreign set does not say."""
    return dataset.position if dataset.position_known else None


def signs_of(dataset: Dataset, given: Mapping[str, int]) -> tuple[int, ...]:
    """One sign a feature: ours have their own, those of others what is `given` by name, and 0 otherwise.

    Raises TableError when a sign is given for a feature of ours, or for one that is not there.
    """
    if not dataset.foreign:
        if given:
            raise TableError("Our own features have their signs in their definition; give signs to foreign ones only.")
        ours = set_of(dataset.report["features"]["schema_sha256"])
        return ours.monotone if ours else MONOTONE
    unknown = given.keys() - set(dataset.feature_names)
    if unknown:
        raise TableError(f"The data set has no feature {', '.join(sorted(unknown))}, so it can have no sign.")
    return tuple(given.get(name, 0) for name in dataset.feature_names)
