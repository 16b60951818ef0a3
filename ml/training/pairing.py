"""Whether a version and a data set belong together: figures of one on the features of another would mean nothing."""

from ml.features import schema_hash
from ml.models.registry import Version
from ml.training.groups import Dataset
from ml.training.tables import TableError
from ml.training.train import refuse_other_features


def refuse_strangers(version: Version, dataset: Dataset) -> None:
    """Raise TableError unless `version` learned from the features of `dataset`."""
    refuse_other_features(dataset)
    if version.manifest["features"]["schema_sha256"] != dataset.report["features"]["schema_sha256"]:
        raise TableError(
            f"Version {version.name} learned from other features than this data set has. Name a version and, with "
            "--data, a data set that belong together."
        )


def refuse_volunteers(dataset: Dataset) -> None:
    """Raise TableError for a set of asks to volunteers, whose features none of the usual orders knows."""
    if not dataset.foreign and dataset.report["features"]["schema_sha256"] != schema_hash():
        raise TableError("This is a data set of asks to volunteers: use the commands of `kith ml volunteers`.")
