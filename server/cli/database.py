"""`kith migrate`, `kith backup`, `kith restore`."""

from pathlib import Path

import click

from server.cli import copies
from server.cli.copies import CopyError
from server.cli.file_copies import archive_of, back_up_files, restore_files
from server.settings import make_home, settings_from
from server.storage.migrate import upgrade

_FILE = click.Path(dir_okay=False, path_type=Path)


@click.command()
def migrate() -> None:
    """Make the database or bring it up to date; safe to run again."""
    settings = settings_from()
    make_home(settings)
    upgrade(settings.database_url)
    click.echo("The database is up to date.")


@click.command()
@click.argument("file", type=_FILE)
def backup(file: Path) -> None:
    """Copy the database to FILE, also while the server runs. The copy holds personal data: keep it safe."""
    try:
        settings = settings_from()
        copies.back_up(settings.database_url, file)
    except CopyError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"The database is copied to {file}.")
    count = back_up_files(settings.files, file)
    if count:
        click.echo(f"{count} signatures and photos are in {archive_of(file).name} beside it. Keep both together.")


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--yes", is_flag=True, help="Do not ask first.")
def restore(file: Path, yes: bool) -> None:
    """Put the backup FILE in place of the database. Phones then take their records again and send what it lacks."""
    if not yes:
        click.confirm("Everything in the database is replaced by the backup. Go on?", abort=True)
    settings = settings_from()
    make_home(settings)
    try:
        copies.restore(settings.database_url, file)
    except CopyError as error:
        raise click.ClickException(str(error)) from error
    upgrade(settings.database_url)
    good, bad = restore_files(settings.files, file)
    click.echo(f"The backup is in place, with a new epoch and {good} signatures and photos.")
    if bad:
        click.echo(f"{bad} of them were damaged and left out. `kith files sweep` asks the phones for them.", err=True)
