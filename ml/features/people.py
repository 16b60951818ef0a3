"""The people's set: what suits a person with a referral. The module-level names of `ml.features` mean this one."""

from typing import Final

from ml.features.declarations import FEATURES, TABLES, VALUES
from ml.features.families import FAMILIES
from ml.features.feature_set import FeatureSet
from ml.features.reasons import REASON_VALUES
from ml.features.rules import RULE_VALUES, RULES
from ml.inputs import CANDIDATE_INPUTS, QUERY_INPUTS

_PLAIN: Final = {
    "main_fit": (1.0, 2.0),
    "other_fit": (0.25, 1.0),
    "distance_of_reach": (-1.5, 0.5),
    "slots_any": (0.75, 0.5),
    "access_lacking": (-0.5, 0.0),
    "languages_common": (0.25, 1.0),
    "online_wanted": (0.25, 0.0),
    "home_wanted": (1.0, 0.0),
    "cost_of_budget": (-0.5, 0.25),
    "group_fit": (0.125, 2.0),
    "next_days": (-0.03125, 7.0),
    "wait_days": (-0.03125, 0.0),
}

PEOPLE: Final = FeatureSet(
    name="people",
    query_inputs=QUERY_INPUTS,
    candidate_inputs=CANDIDATE_INPUTS,
    tables=TABLES,
    values=VALUES,
    features=FEATURES,
    rule_values=RULE_VALUES,
    rules=RULES,
    reason_values=REASON_VALUES,
    families=FAMILIES,
    plain=_PLAIN,
)
