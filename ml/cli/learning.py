"""`kith ml dataset`, `train` and `first`."""

import tempfile
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import click

from ml.cli.options import DATASET, FOLDER, console, data_option, home, registry_option, seed_option, summary, working
from ml.models.registry import Registry
from ml.training.dataset import build_dataset
from ml.training.groups import Dataset
from ml.training.recipe import MAKERS, Recipe
from ml.training.tables import Tables

#: Where `kith demo` puts the made-up history of the first ranker, in KITH_HOME.
MADE_UP: Final = Path("world") / "first"
#: How often the count of exposures read is shown.
_STEP = 500


@click.command()
@click.option("--from", "source", type=FOLDER, help="Tables that were exported before, or a made-up world.")
@click.option("--tenant", envvar="KITH_TENANT", default="essex-demo", show_default=True,
              help="Without --from: the programme to export from the database.")  # fmt: skip
@click.option("--made-up/--no-made-up", default=True, show_default=True,
              help="Without --from: also read the made-up history of the first ranker.")  # fmt: skip
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="Know nothing after this day [default: the newest].")
@click.option("--labels", type=click.Choice(["choice", "outcome"]), default="choice", show_default=True,
              help="Take choices whose outcome is awaited at relevance 1, or leave their slates out.")  # fmt: skip
@click.option("--out", type=FOLDER, default=lambda: home() / DATASET, show_default=f"{DATASET} in KITH_HOME")
@click.pass_context
def dataset(
    ctx: click.Context, source: Path | None, tenant: str, made_up: bool, as_of: datetime | None, labels: str, out: Path
) -> None:
    """Turn exposures and choices into a data set of query groups, as of a day."""
    tables = Tables(source) if source else _exported(ctx, tenant, made_up)
    with working("Reading exposures") as say:
        made = build_dataset(
            tables,
            as_of=as_of.date() if as_of else None,
            scheme=labels,
            progress=lambda done: None if done % _STEP else say(f"Reading exposures: {done}"),
        )
        made.save(out)
    _tell_dataset(made.report, tables, out)


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


def _exported(ctx: click.Context, tenant: str, made_up: bool) -> Tables:
    """Run `kith export`, which only the assembled command line has, and name the folders to read."""
    root = ctx.find_root()
    group = root.command if isinstance(root.command, click.Group) and root is not ctx.parent else None
    command = group.get_command(root, "export") if group else None
    if command is None:
        raise click.UsageError("Say with --from where the tables are: there is no database here to export.")
    folder = home() / "exports" / tenant
    ctx.invoke(command, tenant=tenant, folder=folder)
    return Tables(folder, (home() / MADE_UP,) if made_up and (home() / MADE_UP).is_dir() else ())


def _tell_dataset(report: dict[str, Any], tables: Tables, out: Path) -> None:
    exposures = report["exposures"]
    summary(
        f"Data set as of {report['as_of']} in {out}",
        {
            "read from": ", ".join(str(folder) for folder in (tables.root, *tables.more)),
            "exposures read": exposures["exposures"],
            "queries": f"{report['queries']}, {report['queries_with_a_positive']} of them with a positive",
            "shown items": report["rows"],
            "relevance": ", ".join(f"{value}: {count}" for value, count in report["relevance"].items()),
            "choices that await their outcome": report["states"].get("waiting", 0),
            "newest exposure": report["last_shown_at"],
            "left out": ", ".join(
                f"{exposures[name]} {words}" for name, words in _LEFT_OUT.items() if name in exposures
            )
            or "none",
        },
    )


_LEFT_OUT = {
    "without_choice": "without a choice",
    "waiting_for_choice": "too new to have one",
    "no_matter_of_taste": "for want of a place or transport",
    "later": "after that day",
    "damaged": "damaged",
}


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
