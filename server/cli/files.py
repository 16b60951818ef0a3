"""`kith files`: what is kept of signatures and photos, and clearing it up."""

import click
from rich.console import Console
from rich.table import Table

from server.cli.workplace import workplace
from server.files.sweep import sweep as sweep_files


@click.group()
def files() -> None:
    """See how much room files take, and clear up what nobody refers to."""


@files.command()
def sweep() -> None:
    """End expired uploads, remove files without a record, ask phones again for missing ones. Run it every night."""
    at = workplace().services.files
    done = sweep_files(at.shelf, at.limits)
    click.echo(
        f"{done.expired} expired uploads ended, {done.finished} brought to their end, {done.removed} files removed, "
        f"{done.missing} missing files asked for again."
    )


@files.command("list")
def list_() -> None:
    """Show how many files each programme has and how much room they take."""
    at = workplace()
    table = Table("programme", "files", "megabytes", "on their way")
    for tenant in sorted(at.store.heads()):
        shelf = at.services.files.shelf
        kept, coming = shelf.uses.kept(tenant), shelf.uploads.bytes_on_their_way(tenant)
        table.add_row(tenant, str(kept.count), f"{kept.bytes / 2**20:.1f}", f"{coming / 2**20:.1f}")
    Console().print(table)
