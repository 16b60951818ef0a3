"""The curve of attention of a data set: it is no matter of any version, so all slates may teach it."""

from typing import Final

import numpy as np

from ml.off_policy.adjusting import adjusted
from ml.off_policy.examination import Examination, examination
from ml.off_policy.slates import LoggedSlates, logged_slates
from ml.training.groups import Dataset

#: It is learned from the newest slates, at most so many.
_RECENT: Final = 20_000


def attention_of(dataset: Dataset) -> Examination:
    """How far down people look; OffPolicyError when too few choices were made where chance had a hand in the order."""
    queries = len(dataset.query_sizes)
    return learned(logged_slates(dataset.where(np.arange(queries) >= queries - _RECENT), "chosen"))


def learned(slates: LoggedSlates) -> Examination:
    """The curve from the slates where chance had a hand in the order, adjusted by a model of all choices."""
    found = examination(slates.chosen, slates.table, slates.position)
    return adjusted(found, slates.X, slates.chosen, slates.position, slates.query_sizes)
