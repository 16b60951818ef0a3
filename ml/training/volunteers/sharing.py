"""How policies share what is asked, in one made-up centre: the same tasks, the same volunteers and the same luck."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import numpy as np

from ml.arrays import FloatArray
from ml.features.volunteers import VOLUNTEERS
from ml.features.volunteers.load import STEP
from ml.models.walker import Pack
from ml.training.volunteers import policies
from ml.training.volunteers.pairs import pairs_of
from ml.training.volunteers.run import History, Policy, run
from ml.training.volunteers.town import Dials, make_town

_AT: Final = {name: place for place, name in enumerate(VOLUNTEERS.names)}
#: What a run is measured by; see `measure`.
MEASURES: Final = (
    "acceptance", "filled", "asks_per_task", "hours_median", "hours_p90", "gini", "never_asked", "most_in_30_days",
)  # fmt: skip
Scorer = Callable[[FloatArray], FloatArray]


def gini(counts: FloatArray) -> float:
    """Return how unequally asks are shared, 0 when all have as many, to 1 - 1/n when one has them all; 0 of nothing.

    counts : shape (n_volunteers,), not negative. Source: Sen (1973), as half the relative mean difference.
    """
    ordered = np.sort(counts)
    total, size = float(ordered.sum()), ordered.size
    if not total:
        return 0.0
    return float(((2 * np.arange(1, size + 1) - size - 1) * ordered).sum() / (size * total))


def contenders(score: Scorer, step: float = STEP) -> dict[str, Policy]:
    """Return the policies that are compared. score : of suitability, such as a version's."""
    return {
        "nearest first": policies.by(lambda X: -X[:, _AT["distance_of_reach"]]),
        "least asked": policies.by(lambda X: -X[:, _AT["asks_30d"]]),
        "rules": policies.by(Pack.rules(VOLUNTEERS).score),
        "suitability only": policies.by(score),
        "load-fair": policies.fair(score, step),
    }


def shared(
    compared: Mapping[str, Policy],
    *,
    seed: int,
    dials: Dials,
    days: int,
    progress: Callable[[str], None] = lambda _: None,
) -> dict[str, dict[str, float]]:
    """Run each policy on one centre; returns `measure` of each by name."""
    town = make_town(seed, dials, days)
    pairs = pairs_of(town)
    found = {}
    for name, policy in compared.items():
        progress(name)
        found[name] = measure(run(town, pairs, policy, seed=seed), len(town.tasks))
    return found


def measure(history: History, tasks: int) -> dict[str, float]:
    """Say what became of a run.

    acceptance : yeses of those asked. filled : share of tasks that somebody took. hours_median, hours_p90 : until a
    task was taken, of those taken. gini, never_asked : among volunteers who could have done at least one task.
    most_in_30_days : that anybody was asked.
    """
    asked = sum(len(wave.rows) for wave in history.waves)
    agreed = sum(int(wave.agreed.sum()) for wave in history.waves)
    hours = np.array([wave.filled_after for wave in history.waves if wave.taken_by >= 0])
    able = history.asks[history.able > 0]
    found = {
        "acceptance": agreed / max(asked, 1),
        "filled": hours.size / tasks,
        "asks_per_task": asked / tasks,
        "hours_median": float(np.median(hours)) if hours.size else float("nan"),
        "hours_p90": float(np.quantile(hours, 0.9)) if hours.size else float("nan"),
        "gini": gini(able),
        "never_asked": float((able == 0).mean()) if able.size else float("nan"),
        "most_in_30_days": float(history.most_recent),
    }
    return {name: round(value, 6) for name, value in found.items()}


def means(runs: Sequence[Mapping[str, Mapping[str, float]]]) -> dict[str, dict[str, Any]]:
    """Average runs of several seeds, measure by measure."""
    return {
        name: {one: round(float(np.mean([each[name][one] for each in runs])), 6) for one in MEASURES}
        for name in runs[0]
    }
