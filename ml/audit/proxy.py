"""How well what the ranker knows of a person gives away a protected group: a warning, unless one input alone does.

The area under the ROC curve of trees that guess the group from the query inputs that features read, in folds that
keep a person together: .5 is a guess, 1 gives it away. Needs and home may differ between groups for good reasons, so
a high value warns; one input that alone tells the group is the group under another name, and refuses.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np

from ml.arrays import BoolArray, FloatArray
from ml.audit.groups import Characteristic
from ml.audit.naming import input_words
from ml.audit.small import is_small
from ml.features import FEATURES, VALUES
from ml.features.programs import Program, names_in
from ml.inputs import QUERY_INPUTS

#: An area beyond which people should look at what gives the group away.
WARNED: Final = 0.70
#: An area that no single input may be shown to reach.
REFUSED: Final = 0.80
_FOLDS: Final = 5
_TREES: Final = {
    "objective": "binary", "num_leaves": 7, "min_data_in_leaf": 20, "learning_rate": 0.05, "lambda_l2": 10.0,
    "deterministic": True, "force_row_wise": True, "num_threads": 1, "verbosity": -1, "seed": 1,
}  # fmt: skip
_ROUNDS: Final = 60
#: Half the width of a 95 % interval in standard errors.
_DEVIATIONS: Final = 1.96


def inputs_read() -> tuple[str, ...]:
    """The query inputs that reach any feature, in order."""
    reached = {name for feature in FEATURES for name in _inputs_of(feature.program)}
    return tuple(name for name in QUERY_INPUTS if name in reached)


def _inputs_of(program: Program) -> set[str]:
    found: set[str] = set()
    for name in names_in(program):
        found |= _inputs_of(VALUES[name]) if name in VALUES else {name}
    return found


def unfolded(asked: Sequence[Any]) -> tuple[list[str], FloatArray]:
    """Names and columns, shape (n_queries, n_columns), of what the ranker knew: each bit of a mask is a column."""
    names, columns = [], []
    for name in inputs_read():
        column = np.array([one.get(name, np.nan) for one in asked], dtype=np.float64)
        if name.endswith("_mask"):
            bits = np.nan_to_num(column).astype(np.int64)
            places = range(int(bits.max(initial=0)).bit_length())
            names += [f"{name}:{place}" for place in places]
            columns += [(bits >> place & 1).astype(np.float64) for place in places]
        else:
            names.append(name)
            columns.append(column)
    return names, np.stack(columns, axis=1)


def audit_proxy(characteristic: Characteristic, asked: Sequence[Any]) -> dict[str, Any] | None:
    """The area for the group that is given away most, and its input that tells most; None with too few people.

    A group that one input alone tells too well goes before all others, whatever the areas of trees.

    asked : what the ranker knew, one a query.
    """
    told = np.array([group is not None for group in characteristic.groups])
    names, X = unfolded(asked)
    found = [
        _group(group, names, X[told], np.array([one == group for one in characteristic.groups])[told],
               np.array(characteristic.people)[told])
        for group in sorted({group for group in characteristic.groups if group is not None})
    ]  # fmt: skip
    kept = [one for one in found if one]
    if not kept:
        return None
    worst = max(kept, key=given_away)
    return {"characteristic": characteristic.name, **worst}


def given_away(found: dict[str, Any]) -> tuple[bool, float, str]:
    """How badly a group is given away, as something that sorts."""
    return found["single"]["low"] > REFUSED, found["auc"]["mean"], found["group"]


def _group(group: str, names: Sequence[str], X: FloatArray, member: BoolArray, people: Any) -> dict[str, Any] | None:
    sides = (len(set(people[member])), len(set(people[~member])))
    if any(is_small(side) for side in sides):
        return None
    single = [{"input": name, **_single(column, member)} for name, column in zip(names, X.T, strict=True)]
    best = max(single, key=lambda one: (one["mean"], one["input"]))
    return {"group": group, "auc": interval(_out_of_fold(X, member, people), member), "single": best}


def _out_of_fold(X: FloatArray, member: BoolArray, people: Any) -> FloatArray:
    """Each query's guessed chance by trees that saw nobody of its fold."""
    import lightgbm
    from sklearn.model_selection import GroupKFold

    guessed = np.empty(len(X))
    for learn, guess in GroupKFold(_FOLDS).split(X, member, people):
        trees = lightgbm.train(_TREES, lightgbm.Dataset(X[learn], member[learn].astype(int)), num_boost_round=_ROUNDS)
        guessed[guess] = trees.predict(X[guess], num_threads=1)
    return guessed


def _single(column: FloatArray, member: BoolArray) -> dict[str, float]:
    filled = np.where(np.isnan(column), np.nanmin(column, initial=0.0) - 1.0, column)
    found = interval(filled, member)
    return found if found["mean"] >= 0.5 else interval(-filled, member)


def interval(score: FloatArray, member: BoolArray) -> dict[str, float]:
    """The area under the ROC curve with its 95 % interval; ties count half.

    Source: Hanley and McNeil (1982), the standard error for any pair of distributions.
    """
    from scipy.stats import rankdata

    inside, outside = int(member.sum()), int((~member).sum())
    area = (rankdata(score)[member].sum() - inside * (inside + 1) / 2) / (inside * outside)
    one, two = area / (2 - area), 2 * area**2 / (1 + area)
    spread = area * (1 - area) + (inside - 1) * (one - area**2) + (outside - 1) * (two - area**2)
    half = _DEVIATIONS * np.sqrt(max(spread, 0.0) / (inside * outside))
    low, high = max(0.0, area - half), min(1.0, area + half)
    return {"mean": round(float(area), 6), "low": round(float(low), 6), "high": round(float(high), 6)}


def judge_proxies(audits: Sequence[dict[str, Any]]) -> tuple[list[str], list[str]]:
    """What refuses a version, and what is only to be looked at."""
    reasons, warnings = [], []
    for audit in audits:
        single, whole, who = audit["single"], audit["auc"], f"{audit['characteristic']} ({audit['group']})"
        by = input_words(single["input"])
        if single["low"] > REFUSED:
            told = f"{by[:1].upper()}{by[1:]} alone tells {who}"
            reasons.append(f"{told}: AUC {_span(single)}; at most {REFUSED} is allowed.")
        elif whole["mean"] > WARNED:
            warnings.append(f"What the ranker knows gives {who} away: AUC {_span(whole)}, most of all {by}.")
    return reasons, warnings


def _span(found: Mapping[str, float]) -> str:
    return f"{found['mean']:.2f} ({found['low']:.2f} to {found['high']:.2f})"
