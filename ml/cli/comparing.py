"""`kith ml compare`: two versions side by side, or a version and a plain order."""

import json
from pathlib import Path
from typing import Any

import click

from ml.cli.options import console, data_option, registry_option, seed_option, working
from ml.files import write_json
from ml.listing import Listing
from ml.models.registry import Registry
from ml.training.groups import Dataset


@click.command()
@click.argument("first")
@click.argument("second")
@data_option
@registry_option
@seed_option
@click.option("--as-json", is_flag=True, help="Print what is kept beside the first version.")
def compare(first: str, second: str, data: Path, registry: Path, seed: int, as_json: bool) -> None:
    """Set version FIRST beside SECOND, another version or a plain order (rules, distance, popularity)."""
    from ml.training.beside import compare as measure
    from ml.training.beside import side

    kept = Registry(registry)
    sides = side(kept, first), side(kept, second)
    with working("Reading the data set") as say:
        read = Dataset.load(data)
        say("Measuring both on the same slates")
        found = measure(*sides, read, seed=seed)
    folder = next(one.version.folder for one in sides if one.version is not None)
    write_json(folder / f"compared-{first}-{second}.json", found)
    if as_json:
        click.echo(json.dumps(found, sort_keys=True, indent=2, ensure_ascii=False))
    else:
        _tell(found)


def _tell(found: dict[str, Any]) -> None:
    console.print(found["verdict"], highlight=False, markup=False)
    _tell_measures(found)
    _tell_slices(found)
    changed = found["changes"]
    console.print(
        f"{changed['changed']} of {changed['slates']} slates are in another order, {changed['top_changed']} begin with "
        f"another line; rank correlation {changed['rank_correlation']}.",
        highlight=False,
    )
    _tell_features(found)
    _tell_differences(found)


def _tell_measures(found: dict[str, Any]) -> None:
    table = Listing("measure", f"{found['first']} is better by")
    for name, one in found["over"].items():
        table.add(name, _span(one))
    table.print()


def _tell_slices(found: dict[str, Any]) -> None:
    table = Listing("slice", "queries", f"{found['first']} is better by")
    told = [
        (f"{group}: {name}", one["queries"], _span(one["over"]["second"]))
        for group, slices in found["slices"].items()
        for name, one in slices.items()
        if "over" in one
    ]
    for row in told:
        table.add(*row)
    if told:
        table.print()


def _tell_features(found: dict[str, Any]) -> None:
    table = Listing("feature", f"share in {found['first']}", f"in {found['second']}")
    for one in found["features"]:
        table.add(one["feature"], f"{one['first']:.1%}", f"{one['second']:.1%}")
    if found["features"]:
        table.print()


def _tell_differences(found: dict[str, Any]) -> None:
    table = Listing("what differs", found["first"], found["second"])
    for name, (mine, other) in found["differences"].items():
        table.add(name, mine, other)
    if found["differences"]:
        table.print()


def _span(found: dict[str, float]) -> str:
    return f"{found['mean']:+.3f} ({found['low']:+.3f} to {found['high']:+.3f})"
