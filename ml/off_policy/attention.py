"""The curve of attention of a data set: it is no matter of any version, so all slates may teach it."""

from typing import Final

import numpy as np

from ml.off_policy.examination import Examination, examination
from ml.off_policy.slates import logged_slates
from ml.training.groups import Dataset

#: It is learned from the newest slates, at most so many.
_RECENT: Final = 20_000


def attention_of(dataset: Dataset) -> Examination:
    """How far down people look; OffPolicyError when too few choices were made where chance had a hand in the order."""
    queries = len(dataset.query_sizes)
    slates = logged_slates(dataset.where(np.arange(queries) >= queries - _RECENT), "chosen")
    return examination(slates.chosen, slates.table, slates.position)
