"""`kith ml evaluate` and `ndcg`."""

from datetime import datetime
from pathlib import Path
from typing import Any

import click

from ml.cli.options import FOLDER, console, data_option, home, registry_option, seed_option, working
from ml.cli.ranges import SEED
from ml.cli.serving import named
from ml.files import write_json
from ml.listing import Listing
from ml.models.registry import Registry, Version
from ml.training.evaluate import DECISIVE
from ml.training.groups import Dataset
from ml.training.judge import keep_evaluation


@click.command()
@click.argument("version", required=False)
@data_option
@registry_option
@seed_option
@click.option("--world", type=FOLDER, help="A made-up world: also compare with its truth.")
@click.option("--learning-curve", is_flag=True, help="Also fit the recipe on growing parts of the data.")
def evaluate(
    version: str | None, data: Path, registry: Path, seed: int, world: Path | None, learning_curve: bool
) -> None:
    """Measure VERSION (the one trained last) beside the champion and every baseline."""
    from ml.training import evaluate as evaluating

    kept = Registry(registry)
    judged = named(kept, version)
    judged.check()
    with working("Reading the data set") as say:
        read = Dataset.load(data)
        say("Measuring orders and resampling queries")
        found = evaluating.evaluate(
            judged, read, champion=kept.champion(), seed=seed, curve=learning_curve, progress=say
        )
        if world is not None:
            say("Comparing with the truth")
            found["truth"] = _truth(kept, judged.name, world, seed)
        keep_evaluation(kept, judged, found)
    _tell(found)


def _seeds(_context: click.Context, _parameter: click.Parameter, text: str) -> list[int]:
    try:
        return [SEED(seed.strip()) for seed in text.split(",")]
    except click.BadParameter:
        raise click.BadParameter("give whole numbers divided by commas, none below 0") from None


def _kinds(_context: click.Context, _parameter: click.Parameter, text: str) -> list[str]:
    from ml.training.world.dials import DialError
    from ml.training.world.dials import dials as preset

    try:
        return [preset(name).name for name in text.split(",")]
    except DialError as error:
        raise click.BadParameter(str(error)) from error


@click.command()
@click.option("--referrals", type=click.IntRange(100), default=4000, show_default=True)
@click.option("--seeds", default="1,2,3", show_default=True, callback=_seeds, help="Of the worlds, divided by commas.")
@click.option("--dials", default="additive,hard,rural", show_default=True, callback=_kinds,
              help="Kinds of world, divided by commas.")  # fmt: skip
@click.option("--jobs", type=click.IntRange(1), default=1, show_default=True, help="Worlds at a time.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), default=lambda: home() / "ndcg.json",
              show_default="ndcg.json in KITH_HOME")  # fmt: skip
def ndcg(referrals: int, seeds: list[int], dials: list[str], jobs: int, out: Path) -> None:
    """Train every ranker on several made-up worlds and compare them with the truth."""
    from ml.training.comparison import as_markdown, compare

    with working("Making worlds") as say:
        found = compare(dials, seeds, referrals, jobs=jobs, progress=say)
    write_json(out, found)
    console.print(as_markdown(found), soft_wrap=True, markup=False, highlight=False)


def _truth(kept: Registry, name: str, world: Path, seed: int) -> dict[str, Any]:
    from ml.features import FEATURE_NAMES
    from ml.models.baselines import baselines
    from ml.models.stored import load_ranker
    from ml.training.truth import against_truth, read_truth

    version, champion = kept.version(name), kept.champion()
    rival = {"champion": champion} if champion and champion.name != name and _alike(version, champion) else {}
    compared = {"version": version, **rival}
    truth = read_truth(world, max(datetime.fromisoformat(one.manifest["held_out_from"]) for one in compared.values()))
    scorers = {who: load_ranker(one.folder).score for who, one in compared.items()}
    scorers |= {other: ranker.score for other, ranker in baselines(FEATURE_NAMES).items()}
    return against_truth(truth, scorers, seed=seed)


def _alike(version: Version, other: Version) -> bool:
    return bool(version.manifest["features"]["schema_sha256"] == other.manifest["features"]["schema_sha256"])


def _tell(found: dict[str, Any]) -> None:
    queries = found["queries"]
    title = f"Version {found['version']} on {queries['judged']} queries from {found['judged_from'][:10]} on"
    table = Listing("order", DECISIVE, "mrr", "recall@5", "this version is better by", title=title)
    for name, quality in found["quality"].items():
        over = found["over"].get(name)
        table.add(name, *(_mean(quality[measure]) for measure in (DECISIVE, "mrr", "recall@5")), _mean(over, "+.3f"))
    table.print()
    console.print(f"{queries['share_without_a_positive']:.0%} of the queries had no positive and are left out.")
    _tell_slices(found["slices"])
    for line in (*_corrected(found["corrected"]), *_curve(found.get("learning_curve", [])), *_truth_told(found)):
        console.print(line, highlight=False, markup=False)


def _tell_slices(slices: dict[str, Any]) -> None:
    """The slices that may be told, in one table; the names of the others below it."""
    table = Listing("slice", "queries", f"{DECISIVE} of this version", "better than rules by")
    for group, found in slices.items():
        for name, one in found.items():
            if "quality" in one:
                over = _mean(one["over"].get("rules"), "+.3f")
                table.add(f"{group}: {name}", one["queries"], _mean(one["quality"]["version"]), over)
    if slices:
        table.print()
    small = [
        f"{group}: {name}" for group, found in slices.items() for name, one in found.items() if "suppressed" in one
    ]
    if small:
        console.print(f"Too few queries to tell of: {', '.join(small)}.", highlight=False, markup=False)


def _corrected(found: dict[str, Any]) -> list[str]:
    if found["refused"]:
        return [f"Not corrected for position: {found['refused']}"]
    quality = ", ".join(f"{name} {one['mean']:.3f}" for name, one in found["quality"].items())
    over = {name: one for name, one in found["over"].items() if name == "rules"}
    lead = "".join(f"; better than {name} by {_mean(one, '+.3f')}" for name, one in over.items())
    return [f"Corrected for position: {quality}{lead}."]


def _curve(points: list[dict[str, Any]]) -> list[str]:
    return [f"learned from {point['queries']} slates: {_mean(point[DECISIVE])}" for point in points]


def _truth_told(found: dict[str, Any]) -> list[str]:
    quality = found["truth"]["quality"] if "truth" in found else {}
    return [f"against the truth, {name}: {_mean(one)}" for name, one in quality.items()]


def _mean(found: dict[str, Any] | None, form: str = ".3f") -> str:
    if found is None:
        return ""
    return f"{found['mean']:{form}} ({found['low']:{form}} to {found['high']:{form}})"
