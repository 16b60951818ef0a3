"""`kith ml train` and `first`."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click
from click.core import ParameterSource

from ml.cli.options import FOLDER, console, data_option, registry_option, seed_option, summary, working
from ml.cli.ranges import MOST_DAYS, Finite
from ml.models.registry import Registry
from ml.training.groups import Dataset
from ml.training.recipe import MAKERS, Recipe, signs

if TYPE_CHECKING:
    from ml.training.distributed import Engine

_NO_CHANCES: Final = {"sentence": "None: foreign features have no pack that could tell them."}
_FILE = click.Path(dir_okay=False, exists=True, path_type=Path)


@click.command()
@data_option
@registry_option
@seed_option
@click.option("--recipe", type=_FILE, help="What `kith ml tune` wrote; other options that are given overrule it.")
@click.option("--ranker", type=click.Choice(list(MAKERS)), default="hybrid", show_default=True)
@click.option("--held-out", type=Finite(0, 1, min_open=True, max_open=True), default=0.2, show_default=True,
              help="The newest share of queries, kept apart for judging.")  # fmt: skip
@click.option("--embargo-days", type=click.IntRange(0, MOST_DAYS), default=84, show_default=True,
              help="How long before those the slates are left out.")  # fmt: skip
@click.option("--monotone", multiple=True, metavar="NAME=SIGN",
              help="Foreign features only: 1 if more can only help, -1 if it can only harm.")  # fmt: skip
@click.option("--threads", type=click.IntRange(1), default=1, show_default=True, help="Changes no byte of the model.")
@click.option("--engine", type=click.Choice(["here", "dask"]), default="here", show_default=True,
              help="Fit the trees in this process, or on the workers of a Dask cluster.")  # fmt: skip
@click.option(
    "--workers", type=click.IntRange(1), help="--engine dask: as many processes on this machine [default: 2]."
)
@click.option("--scheduler", metavar="ADDRESS", help="--engine dask: the cluster that is there already.")
@click.option("--out", type=FOLDER, help="Write the version here and do not register it.")
@click.pass_context
def train(
    ctx: click.Context, /, data: Path, registry: Path, recipe: Path | None, monotone: tuple[str, ...], threads: int,
    engine: str, workers: int | None, scheduler: str | None, out: Path | None, **figures: Any,
) -> None:  # fmt: skip
    """Fit a ranker on the older part of a data set and register it as a version."""
    from ml.training import train as training

    chosen = _recipe(ctx, recipe, monotone, figures)
    if engine == "here" and (workers or scheduler):
        raise click.UsageError("--workers and --scheduler belong to --engine dask.")
    with working("Reading the data set") as say, tempfile.TemporaryDirectory() as scratch:
        folder = out or Path(scratch)
        read = Dataset.load(data)
        say("Training")
        with _engine(engine, workers, scheduler) as fitting:
            manifest = training.train(read, chosen, folder, threads=threads, fitting=fitting)
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


@contextmanager
def _engine(name: str, workers: int | None, scheduler: str | None) -> Iterator["Engine | None"]:
    """What fits on the workers of a Dask cluster, None for this process."""
    if name == "here":
        yield None
        return
    from ml.training.distributed import Engine, cluster

    with cluster(workers or 2, scheduler) as client:
        yield Engine(client)


def _recipe(ctx: click.Context, path: Path | None, monotone: tuple[str, ...], figures: dict[str, Any]) -> Recipe:
    """The recipe in the file, or the usual one, with the `figures` that were typed."""
    if path is not None:
        figures = {
            name: value
            for name, value in figures.items()
            if ctx.get_parameter_source(name) is not ParameterSource.DEFAULT
        }
    if monotone:
        figures["monotone"] = dict(signs(monotone))
    return replace(Recipe.read(path) if path else Recipe(), **figures)


def _tell_version(manifest: dict[str, Any], folder: Path) -> None:
    data = manifest["data"]
    summary(
        f"Version {manifest['version']} in {folder}",
        {
            "ranker": f"{manifest['ranker']}, seed {manifest['seed']}",
            "learned from": f"{data['queries_learned']} queries before {manifest['learned_until'][:10]}",
            "kept for judging": f"{data['queries_held_out']} queries from {manifest['held_out_from'][:10]} on",
            "chances": (manifest["calibration"] or _NO_CHANCES)["sentence"],
            "features": f"{len(manifest['features']['names'])}, schema {manifest['features']['schema_sha256'][:12]}",
        },
    )
