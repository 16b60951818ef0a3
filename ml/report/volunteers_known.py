"""What is known of a version of the volunteers' side."""

from datetime import datetime

import numpy as np

from ml.features.volunteers import VOLUNTEERS
from ml.models.registry import Version
from ml.report.gathered import Known, gather
from ml.training.groups import Dataset


def known_of(version: Version, data: Dataset) -> Known | None:
    """Gather all of `version` with the tasks of `data` that it never saw; None when it reads other features."""
    if version.manifest["features"]["schema_sha256"] != VOLUNTEERS.schema_hash():
        return None
    since = datetime.fromisoformat(version.manifest["learned_until"])
    never_seen = data.where(np.asarray((data.queries["shown_at"] >= since).to_numpy()))
    return gather(version, never_seen, VOLUNTEERS)
