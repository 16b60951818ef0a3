"""Waves by district and by skill, for what is told of each apart."""

from collections.abc import Mapping
from typing import Any, Final

import numpy as np
import polars as pl

from ml.arrays import FloatArray
from ml.training.groups import Dataset
from ml.training.world.places import DISTRICTS
from mobile_contract.vocabulary import SKILLS

#: A slice of fewer waves with a yes is not told: its mean would say more of chance than of the order.
FEWEST_WAVES: Final = 20
_NAMES: Final = {int(one.code[1:]): one.name for one in DISTRICTS}
_SKILLS: Final = {label: 1 << place for place, label in enumerate(SKILLS.labels.values())}


def groups_of(rows: pl.DataFrame) -> dict[str, dict[str, pl.Series]]:
    """Return which rows belong to each district and to each skill that is asked for, by name; none is empty."""
    codes = sorted(rows["district"].drop_nulls().unique().to_list())
    districts = {_NAMES.get(code, str(code)): rows["district"] == code for code in codes}
    asked = rows["skills_asked"].to_numpy()
    skills = {"no special skill": pl.Series(asked == 0)}
    skills |= {label: pl.Series(asked & bit != 0) for label, bit in _SKILLS.items()}
    return {"district": districts, "skill": {name: marks for name, marks in skills.items() if marks.any()}}


def slices(judged: Dataset, values: Mapping[str, FloatArray]) -> dict[str, dict[str, Any]]:
    """Return the mean of each order in each slice of at least `FEWEST_WAVES` waves with a yes.

    values : of each order by name, one a query of `judged`, NaN without a yes.
    """
    first = np.cumsum(judged.query_sizes) - judged.query_sizes
    groups = groups_of(judged.rows[first.tolist()])
    return {what: {name: _told(values, marks) for name, marks in each.items()} for what, each in groups.items()}


def _told(values: Mapping[str, FloatArray], marks: pl.Series) -> dict[str, Any]:
    kept = {name: found[marks.to_numpy()] for name, found in values.items()}
    waves = int((~np.isnan(next(iter(kept.values())))).sum())
    if waves < FEWEST_WAVES:
        return {"waves": None, "quality": None}
    return {"waves": waves, "quality": {name: round(float(np.nanmean(found)), 6) for name, found in kept.items()}}
