"""How a ranker is made: which one, with which figures and seed, on which share of the data."""

from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import timedelta
from typing import Any, Final

from ml.features import MONOTONE
from ml.files import json_bytes, sha256_of
from ml.models.logistic import LogisticRanker
from ml.models.ranker import HybridRanker, LinearPlusTrees
from ml.models.trees import DEFAULTS, LightGBMRanker


@dataclass(frozen=True, slots=True)
class Recipe:
    """Everything but the data that decides a model's bytes.

    ranker : hybrid, lightgbm or logistic. held_out : the share of queries to judge on. embargo_days : between both.
    trust : queries at which the hybrid's linear part counts half. strength, grade : of the linear part.
    trees : overrides of LightGBM's figures.
    """

    ranker: str = "hybrid"
    seed: int = 1
    held_out: float = 0.2
    embargo_days: int = 84
    trust: float = 500.0
    strength: float = 0.1
    grade: float = 1.0
    trees: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.ranker not in MAKERS:
            raise ValueError(f"there is no ranker {self.ranker!r}; there are {', '.join(MAKERS)}")

    @property
    def parameters(self) -> dict[str, Any]:
        """Every figure by name, defaults included."""
        return asdict(self) | {"trees": DEFAULTS | self.trees}

    @property
    def embargo(self) -> timedelta:
        """How long the slates between both sides are left out."""
        return timedelta(days=self.embargo_days)

    @property
    def sha256(self) -> str:
        """The hash of `parameters`."""
        return sha256_of(json_bytes(self.parameters))

    def make(self, *, threads: int = 1) -> LinearPlusTrees:
        """The ranker, not yet fitted; the number of threads changes no byte."""
        return MAKERS[self.ranker](self, threads)


def _hybrid(recipe: Recipe, threads: int) -> LinearPlusTrees:
    return HybridRanker(
        monotone=MONOTONE,
        seed=recipe.seed,
        threads=threads,
        trust=recipe.trust,
        strength=recipe.strength,
        grade=recipe.grade,
        parameters=recipe.trees,
    )


def _trees(recipe: Recipe, threads: int) -> LinearPlusTrees:
    return LightGBMRanker(monotone=MONOTONE, seed=recipe.seed, threads=threads, parameters=recipe.trees)


def _logistic(recipe: Recipe, threads: int) -> LinearPlusTrees:
    return LogisticRanker(strength=recipe.strength, grade=recipe.grade)


MAKERS: Final[dict[str, Callable[[Recipe, int], LinearPlusTrees]]] = {
    "hybrid": _hybrid,
    "lightgbm": _trees,
    "logistic": _logistic,
}
