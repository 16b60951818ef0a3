"""`kith ml quality`: what a person should know of a data set before they believe what was learned from it."""

from pathlib import Path
from typing import Any

import click

from ml.cli.options import FOLDER, data_option, summary, working
from ml.files import write_json
from ml.listing import Listing
from ml.training.groups import Dataset
from ml.training.quality import Quality

#: Features that the summary names.
_NAMED = 5


@click.command()
@data_option
@click.option("--out", type=FOLDER, help="Where quality.json goes [default: beside the data set].")
def quality(data: Path, out: Path | None) -> None:
    """Tell the quality of a data set: what is missing, doubtful, or too good to be true."""
    with working("Reading the data set"):
        read = Dataset.load(data)
        told = read.report.get("quality") or counted(read)
    target = (out or data) / "quality.json"
    write_json(target, {"rows_sha256": read.report["rows_sha256"], **told})
    tell(read.report, told)
    click.echo(f"Written to {target}")


def counted(read: Dataset) -> dict[str, Any]:
    """The quality of a set whose report does not tell it: what its rows alone say."""
    found = Quality(read.feature_names)
    found.take_rows(read.in_memory().rows)
    return found.report()


def tell(report: dict[str, Any], told: dict[str, Any]) -> None:
    """Print a quality report."""
    features = told["features"]
    summary(
        f"Quality of the data set as of {report['as_of']}",
        {
            "queries": f"{report['queries']}, {report['queries_with_a_positive']} of them with a positive",
            "relevance": _pairs(report["relevance"]),
            "labels": _pairs(report["states"]),
            "missing most": _shares(features["missing"], 0.0),
            "tell most alone": _shares(features["tell_most_alone"], 0.5),
            **(_slates(told) if "slates" in told else {}),
        },
    )
    if report.get("positions") != "unknown":
        _positions(told["positions"])
    tell_warnings(told)


def tell_warnings(told: dict[str, Any]) -> None:
    """Print what a person should look at."""
    for warning in told["warnings"]:
        click.secho(f"! {warning}", fg="yellow")


def _slates(told: dict[str, Any]) -> dict[str, object]:
    slates, outcomes = told["slates"], told["outcomes"]
    months = slates["by_month"]
    return {
        "slates by policy": _pairs(slates["by_policy"]),
        "slates by pack": _pairs(slates["by_pack"]),
        "slates by month": f"{len(months)} months, {min(months.values())} to {max(months.values())} a month",
        "candidates": _pairs(slates["candidates"]),
        "explored": ", ".join(_explored(name, one) for name, one in slates["propensities"].items()),
        "outcomes": f"{outcomes['told']}, in the middle {outcomes.get('days_50', '-')} days after the choice",
        "choices without exposure": outcomes["choices_without_exposure"],
    }


def _explored(name: str, one: dict[str, Any]) -> str:
    words = {True: "adds up", False: "does not add up", None: "nothing to add up"}[one["adds_up"]]
    lowest, highest = f"{one['lowest']:.4g}", f"{one['highest']:.4g}"
    return f"{name}: {one['share_of_slates_explored']:.1%} of slates, propensities {lowest} to {highest}, {words}"


def _pairs(counts: dict[str, Any]) -> str:
    return ", ".join(f"{name}: {count}" for name, count in counts.items()) or "none"


def _shares(shares: dict[str, float], nothing: float) -> str:
    """Name those furthest from `nothing`, the share that tells nothing."""
    ordered = sorted(shares.items(), key=lambda pair: -abs(pair[1] - nothing))
    return ", ".join(f"{name} {share:.0%}" for name, share in ordered[:_NAMED]) or "none"


def _positions(positions: dict[str, dict[str, Any]]) -> None:
    table = Listing("position", "shown", "chosen", right=("position", "shown", "chosen"))
    for position, one in positions.items():
        table.add(position, one["shown"], f"{one['share_chosen']:.1%}")
    table.print()
