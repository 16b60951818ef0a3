"""A made-up world, the data set of its log and the version that learned from it: what the audits look at."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from ml.models.registry import Registry, Version
from ml.training.dataset import build_dataset
from ml.training.groups import Dataset
from ml.training.recipe import Recipe
from ml.training.tables import Tables
from ml.training.train import train
from ml.training.world import make_world


@dataclass(frozen=True, slots=True)
class Learned:
    """A world with its name, its data set and its version."""

    name: str
    folder: Path
    dataset: Dataset
    version: Version
    registry: Registry


@contextmanager
def learned(dial: str, seed: int, referrals: int, **settings: float) -> Iterator[Learned]:
    """Make a world, learn from it with the usual recipe, and throw both away in the end."""
    with TemporaryDirectory() as scratch:
        folder = Path(scratch) / "world"
        make_world(folder, seed=seed, referrals=referrals, dial=dial, settings=settings)
        dataset = build_dataset(Tables(folder))
        train(dataset, Recipe(), Path(scratch) / "version")
        registry = Registry(Path(scratch) / "models")
        version = registry.register(Path(scratch) / "version")
        yield Learned(f"{dial}, seed {seed}", folder, dataset, version, registry)
