"""The first ranker of a new place, trained on a made-up world."""

import tempfile
from pathlib import Path

from ml.models.registry import Registry, Version
from ml.training.dataset import build_dataset
from ml.training.evaluate import evaluate
from ml.training.judge import keep_evaluation
from ml.training.promote import promote
from ml.training.recipe import Recipe
from ml.training.tables import Tables
from ml.training.train import train


def train_first_model(world: Path, registry: Path) -> Version:
    """Train on the tables in the folder `world`, register, evaluate and promote; a few seconds for 4,000 referrals.

    Returns the champion at once when the registry already has one, so that it is safe to run twice. Raises TableError
    when the world is too small, RefusalError when the ranker is worse than rules.
    """
    kept = Registry(registry)
    champion = kept.champion()
    if champion is not None:
        return champion
    dataset = build_dataset(Tables(world))
    with tempfile.TemporaryDirectory() as folder:
        train(dataset, Recipe(), Path(folder))
        version = kept.register(Path(folder))
    keep_evaluation(kept, version, evaluate(version, dataset))
    return promote(kept, version.name, first=True)
