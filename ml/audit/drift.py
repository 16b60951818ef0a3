"""Is what a version is asked today still what it learned from? Window by window, feature by feature, and the score.

What counts up by itself (the history of items) is held to the twelve weeks before each window and not to what was
learned from: counts of a young place grow for months without anything being wrong.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

import numpy as np
import polars as pl

from ml import metrics
from ml.arrays import BoolArray, FloatArray, IntArray
from ml.audit.moved import index_of, moved
from ml.features import FEATURE_NAMES, FEATURES
from ml.models.registry import Version
from ml.models.stored import load_ranker
from ml.training.groups import Dataset
from ml.training.learnable import is_timed
from ml.training.split import FEWEST
from ml.training.tables import TableError
from ml.training.train import refuse_other_features

#: Families whose figures count up by themselves, and how far back these look for their reference.
COUNTING: Final = frozenset({"history"})
_COUNTING_UP: Final = frozenset(feature.name for feature in FEATURES if feature.family in COUNTING)
RECENT: Final = timedelta(weeks=12)
#: How long a window is.
WINDOW_DAYS: Final = 28
SCORE: Final = "score"


@dataclass(frozen=True, slots=True)
class Side:
    """Slates side by side: features and score, shape (n_rows, n_columns), and rows in each, shape (n_slates,)."""

    columns: FloatArray
    sizes: IntArray


def drift(version: Version, dataset: Dataset, *, reference: Dataset | None = None, days: int = WINDOW_DAYS,
          seed: int = 1) -> dict[str, Any]:  # fmt: skip
    """Compare each window of `dataset` with what `version` learned from; returns what is kept as drift.json.

    reference : another data set to compare with, None for the slates that the version learned from. days : of a
    window; the last ends with the newest slate. Raises TableError when there are too few slates on a side.
    """
    _refuse_others(version, dataset)
    learned_until = datetime.fromisoformat(version.manifest["learned_until"])
    shown = dataset.queries["shown_at"]
    learned = reference or dataset.where((shown < learned_until).to_numpy())
    if len(learned.rows) == 0 or len(learned.query_sizes) < FEWEST:
        raise TableError(f"Drift needs {FEWEST} slates to compare with; give a data set with --reference.")
    score = load_ranker(version.folder).score
    base = _side(learned, score)
    windows = [
        _window(dataset, begins, begins + timedelta(days=days), base, score, seed)
        for begins in _beginnings(max(shown.to_list()), learned_until, days)
    ]
    told = [window for window in windows if window["columns"] is not None]
    if not told:
        raise TableError(f"No window of {days} days after {learned_until:%d %B %Y} has {FEWEST} slates.")
    return {
        "version": version.name,
        "model_sha256": version.model_sha256,
        "data": {"sha256": dataset.sha256, "as_of": dataset.report["as_of"], "inputs": dataset.report["inputs"]},
        "reference": {"sha256": learned.sha256, "queries": len(learned.query_sizes)},
        "window_days": days,
        "seed": seed,
        "windows": windows,
        "quality_by_month": by_month(dataset, score, learned_until),
        "alarms": _alarms(told[-1]),
    }


def _refuse_others(version: Version, dataset: Dataset) -> None:
    """Raise TableError unless the data set has times, and the features that the version learned from."""
    if not dataset.foreign and version.has_pack:
        refuse_other_features(dataset)
    elif dataset.report["features"]["schema_sha256"] != version.manifest["features"]["schema_sha256"]:
        raise TableError(f"The data set has other features than those that version {version.name} learned from.")
    elif not is_timed(dataset):
        raise TableError("Drift compares windows of time, and this data set tells none; make it again with --time.")


def _side(dataset: Dataset, score: Any) -> Side:
    X = dataset.X
    return Side(np.column_stack([X, score(X)]), dataset.query_sizes)


def _beginnings(newest: datetime, learned_until: datetime, days: int) -> list[datetime]:
    """When the windows begin, oldest first: whole windows back from the newest slate to where learning stopped."""
    end = newest + timedelta(seconds=1)
    count = int((end - learned_until) / timedelta(days=days))
    return [end - timedelta(days=days) * place for place in range(count, 0, -1)]


def sides_of_window(version: Version, dataset: Dataset, length: timedelta) -> tuple[Side, Side, Side]:
    """What `version` learned from, the twelve weeks before the newest window of `dataset`, and that window."""
    score, shown = load_ranker(version.folder).score, dataset.queries["shown_at"]
    learned = (shown < datetime.fromisoformat(version.manifest["learned_until"])).to_numpy()
    begins = max(shown.to_list()) - length
    recent, now = ((shown >= begins - RECENT) & (shown < begins)).to_numpy(), (shown >= begins).to_numpy()
    base, lately, newest = (_side(dataset.where(one), score) for one in (learned, recent, now))
    return base, lately, newest


def _window(dataset: Dataset, begins: datetime, ends: datetime, base: Side, score: Any, seed: int) -> dict[str, Any]:
    shown = dataset.queries["shown_at"]
    inside = ((shown >= begins) & (shown < ends)).to_numpy()
    told: dict[str, Any] = {
        "from": begins.date().isoformat(),
        "until": ends.date().isoformat(),
        "queries": int(inside.sum()),
    }
    if inside.sum() < FEWEST:
        return told | {"columns": None}
    now = _side(dataset.where(inside), score)
    recent = ((shown >= begins - RECENT) & (shown < begins)).to_numpy()
    lately = _side(dataset.where(recent), score) if recent.sum() >= FEWEST else None
    return told | {"columns": compare(base, lately, now, seed=seed, features=dataset.feature_names)}


def compare(
    base: Side, lately: Side | None, now: Side, *, seed: int, features: Sequence[str] = FEATURE_NAMES
) -> list[dict[str, Any]]:
    """The index of each feature and of the score, its limit, and whether it has moved, the furthest first.

    lately : the reference of what counts up by itself, which cannot be judged when it is None. features : the names of
    the columns before the score; of those that are not Kith's own none is known to count up by itself.
    """
    names = [*features, SCORE]
    counting = np.array([name in _COUNTING_UP for name in names]) & (tuple(features) == tuple(FEATURE_NAMES))
    found = _part(names, ~counting, base, now, "what was learned from", seed)
    if lately is not None and counting.any():
        found += _part(names, counting, lately, now, "the twelve weeks before", seed)
    grown = dict(zip(names, index_of(base.columns, now.columns).round(6).tolist(), strict=True))
    told = [one | {"psi_since_learning": grown[one["name"]]} for one in found]
    return sorted(told, key=lambda one: (-one["psi"], one["name"]))


def _part(
    names: Sequence[str], chosen: BoolArray, base: Side, now: Side, against: str, seed: int
) -> list[dict[str, Any]]:
    found = moved(base.columns[:, chosen], base.sizes, now.columns[:, chosen], now.sizes, seed=seed)
    return [
        {"name": name, "against": against, "psi": round(float(index), 6), "limit": round(float(limit), 6),
         "moved": bool(index > limit)}
        for name, index, limit in zip(np.array(names)[chosen].tolist(), found.index, found.limit, strict=True)
    ]  # fmt: skip


def by_month(dataset: Dataset, score: Any, learned_until: datetime) -> list[dict[str, Any]]:
    """NDCG@10 of slates whose outcomes are all known, by the month they were shown in; months learned from flatter.

    A month counts as learned from when any of its days was.
    """
    known = dataset.rows.group_by("query", maintain_order=True).agg((pl.col("state") != "waiting").all())["state"]
    kept = dataset.where(known.to_numpy())
    if not len(kept.rows):
        return []
    values = metrics.ndcg(metrics.gains_of(kept.relevance), score(kept.X), kept.query_sizes, 10)
    months = np.array([f"{at:%Y-%m}" for at in kept.queries["shown_at"]])
    last = f"{learned_until - timedelta(microseconds=1):%Y-%m}"
    told = [(month, values[months == month]) for month in sorted(set(months.tolist()))]
    return [
        {"month": month, "learned": month <= last, **metrics.interval(found, seed=1).as_dict()}
        for month, found in told
        if not np.isnan(found).all()
    ]


def _alarms(window: dict[str, Any]) -> list[str]:
    return [
        f"{one['name']} has moved: PSI {one['psi']:.2f} beside {one['against']}, over {one['limit']:.2f}, "
        f"from {window['from']} to {window['until']}."
        for one in window["columns"]
        if one["moved"]
    ]
