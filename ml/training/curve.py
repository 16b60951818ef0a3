"""A learning curve: the recipe fitted again on growing parts of what the version learned from."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Final

import numpy as np

from ml import metrics
from ml.models.registry import Version
from ml.training.groups import Dataset
from ml.training.recipe import Recipe
from ml.training.split import FEWEST
from ml.training.tables import TableError
from ml.training.train import fit

#: Which newest parts of the queries are learned from.
SHARES: Final = (0.1, 0.2, 0.4, 0.7, 1.0)
_RESAMPLES: Final = 1000
_K: Final = 10


def learning_curve(
    version: Version, dataset: Dataset, judged: Dataset, *, seed: int, progress: Callable[[str], None] = lambda _: None
) -> list[dict[str, Any]]:
    """NDCG@10 on `judged` of the version's recipe fitted on its newest 10 % to 100 % of queries.

    The newest and not any part, as more data means a longer past. Returns {queries, "ndcg@10"} a part; parts with too
    few positives to learn from are left out. Raises TableError when not even the whole has enough.
    """
    recipe = Recipe.of(version.manifest["parameters"], f"the manifest of {version.name}")
    until = datetime.fromisoformat(version.manifest["learned_until"])
    learned = dataset.where((dataset.queries["shown_at"] < until).to_numpy())
    gain = metrics.gains_of(judged.relevance)
    points = []
    for share in SHARES:
        part = _newest(learned, share)
        if part.queries["positive"].sum() < FEWEST:
            continue
        progress(f"Learning from {share:.0%} of the slates")
        score = fit(recipe, part).score(judged.X)
        quality = metrics.interval(metrics.ndcg(gain, score, judged.query_sizes, _K), seed=seed, resamples=_RESAMPLES)
        points.append({"queries": len(part.query_sizes), "ndcg@10": quality.as_dict()})
    if not points:
        raise TableError("There are too few slates for a learning curve.")
    return points


def _newest(dataset: Dataset, share: float) -> Dataset:
    queries = len(dataset.query_sizes)
    return dataset.where(np.arange(queries) >= queries - round(share * queries))
