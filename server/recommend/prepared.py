"""Candidates made ready for ranking once, and used for every referral until the directory or the day changes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Self

from ml.arrays import FloatArray
from ml.columns import column
from ml.inputs import CANDIDATE_INPUTS, candidate_inputs
from server.recommend.demand import asked_of, demotion
from server.recommend.model import Candidate


@dataclass(frozen=True, slots=True)
class Prepared:
    """Candidates in order of id with what a ranker may know of each on one day.

    inputs : one a candidate. columns : the same by name, each of shape (n_candidates,). asked : how many were pointed
    there lately; demotion : what that takes off a score. Shared between requests: nobody may change anything in it.
    """

    candidates: Sequence[Candidate]
    inputs: Sequence[Mapping[str, float]]
    columns: Mapping[str, FloatArray]
    asked: FloatArray
    demotion: FloatArray

    @classmethod
    def of(cls, candidates: Sequence[Candidate], today: date) -> Self:
        """Make candidates ready. today : the local date."""
        ordered = sorted(candidates, key=lambda candidate: (candidate.id, candidate.kind))
        inputs = [
            candidate_inputs(each.kind, each.doc, each.schedules, each.place_count, today=today) for each in ordered
        ]
        columns = {name: column(inputs, name) for name in CANDIDATE_INPUTS}
        return cls(ordered, inputs, columns, asked_of(columns), demotion(columns))
