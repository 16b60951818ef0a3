"""`kith migrate`, `kith backup`, `kith restore`."""

from pathlib import Path

import click

from server.cli import copies
from server.cli.carry_over import Carried
from server.cli.copy_error import CopyError
from server.cli.file_copies import archive_of, back_up_files, files_of, restore_files
from server.cli.targets import check_target
from server.settings import make_home, settings_from
from server.storage.migrate import upgrade

_FILE = click.Path(path_type=Path)
_BY_HAND = (
    "So nothing could be carried over: shut out devices, close accounts, take rights away and erase people again, "
    "as far as that was done after the backup. The audit since then is lost."
)
_NOT_ALL = "Broken off: the database is in place, but not all signatures and photos. Run the same command again."
_AS_IT_WAS = (
    "Warning: with --as-it-was devices that were shut out, accounts that were closed and people who were erased after "
    "the backup come back, and the audit since then is lost."
)


@click.command()
def migrate() -> None:
    """Make the database or bring it up to date; safe to run again."""
    settings = settings_from()
    make_home(settings)
    upgrade(settings.database_url)
    click.echo("The database is up to date.")


@click.command()
@click.argument("file", type=_FILE)
@click.option("--force", is_flag=True, help="Replace FILE also when it is no former backup; never in Kith's home.")
def backup(file: Path, force: bool) -> None:
    """Copy the database to FILE, also while the server runs. The copy holds personal data: keep it safe.

    A former backup is replaced, once the new one is complete.
    """
    settings = settings_from()
    try:
        copies.refuse_live(settings.database_url, file)
        for target in (file, archive_of(file)):
            check_target(target, settings.home, force=force)
        with copies.copying(settings.database_url, file):
            count = back_up_files(settings.files, file)
    except CopyError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"The database is copied to {file}.")
    if count:
        click.echo(f"{count} signatures and photos are in {archive_of(file).name} beside it. Keep both together.")


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--yes", is_flag=True, help="Do not ask first.")
@click.option("--as-it-was", is_flag=True, help="Carry nothing over: access and people that were taken away come back.")
def restore(file: Path, yes: bool, as_it_was: bool) -> None:
    """Put the backup FILE in place of the database. Phones then take their records again and send what it lacks.

    What took access or data away since the backup stays so: devices shut out, accounts closed, rights lost, people
    erased, and the audit.
    """
    if as_it_was:
        click.echo(_AS_IT_WAS, err=True)
    if not yes:
        click.confirm("Everything in the database is replaced by the backup. Go on?", abort=True)
    settings = settings_from()
    make_home(settings)
    try:
        carried = copies.restore(settings.database_url, file, as_it_was=as_it_was)
    except CopyError as error:
        raise click.ClickException(str(error)) from error
    try:
        good, bad = restore_files(settings.files, file, files_of(settings))
    except KeyboardInterrupt as error:
        raise click.ClickException(_NOT_ALL) from error
    click.echo(f"The backup is in place, with a new epoch and {good} signatures and photos.")
    if bad:
        click.echo(f"{bad} of them were damaged and left out. `kith files sweep` asks the phones for them.", err=True)
    if not as_it_was:
        _tell(carried)


def _tell(carried: Carried) -> None:
    """Say what was carried over, or that nothing was and what people have to do again."""
    if carried.why_not:
        click.echo(f"{carried.why_not} {_BY_HAND}", err=True)
        return
    told = list(carried.sentences())
    click.echo("Carried over from the database that was replaced:" if told else "Nothing was taken away in between.")
    for sentence in told:
        click.echo(f"  {sentence}")
