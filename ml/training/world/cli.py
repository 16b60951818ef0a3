"""`kith ml world`: made-up histories from a seed."""

from datetime import UTC, datetime
from pathlib import Path

import click

from ml.cli.made_up import refuse_real_tables
from ml.cli.options import seed_option, working
from ml.cli.ranges import Day
from ml.training.world.county import make_county
from ml.training.world.dials import PRESETS, SETTABLE, DialError
from ml.training.world.model import Summary
from ml.training.world.world import USUAL_TODAY, make_world

_OUT = click.Path(file_okay=False, path_type=Path)


@click.command()
@seed_option
@click.option("--referrals", default=4000, show_default=True, type=click.IntRange(50), help="Over 18 months.")
@click.option("--dial", default="additive", show_default=True, type=click.Choice(list(PRESETS)))
@click.option(
    "--set", "settings", multiple=True, metavar="DIAL=NUMBER",
    help=f"Turn one dial, such as bias=0 or drift=1; may be given again. There are {', '.join(SETTABLE)}.",
)  # fmt: skip
@click.option("--deprivation", is_flag=True, help="Also write deprivation.parquet, as kith export does, for audits.")
@click.option("--county", is_flag=True, help="Make the demonstration county instead, which has a size of its own.")
@click.option(
    "--today",
    type=Day(),
    help=f"The last day [default: {USUAL_TODAY}, for the county the day it is].",
)
@click.option("--out", required=True, type=_OUT, help="Folder for <kind>.parquet, world.json and oracle/.")
def world(
    seed: int, referrals: int, dial: str, settings: tuple[str, ...], deprivation: bool, county: bool,
    today: datetime | None, out: Path,
) -> None:  # fmt: skip
    """Make up a history of referrals, slates and outcomes, with the truth beside it. All of it is synthetic."""
    if county and settings:
        raise click.UsageError("The demonstration county has no dials to set.")
    refuse_real_tables(out)
    with working("Making up a county and running its history"):
        if county:
            made = make_county(out, seed, (today or datetime.now(UTC)).date())
        else:
            made = _make(out, seed, referrals, dial, settings, today, deprivation)
    _say(made, out)


def _make(
    out: Path,
    seed: int,
    referrals: int,
    dial: str,
    settings: tuple[str, ...],
    today: datetime | None,
    deprivation: bool,
) -> Summary:
    last = today.date() if today else USUAL_TODAY
    try:
        turned = dict(map(_setting, settings))
        return make_world(
            out, seed=seed, referrals=referrals, dial=dial, today=last, settings=turned, deprivation=deprivation
        )
    except DialError as error:
        raise click.ClickException(str(error)) from error


def _setting(text: str) -> tuple[str, float]:
    name, _, value = text.partition("=")
    try:
        return name.strip(), float(value)
    except ValueError:
        raise DialError(f"--set takes DIAL=NUMBER, such as bias=0; {text!r} is not one.") from None


def _say(made: Summary, out: Path) -> None:
    click.echo(
        f"{out}: a made-up history of {made.referrals} referrals, {made.exposures} slates out of {made.candidates} "
        f"eligible candidates each, {made.placements} choices; {made.chosen:.0%} chose something, "
        f"{made.sustained:.0%} kept it up. No person, group or place in it is real."
    )
