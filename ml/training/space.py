"""Which figures of a recipe are tried, and how far: the less there is to learn from, the plainer the model."""

from dataclasses import dataclass, replace
from typing import Any, Final, Protocol, Self

from ml.training.recipe import Recipe

#: No leaf may hold fewer rows: with less, trees learn one slate's chance.
FEWEST_IN_LEAF: Final = 80
#: With fewer queries that have a positive, folds tell recipes apart by chance alone.
FEWEST_QUERIES: Final = 150
#: Leaves of all trees together, beyond which a pack may pass 100 kB gzipped.
_MOST_LEAVES: Final = 4_500


class Trial(Protocol):
    """The part of an Optuna trial that a space asks."""

    def suggest_int(self, name: str, low: int, high: int, *, step: int = 1, log: bool = False) -> int:
        """Give a whole number."""

    def suggest_float(
        self, name: str, low: float, high: float, *, step: float | None = None, log: bool = False
    ) -> float:
        """Give a number."""

    def suggest_categorical(self, name: str, choices: Any) -> Any:
        """Give one of `choices`."""


@dataclass(frozen=True, slots=True)
class Space:
    """The bounds of a search.

    trees, leaves, seeds : the most of each. in_leaf : the most rows that a leaf must hold, at least 80.
    """

    trees: int
    leaves: int
    in_leaf: int
    seeds: int = 3

    @classmethod
    def of(cls, queries: int, rows: int) -> Self:
        """The space for so many queries with a positive and rows in all: both bounds shrink with them."""
        trees = min(600, max(100, queries // 4 // 50 * 50))
        leaves = min(31, max(4, queries // 100))
        return cls(trees, leaves, max(FEWEST_IN_LEAF, min(640, rows // 25)))

    def suggest(self, trial: Trial, recipe: Recipe) -> Recipe:
        """`recipe` with the figures that `trial` wants to be tried for its ranker."""
        found: dict[str, Any] = {}
        if recipe.ranker != "lightgbm":
            found["strength"] = _short(trial.suggest_float("strength", 0.003, 10.0, log=True))
            found["grade"] = _short(trial.suggest_float("grade", 0.0, 3.0))
        if recipe.ranker == "hybrid":
            found["linear_trust"] = _short(trial.suggest_float("linear_trust", 0.5, 50.0, log=True))
        if recipe.ranker != "logistic":
            found["trees"] = recipe.trees | self._trees(trial, aims=1 + (recipe.ranker == "hybrid"))
        return replace(recipe, **found)

    def _trees(self, trial: Trial, aims: int) -> dict[str, Any]:
        leaves = trial.suggest_int("num_leaves", 3, self.leaves)
        seeds = trial.suggest_int("seeds", 1, self.seeds)
        trees = trial.suggest_int("trees", 50, self.trees, step=50)
        return {
            "num_leaves": leaves,
            "seeds": seeds,
            "trees": min(trees, _MOST_LEAVES // (leaves * seeds * aims)),
            "learning_rate": _short(trial.suggest_float("learning_rate", 0.01, 0.15, log=True)),
            "min_data_in_leaf": trial.suggest_int("min_data_in_leaf", FEWEST_IN_LEAF, self.in_leaf, log=True),
            "lambda_l2": _short(trial.suggest_float("lambda_l2", 0.5, 100.0, log=True)),
            "feature_fraction": _short(trial.suggest_float("feature_fraction", 0.3, 1.0)),
            "lambdarank_norm": trial.suggest_categorical("lambdarank_norm", (False, True)),
            "lambdarank_truncation_level": trial.suggest_int("lambdarank_truncation_level", 5, 30),
        }


def _short(value: float) -> float:
    """Three digits: more say nothing, and a person reads the recipe."""
    return float(f"{value:.3g}")
