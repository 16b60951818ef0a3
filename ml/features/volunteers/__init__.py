"""The volunteers' set: what suits a volunteer, and whom a task suits. One set, one pack, both questions."""

from typing import Final

from ml.features.feature_set import FeatureSet
from ml.features.volunteers.declarations import FEATURES, TABLES, VALUES
from ml.features.volunteers.families import FAMILIES, REASON_VALUES
from ml.features.volunteers.inputs import TASK_INPUTS, VOLUNTEER_INPUTS
from ml.features.volunteers.rules import RULE_VALUES, RULES

_PLAIN: Final = {
    "skills_share": (1.0, 0.5),
    "skills_lacking": (-0.75, 0.0),
    "distance_of_reach": (-1.5, 0.5),
    "slots_any": (1.0, 0.5),
    "slots_share": (0.5, 0.5),
    "minutes_over_wish": (-0.0078125, 0.0),
    "wish_fit": (0.25, 1.0),
    "done_before": (0.5, 0.0),
    "agree_rate": (1.0, 0.375),
    "keep_rate": (1.0, 0.75),
    "rested_days": (0.0078125, 15.0),
    "holding": (-0.25, 0.0),
}

VOLUNTEERS: Final = FeatureSet(
    name="volunteers",
    query_inputs=VOLUNTEER_INPUTS,
    candidate_inputs=TASK_INPUTS,
    tables=TABLES,
    values=VALUES,
    features=FEATURES,
    rule_values=RULE_VALUES,
    rules=RULES,
    reason_values=REASON_VALUES,
    families=FAMILIES,
    plain=_PLAIN,
)

__all__ = ["VOLUNTEERS"]
