"""`kith tenant`: programmes, each with records and accounts of its own."""

import re

import click

from ml.listing import Listing
from server.cli.workplace import workplace


@click.group()
def tenant() -> None:
    """Add and list programmes: a county, a place, a demonstration."""


@tenant.command()
@click.argument("name")
def add(name: str) -> None:
    """Make a programme; a second time changes nothing."""
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,62}", name):
        raise click.ClickException("A programme's name has small letters, digits and hyphens, such as essex-west.")
    workplace().store.ensure_tenant(name)
    click.echo(f"The programme {name} is there.")


@tenant.command("list")
def list_() -> None:
    """List programmes, how many accounts they have and how far their feeds have come."""
    at = workplace()
    table = Listing("programme", "accounts", "feed", right=("accounts", "feed"))
    for name, head in sorted(at.store.heads().items()):
        table.add(name, len(at.services.accounts.accounts.all(name)), head.seq)
    table.print()
