"""`kith ml world`: made-up histories from a seed."""

from datetime import UTC, datetime
from pathlib import Path
from typing import cast

import click
from rich.console import Console

from ml.training.world.county import make_county
from ml.training.world.model import Summary
from ml.training.world.utility import WEIGHTS, Dial
from ml.training.world.world import USUAL_TODAY, make_world

_OUT = click.Path(file_okay=False, path_type=Path)


@click.command()
@click.option("--seed", default=1, show_default=True, help="The same seed gives the same bytes.")
@click.option("--referrals", default=4000, show_default=True, type=click.IntRange(50), help="Over 18 months.")
@click.option("--dial", default="additive", show_default=True, type=click.Choice(list(WEIGHTS)))
@click.option("--county", is_flag=True, help="Make the demonstration county instead, which has a size of its own.")
@click.option(
    "--today",
    type=click.DateTime(["%Y-%m-%d"]),
    help=f"The last day [default: {USUAL_TODAY}, for the county the day it is].",
)
@click.option("--out", required=True, type=_OUT, help="Folder for <kind>.parquet and oracle/.")
def world(seed: int, referrals: int, dial: str, county: bool, today: datetime | None, out: Path) -> None:
    """Make up a history of referrals, slates and outcomes, with the truth beside it."""
    with Console(stderr=True).status("Making up a county and running its history"):
        if county:
            made = make_county(out, seed, (today or datetime.now(UTC)).date())
        else:
            last = today.date() if today else USUAL_TODAY
            made = make_world(out, seed=seed, referrals=referrals, dial=cast(Dial, dial), today=last)
    _say(made, out)


def _say(made: Summary, out: Path) -> None:
    click.echo(
        f"{out}: a made-up history of {made.referrals} referrals, {made.exposures} slates out of {made.candidates} "
        f"eligible candidates each, {made.placements} choices; {made.chosen:.0%} chose something, "
        f"{made.sustained:.0%} kept it up."
    )
