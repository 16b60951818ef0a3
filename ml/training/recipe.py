"""How a ranker is made: which one, with which figures and seed, on which share of the data."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from datetime import timedelta
from pathlib import Path
from typing import Any, Final, Self

from ml.features import MONOTONE
from ml.files import json_bytes, read_json, sha256_of
from ml.models.logistic import LogisticRanker
from ml.models.ranker import HybridRanker, LinearPlusTrees
from ml.models.trees import DEFAULTS, LightGBMRanker
from ml.training.tables import TableError

#: What a recipe said while the trees had one aim (docs/decisions, trees with two aims).
_OLD: Final = "trust"


@dataclass(frozen=True, slots=True)
class Recipe:
    """Everything but the data that decides a model's bytes.

    ranker : hybrid, lightgbm or logistic. held_out : the share of queries to judge on. embargo_days : between both.
    linear_trust : how much of its linear part the hybrid keeps, see `ml.models.ranker.share_of`. strength, grade : of
    that part.
    trees : overrides of LightGBM's figures. monotone : -1 or 1 by name, for foreign features only.
    Raises ValueError when a figure makes no sense.
    """

    ranker: str = "hybrid"
    seed: int = 1
    held_out: float = 0.2
    embargo_days: int = 84
    linear_trust: float = 5.0
    strength: float = 0.03
    grade: float = 1.0
    trees: dict[str, Any] = field(default_factory=dict)
    monotone: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.ranker not in MAKERS:
            raise ValueError(f"there is no ranker {self.ranker!r}; there are {', '.join(MAKERS)}")
        unknown = self.trees.keys() - DEFAULTS.keys()
        if unknown:
            raise ValueError(f"trees have no figure {', '.join(sorted(unknown))}; there are {', '.join(DEFAULTS)}")
        if not 0 < self.held_out < 1 or self.embargo_days < 0:
            raise ValueError("the share held out must lie between 0 and 1, the embargo not below 0 days")
        if self.linear_trust < 0 or self.strength <= 0 or self.grade < 0:
            raise ValueError("a strength above 0 is needed, and linear_trust and grade not below")
        if not set(self.monotone.values()) <= {-1, 0, 1}:
            raise ValueError("a sign is -1, 0 or 1")

    @classmethod
    def read(cls, path: Path) -> Self:
        """The recipe in the JSON file `path`, its own or under the key ``recipe`` as `kith ml tune` writes it.

        Raises TableError when it is none.
        """
        try:
            found = read_json(path)
        except (OSError, ValueError) as error:
            raise TableError(f"There is no recipe in {path}: it cannot be read as JSON.") from error
        return cls.of(found.get("recipe", found) if isinstance(found, dict) else found, str(path))

    @classmethod
    def of(cls, values: Any, where: str) -> Self:
        """The recipe with these `values` by name; TableError, which names `where`, when they make none."""
        if not isinstance(values, dict):
            raise TableError(f"The recipe in {where} must be an object of names and values.")
        if _OLD in values:
            raise TableError(
                f"The recipe in {where} is of before half of the trees aimed at choices: its {_OLD!r} was a share, and "
                "all its trees had one aim. Tune again with `kith ml tune`, or take `trust` and `trees` out."
            )
        unknown = values.keys() - {each.name for each in fields(cls)}
        if unknown:
            raise TableError(f"The recipe in {where} knows no {', '.join(sorted(unknown))}.")
        try:
            return cls(**values)
        except (TypeError, ValueError, AttributeError) as error:
            raise TableError(f"The recipe in {where} makes no ranker: {error}.") from error

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

    def make(self, *, threads: int = 1, monotone: Sequence[int] = MONOTONE) -> LinearPlusTrees:
        """The ranker, not yet fitted; the number of threads changes no byte.

        monotone : one sign a feature; those of our own features when nothing is said.
        """
        return MAKERS[self.ranker](self, threads, monotone)


def signs(told: Sequence[str]) -> Mapping[str, int]:
    """The signs that were typed as ``name=1`` or ``name=-1``; TableError when one was typed otherwise."""
    found = {}
    for each in told:
        name, _, sign = each.rpartition("=")
        if not name or sign not in ("1", "+1", "-1", "0"):
            raise TableError(f"Say a sign as NAME=1 or NAME=-1, not {each!r}.")
        found[name] = int(sign)
    return found


def _hybrid(recipe: Recipe, threads: int, monotone: Sequence[int]) -> LinearPlusTrees:
    return HybridRanker(
        monotone=monotone,
        seed=recipe.seed,
        threads=threads,
        trust=recipe.linear_trust,
        strength=recipe.strength,
        grade=recipe.grade,
        parameters=recipe.trees,
    )


def _trees(recipe: Recipe, threads: int, monotone: Sequence[int]) -> LinearPlusTrees:
    return LightGBMRanker(monotone=monotone, seed=recipe.seed, threads=threads, parameters=recipe.trees)


def _logistic(recipe: Recipe, threads: int, monotone: Sequence[int]) -> LinearPlusTrees:
    return LogisticRanker(strength=recipe.strength, grade=recipe.grade)


MAKERS: Final[dict[str, Callable[[Recipe, int, Sequence[int]], LinearPlusTrees]]] = {
    "hybrid": _hybrid,
    "lightgbm": _trees,
    "logistic": _logistic,
}
