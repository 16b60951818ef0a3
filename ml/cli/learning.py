"""`kith ml train` and `first`."""

import tempfile
from pathlib import Path
from typing import Any

import click

from ml.cli.options import FOLDER, console, data_option, registry_option, seed_option, summary, working
from ml.models.registry import Registry
from ml.training.groups import Dataset
from ml.training.recipe import MAKERS, Recipe


@click.command()
@data_option
@registry_option
@seed_option
@click.option("--ranker", type=click.Choice(list(MAKERS)), default="hybrid", show_default=True)
@click.option("--held-out", type=click.FloatRange(0, 1, min_open=True, max_open=True), default=0.2, show_default=True,
              help="The newest share of queries, kept apart for judging.")  # fmt: skip
@click.option("--embargo-days", type=click.IntRange(0), default=84, show_default=True,
              help="How long before those the slates are left out.")  # fmt: skip
@click.option("--threads", type=click.IntRange(1), default=1, show_default=True, help="Changes no byte of the model.")
@click.option("--out", type=FOLDER, help="Write the version here and do not register it.")
def train(
    data: Path, registry: Path, seed: int, ranker: str, held_out: float, embargo_days: int, threads: int,
    out: Path | None,
) -> None:  # fmt: skip
    """Fit a ranker on the older part of a data set and register it as a version."""
    from ml.training import train as training

    recipe = Recipe(ranker=ranker, seed=seed, held_out=held_out, embargo_days=embargo_days)
    with working("Reading the data set") as say, tempfile.TemporaryDirectory() as scratch:
        folder = out or Path(scratch)
        read = Dataset.load(data)
        say("Training")
        manifest = training.train(read, recipe, folder, threads=threads)
        if out is None:
            Registry(registry).register(folder)
    _tell_version(manifest, out or registry / manifest["version"])


@click.command()
@click.option("--world", type=FOLDER, required=True, help="The tables to learn from.")
@registry_option
def first(world: Path, registry: Path) -> None:
    """Train and promote the first ranker of a new place; does nothing where one serves."""
    from ml.training.first import train_first_model

    with working("Training the first ranker"):
        version = train_first_model(world, registry)
    console.print(f"Version {version.name} serves.")


def _tell_version(manifest: dict[str, Any], folder: Path) -> None:
    data = manifest["data"]
    summary(
        f"Version {manifest['version']} in {folder}",
        {
            "ranker": f"{manifest['ranker']}, seed {manifest['seed']}",
            "learned from": f"{data['queries_learned']} queries before {manifest['learned_until'][:10]}",
            "kept for judging": f"{data['queries_held_out']} queries from {manifest['held_out_from'][:10]} on",
            "features": f"{len(manifest['features']['names'])}, schema {manifest['features']['schema_sha256'][:12]}",
        },
    )
