"""The pack: a ranker with its feature programs, rules and sentences, in one file that a phone can run.

Gzipped canonical JSON; the same ranker gives the same bytes. Keys: format, version, as_of, language, schema, tables,
values, features, rules, families, linear {weights, means, intercept}, trees, calibration.
"""

import gzip
import json
from collections.abc import Mapping, Sequence
from typing import Any, Final, Protocol

import numpy as np

from ml.arrays import FloatArray
from ml.features.feature_set import FeatureSet
from ml.features.parts import Line
from ml.features.people import PEOPLE
from ml.models.calibration import Calibration
from ml.models.forest import MOST_LEAVES
from ml.models.model_text import Tree, trees_of

FORMAT: Final = "kith-pack/1"
#: Gzipped; what a phone on a slow line still fetches without being asked.
MOST_PACK_BYTES: Final = 100_000
#: The version that ranks when no pack can: a few plain weights and no trees.
RULES_VERSION: Final = "rules"

#: Weight of a feature in the people's rules' score, and the value that is neither for nor against.
RULES_WEIGHTS: Final = PEOPLE.plain


class ExportError(ValueError):
    """This ranker cannot become a pack, and why."""


class Booster(Protocol):
    """The part of a LightGBM booster that export reads."""

    def model_to_string(self) -> str:
        """Return the model's text."""


class Hybrid(Protocol):
    """A linear score that trees correct.

    If it also has `means_`, shape (n_features,), the training means, reasons are told against them and not against 0.
    """

    @property
    def weights_(self) -> FloatArray:
        """Shape (n_features,)."""
        ...

    @property
    def intercept_(self) -> float:
        """What the linear score begins with."""
        ...

    @property
    def booster_(self) -> Any:
        """None when there are no trees."""
        ...


def export(
    ranker: Hybrid,
    *,
    version: str,
    calibration: Mapping[str, Sequence[float]] | None = None,
    as_of: str | None = None,
    features: FeatureSet = PEOPLE,
) -> bytes:
    """Return the pack of `ranker`: gzipped canonical JSON, the same bytes each time.

    calibration : {"scores": rising, "chances": 0 to 1} to read chances off scores. as_of : the day up to which it
    learned. features : the set that it ranks by. Raises ExportError when the ranker has other features than that, trees
    that are too large, more than `MOST_PACK_BYTES`, or no rising calibration; ModelTextError when its trees are not
    simply added up.
    """
    weights = np.asarray(ranker.weights_, dtype=np.float64)
    if weights.shape != (len(features.features),):
        raise ExportError(f"the ranker has {weights.size} weights, the features are {len(features.features)}")
    means = np.asarray(getattr(ranker, "means_", np.zeros(len(weights))), dtype=np.float64)
    trees = [] if ranker.booster_ is None else trees_of(ranker.booster_.model_to_string())
    linear = {"weights": weights.tolist(), "means": means.tolist(), "intercept": float(ranker.intercept_)}
    listed = [_listed(tree, len(weights)) for tree in trees]
    data = packed(document(version, linear, listed, _breakpoints(calibration), as_of, features))
    if len(data) > MOST_PACK_BYTES:
        raise ExportError(
            f"the pack has {len(data) / 1000:.0f} kB gzipped; phones take {MOST_PACK_BYTES // 1000} kB at most"
        )
    return data


def packed(pack: Mapping[str, Any]) -> bytes:
    """Return the bytes of a pack's document."""
    text = json.dumps(pack, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return gzip.compress(text.encode(), 9, mtime=0)


def rules_document(features: FeatureSet = PEOPLE) -> dict[str, Any]:
    """Return the document of the pack that ranks by plain rules."""
    weights, means = zip(*(features.plain.get(name, (0.0, 0.0)) for name in features.names), strict=True)
    linear = {"weights": list(weights), "means": list(means), "intercept": 0.0}
    return document(RULES_VERSION, linear, [], features=features)


def document(
    version: str,
    linear: Mapping[str, Any],
    trees: Sequence[Any],
    calibration: Mapping[str, Sequence[float]] | None = None,
    as_of: str | None = None,
    features: FeatureSet = PEOPLE,
) -> dict[str, Any]:
    """Return a pack's document around a linear part and trees. features : the set that it ranks by."""
    return {
        "format": FORMAT,
        "version": version,
        "as_of": as_of,
        "language": features.language_hash(),
        "schema": features.schema_hash(),
        "tables": {name: table.tolist() for name, table in features.tables.items()},
        "values": list({**features.values, **features.rule_values, **features.reason_values}.items()),
        "features": [[feature.name, feature.family, feature.program] for feature in features.features],
        "rules": [[rule.name, rule.excludes, rule.text, rule.change] for rule in features.rules],
        "families": [[family.name, _lines(family.lines), _lines(family.changes)] for family in features.families],
        "linear": dict(linear),
        "trees": list(trees),
        "calibration": calibration,
    }


def _breakpoints(calibration: Mapping[str, Sequence[float]] | None) -> dict[str, list[float]] | None:
    if calibration is None:
        return None
    listed = {name: [float(value) for value in calibration[name]] for name in ("scores", "chances")}
    try:
        Calibration.of(listed)
    except ValueError as error:
        raise ExportError(str(error)) from error
    return listed


def _lines(lines: tuple[Line, ...]) -> list[list[Any]]:
    return [[line.when, line.text, line.sign] for line in lines]


def _listed(tree: Tree, n_features: int) -> list[Any]:
    """Return [column, threshold, decision, left, right, leaf, expected, words], as `planting.forest_of` reads it.

    A threshold of None is infinite: it parts what is missing from all else.
    """
    if len(tree.leaf) > MOST_LEAVES:
        raise ExportError(f"a tree has {len(tree.leaf)} leaves; a pack's may have {MOST_LEAVES}")
    if tree.feature.max(initial=0) >= n_features:
        raise ExportError("a tree reads a column that is no feature")
    threshold = [None if value == np.inf else value for value in tree.threshold.tolist()]  # JSON has no infinity
    parts = (tree.decision, tree.left, tree.right, tree.leaf)
    words = [list(each) for each in tree.words]
    return [tree.feature.tolist(), threshold, *(part.tolist() for part in parts), _expected(tree), words]


def _expected(tree: Tree) -> list[float]:
    """Return each inner node's mean score of the training rows; six digits do, as their differences cancel."""
    mean, count = [0.0] * len(tree.feature), [0.0] * len(tree.feature)
    for node in reversed(range(len(tree.feature))):
        below = [
            (mean[child], count[child]) if child >= 0 else (tree.leaf[-1 - child], tree.leaf_count[-1 - child])
            for child in (tree.left[node], tree.right[node])
        ]
        count[node] = sum(rows for _, rows in below)
        mean[node] = sum(value * rows for value, rows in below) / max(count[node], 1.0)
    return [round(float(value), 6) for value in mean]
