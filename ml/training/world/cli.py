"""`kith ml world` and `kith ml county`: made-up histories from a seed."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import cast

import click
from rich.console import Console

from ml.training.world.county import make_county
from ml.training.world.utility import WEIGHTS, Dial
from ml.training.world.world import USUAL_TODAY, Summary, make_world

_DAY = click.DateTime(["%Y-%m-%d"])
_OUT = click.Path(file_okay=False, path_type=Path)


@click.command()
@click.option("--seed", default=1, show_default=True, help="The same seed gives the same bytes.")
@click.option("--referrals", default=4000, show_default=True, type=click.IntRange(10), help="Over 18 months.")
@click.option("--dial", default="additive", show_default=True, type=click.Choice(list(WEIGHTS)))
@click.option("--today", type=_DAY, default=USUAL_TODAY.isoformat(), show_default=True, help="The last day.")
@click.option("--out", required=True, type=_OUT, help="Folder for <kind>.parquet and oracle/.")
def world(seed: int, referrals: int, dial: str, today: datetime, out: Path) -> None:
    """Make up a history of referrals, slates and outcomes, with the truth beside it."""
    with Console(stderr=True).status("Making up a county and running its history"):
        made = make_world(out, seed=seed, referrals=referrals, dial=cast(Dial, dial), today=today.date())
    _say(made, out)


@click.command()
@click.option("--seed", default=1, show_default=True, help="The same seed and day give the same bytes.")
@click.option("--today", type=_DAY, help="The day the county stands on; today when left out.")
@click.option("--out", required=True, type=_OUT, help="Folder for <kind>.parquet.")
def county(seed: int, today: datetime | None, out: Path) -> None:
    """Make up the demonstration county."""
    day = today.date() if today else _now()
    with Console(stderr=True).status("Making up the demonstration county"):
        made = make_county(out, seed, day)
    _say(made, out)


def _now() -> date:
    return datetime.now(UTC).date()


def _say(made: Summary, out: Path) -> None:
    click.echo(
        f"{out}: {made.referrals} made-up referrals, {made.exposures} slates of {made.candidates} eligible candidates, "
        f"{made.placements} choices; {made.chosen:.0%} chose something, {made.sustained:.0%} kept it up."
    )
