"""`kith compact` and `kith epoch`."""

import re
from datetime import timedelta

import click

from server.cli.words import counted
from server.cli.workplace import workplace
from server.sync.compaction import compact as compact_tenant
from server.sync.compaction import forget_asked


class Days(click.ParamType[timedelta]):
    """A number of days, such as 180d."""

    name = "days"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> timedelta:
        """Read it."""
        if isinstance(value, timedelta):
            return value
        found = re.fullmatch(r"(\d{1,5})d?", str(value), re.ASCII)
        return timedelta(int(found[1])) if found else self.fail("Write days as a number and a d: 180d.", param, ctx)


@click.command()
@click.option("--tenant", help="Only this programme.")
@click.option("--older-than", type=Days(), default="180d", show_default=True, help="How long phones may stay away.")
@click.option("--inputs-older-than", type=Days(), default="730d", show_default=True,
              help="How long it is kept what volunteers were ranked by when they were asked.")  # fmt: skip
def compact(tenant: str | None, older_than: timedelta, inputs_older_than: timedelta) -> None:
    """Clear away old traces of deletions, and what volunteers were ranked by long ago. Run it every night.

    Phones that were away for longer than traces are kept take their records again.
    """
    at = workplace()
    if tenant is not None:
        at.check_tenant(tenant)
    for name in [tenant] if tenant else sorted(at.store.heads()):
        done = compact_tenant(at.store, name, at.services.now(), older_than)
        click.echo(f"{name}: {counted(done.collected, 'trace')} cleared away, the floor is at {done.floor}.")
        if forgotten := forget_asked(at.store, name, at.services.now(), inputs_older_than):
            click.echo(f"{name}: the inputs of {counted(forgotten, 'ask')} forgotten.")


@click.group()
def epoch() -> None:
    """Say that a database was put back by other means than `kith restore`."""


@epoch.command()
@click.option("--tenant", help="Only this programme.")
def new(tenant: str | None) -> None:
    """Begin a new epoch: phones take their records again and send what the database lacks."""
    at = workplace()
    if tenant is not None:
        at.check_tenant(tenant)
    for name in [tenant] if tenant else sorted(at.store.heads()):
        at.store.new_epoch(name)
        click.echo(f"{name} has a new epoch.")
