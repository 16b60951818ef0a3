"""`kith files`: what is kept of signatures and photos, and clearing it up."""

import click

from ml.listing import Listing
from server.cli.words import counted
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
        f"{counted(done.expired, 'expired upload')} ended, {done.finished} brought to their end, "
        f"{counted(done.removed, 'file')} removed, {counted(done.missing, 'missing file')} asked for again."
    )


@files.command("list")
def list_() -> None:
    """Show how many files each programme has and how much room they take."""
    at = workplace()
    table = Listing("programme", "files", "megabytes", "on their way", right=("files", "megabytes", "on their way"))
    for tenant in sorted(at.store.heads()):
        shelf = at.services.files.shelf
        kept, coming = shelf.uses.kept(tenant), shelf.uploads.bytes_on_their_way(tenant)
        table.add(tenant, kept.count, f"{kept.bytes / 2**20:.1f}", f"{coming / 2**20:.1f}")
    table.print()
