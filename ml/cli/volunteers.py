"""`kith ml volunteers …`: the same work for the order of volunteers and of what they may do."""

import tempfile
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

import click

from ml.cli.data import exported
from ml.cli.made_up import refuse_real_tables
from ml.cli.options import FOLDER, console, home, seed_option, summary, working
from ml.cli.ranges import Day
from ml.cli.serving import named
from ml.files import write_bytes, write_json
from ml.listing import Listing
from ml.models.evidence import EVALUATION
from ml.models.registry import Registry

#: Where the data set lies in KITH_HOME, and the versions among the models.
DATASET: Final = Path("datasets") / "volunteers"
REGISTRY: Final = "volunteers"
_DATASET_BY: Final = "kith ml volunteers dataset"
_TRAINED_BY: Final = "kith ml volunteers train"

_data = click.option("--data", type=FOLDER, default=lambda: home() / DATASET, show_default=f"{DATASET} in KITH_HOME")
_models = click.option(
    "--registry", type=FOLDER, envvar="KITH_MODELS", default=lambda: home() / "models",
    show_default="KITH_MODELS, or models in KITH_HOME", help="The volunteers' versions are in its folder volunteers.",
)  # fmt: skip
_from = click.option("--from", "source", type=FOLDER, help="Tables that were exported before, or a made-up centre.")
_tenant = click.option("--tenant", envvar="KITH_TENANT", default="essex-demo", show_default=True,
                       help="Without --from: the programme whose asks are read.")  # fmt: skip


@click.group()
def volunteers() -> None:
    """Train, judge and promote the order of volunteers for a task, and of tasks for a volunteer."""


@volunteers.command()
@seed_option
@click.option("--dial", default="even", show_default=True, type=click.Choice(["even", "stretched"]))
@click.option("--days", default=240, show_default=True, type=click.IntRange(30))
@click.option("--volunteers", "count", type=click.IntRange(20), help="[default: the dial's]")
@click.option("--out", required=True, type=FOLDER, help="Folder for <kind>.parquet, world.json and oracle/.")
def world(seed: int, dial: str, days: int, count: int | None, out: Path) -> None:
    """Make up a centre: volunteers, tasks, asks with known chances, and the truth beside them. All is synthetic."""
    from ml.training.volunteers.world import make_volunteers_world

    refuse_real_tables(out)
    with working("Making up a centre and running its history"):
        made = make_volunteers_world(out, seed=seed, dial=dial, days=days, volunteers=count)
    console.print(
        f"{out}: {made['tasks']} tasks put to {made['volunteers']} made-up volunteers in {made['waves']} waves; "
        f"{made['agreed']:.0%} of {made['asks']} asks got a yes, {made['taken']:.0%} of the tasks were taken."
    )


@volunteers.command()
@_from
@_tenant
@click.option("--as-of", type=Day(), help="Know nothing after this day [default: the newest].")
@click.option("--out", type=FOLDER, default=lambda: home() / DATASET, show_default=f"{DATASET} in KITH_HOME")
def dataset(source: Path | None, tenant: str, as_of: datetime | None, out: Path) -> None:
    """Turn asks and their answers into a data set of query groups, as of a day.

    Without --from the programme's records are exported first, as `kith export` does.
    """
    from ml.training.tables import Tables
    from ml.training.volunteers.dataset import build_volunteers_dataset

    tables = Tables(source) if source else exported(click.get_current_context(), tenant)
    with working("Reading asks"):
        made = build_volunteers_dataset(tables, as_of=as_of.date() if as_of else None)
        made.save(out)
    told = made.report
    summary(
        f"Data set as of {told['as_of']} in {out}",
        {
            "tasks": f"{told['queries']}, {told['queries_with_a_positive']} of them with a yes, "
            f"{told['queries_to_compare']} with a yes beside another answer",
            "asks": told["rows"],
            "relevance": _counted(told["relevance"]),
            "waves read": _counted(told["waves"]),
            "asks that tell nothing": _counted(told["asks_left_out"]) or "none",
        },
    )


@volunteers.command()
@_data
@_models
@seed_option
@click.option("--threads", type=click.IntRange(1), default=1, show_default=True, help="Changes no byte of the model.")
def train(data: Path, registry: Path, seed: int, threads: int) -> None:
    """Fit the hybrid on the older asks and register it as a version."""
    from dataclasses import replace

    from ml.training import train as training
    from ml.training.groups import Dataset
    from ml.training.volunteers.evaluate import RECIPE, refuse_other_sets

    with working("Training"), tempfile.TemporaryDirectory() as scratch:
        read = Dataset.load(data, _DATASET_BY)
        refuse_other_sets(read)
        manifest = training.train(read, replace(RECIPE, seed=seed), Path(scratch), threads=threads)
        version = Registry(registry / REGISTRY).register(Path(scratch))
    learned = manifest["data"]["queries_learned"]
    console.print(f"Version {version.name} learned from {learned} tasks before {manifest['learned_until'][:10]}.")


@volunteers.command()
@click.argument("version", required=False)
@_data
@_models
@seed_option
@click.option("--world", "truth", type=FOLDER, help="A made-up centre: also compare with its truth.")
def evaluate(version: str | None, data: Path, registry: Path, seed: int, truth: Path | None) -> None:
    """Measure VERSION (the one trained last) on asks that it never saw, beside plain orders."""
    from ml.training.groups import Dataset
    from ml.training.volunteers.evaluate import evaluate as evaluating

    kept = Registry(registry / REGISTRY)
    judged = named(kept, version, _TRAINED_BY)
    judged.check()
    with working("Measuring orders and resampling waves"):
        found = evaluating(judged, Dataset.load(data, _DATASET_BY), champion=kept.champion(), world=truth, seed=seed)
        kept.write_evidence(judged.name, EVALUATION, found)
    _tell(f"Version {judged.name} on {found['queries']['judged']} tasks from {found['judged_from'][:10]} on",
          {name: each["ndcg@10"] for name, each in found["quality"].items()}, found["over"])  # fmt: skip
    for question, told in found.get("truth", {}).items():
        _tell(f"Against the truth, {question}: {told['queries']} lists", told["quality"], told["over"])


@volunteers.command()
@click.argument("version", required=False)
@_models
def promote(version: str | None, registry: Path) -> None:
    """Let VERSION (the one trained last) serve, or say every reason why not."""
    from ml.models.history import PROMOTED, REFUSED, note
    from ml.training.volunteers.evaluate import RefusalError, refusals

    kept = Registry(registry / REGISTRY)
    asked = named(kept, version, _TRAINED_BY)
    with kept.alone():
        before, today = kept.champion(), date.today()
        if reasons := refusals(asked, before):
            note(kept, REFUSED, asked, before, on=today, reasons=reasons)
            raise RefusalError(asked.name, reasons)
        note(kept, PROMOTED, kept.promote(asked.name), before, on=today)
    console.print(f"Version {asked.name} ranks tasks for volunteers and volunteers for tasks.")


@volunteers.command()
@_from
@_tenant
@_data
@_models
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), default=lambda: home() / "volunteers.html",
              show_default="volunteers.html in KITH_HOME")  # fmt: skip
def report(source: Path | None, tenant: str, data: Path, registry: Path, out: Path) -> None:
    """Write one self-contained page: who says yes, how soon, how what is asked is shared, how good the order is.

    Its figures lie beside it as JSON. Without --from it reads the programme's last export, which `dataset` made.
    """
    from ml.report.volunteers import report as written
    from ml.report.volunteers_known import known_of
    from ml.training.groups import Dataset
    from ml.training.tables import Tables
    from ml.training.volunteers.asked import newest
    from ml.training.volunteers.report import lines
    from ml.training.volunteers.report import report as made

    tables, version = Tables(source or home() / "exports" / tenant), Registry(registry / REGISTRY).challenger()
    newest(tables)
    with working("Counting and drawing"):
        read = Dataset.load(data, _DATASET_BY)
        found = made(read, tables, version.evaluation if version else None)
        write_json(out.with_suffix(".json"), found)
        write_bytes(out, written(found, known_of(version, read) if version else None).encode())
    summary(f"Volunteers as of {found['as_of']}: {out}, figures in {out.with_suffix('.json')}", dict(lines(found)))
    for what, groups in (("district", found["by_district"]), ("skill", found["by_skill"])):
        _tell_groups(what, groups)


@volunteers.command()
@click.argument("version", required=False)
@_models
@seed_option
@click.option("--dial", default="even", show_default=True, type=click.Choice(["even", "stretched"]))
@click.option("--days", default=150, show_default=True, type=click.IntRange(30))
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), default=lambda: home() / "sharing.json",
              show_default="sharing.json in KITH_HOME")  # fmt: skip
def share(version: str | None, registry: Path, seed: int, dial: str, days: int, out: Path) -> None:
    """Let VERSION ask in a made-up centre: how its asks are shared, beside nearest first and suitability alone."""
    from ml.models.stored import load_ranker
    from ml.training.volunteers.sharing import contenders, shared
    from ml.training.volunteers.town import PRESETS

    judged = named(Registry(registry / REGISTRY), version, _TRAINED_BY)
    judged.check()
    with working("Asking") as say:
        compared = contenders(load_ranker(judged.folder).score)
        found = shared(
            compared, seed=seed, dials=PRESETS[dial], days=days, progress=lambda name: say(f"Asking: {name}")
        )
    about = {"version": judged.name, "pack_sha256": judged.pack_sha256, "seed": seed, "dial": dial, "days": days}
    write_json(out, about | {"policies": found})
    table = Listing("order", "said yes", "tasks taken", "asks a task", "Gini", "never asked", "most in 30 days",
                    title=f"Asks of one made-up centre, in full in {out}")  # fmt: skip
    for name, one in found.items():
        shares = (f"{one[key]:.1%}" for key in ("acceptance", "filled"))
        rest = (f"{one['asks_per_task']:.2f}", f"{one['gini']:.3f}", f"{one['never_asked']:.1%}")
        table.add(name, *shares, *rest, int(one["most_in_30_days"]))
    table.print()


def _counted(found: dict[str, int]) -> str:
    return ", ".join(f"{name.replace('_', ' ')}: {count}" for name, count in found.items())


def _tell(title: str, quality: dict[str, Any], over: dict[str, Any]) -> None:
    table = Listing("order", "NDCG@10", "this version is better by", title=title)
    for name, found in quality.items():
        table.add(name, _mean(found), _mean(over.get(name), "+.3f"))
    table.print()


def _tell_groups(what: str, groups: list[dict[str, Any]]) -> None:
    table = Listing(what, "asks", "said yes", "hours to the first yes", "Gini of those asked", right=("asks",))
    for group in groups:
        shares = (group["acceptance"], group["hours_to_first_yes"], group["gini_of_asked"])
        table.add(group["name"], group["asks"] or "few", *("" if one is None else f"{one:.2f}" for one in shares))
    table.print()


def _mean(found: dict[str, Any] | None, form: str = ".3f") -> str:
    return "" if found is None else f"{found['mean']:{form}} ({found['low']:{form}} to {found['high']:{form}})"
