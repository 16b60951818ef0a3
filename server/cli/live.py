"""`kith live`."""

import asyncio
import errno
import fcntl
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Final

import click

from server.child import TAKEN
from server.cli.plain import plain_errors
from server.settings import Settings, make_home, settings_from, signing_keys

#: Where `kith live` listens when nobody says otherwise.
_PORT: Final = 8081


@click.command()
@click.option("--child", is_flag=True, hidden=True, help="Started by `kith serve`, and ends with it.")
def live(child: bool) -> None:
    """Hold a connection to each phone and poke it when it should sync; on HOST and KITH_LIVE_PORT (8081)."""
    with plain_errors():
        settings = settings_from()
        if not child:  # `kith serve` made the home already, and said what is wrong with it
            make_home(settings)
        with _alone(settings.home, child):
            _run(settings, child)


def _run(settings: Settings, child: bool) -> None:
    # Imported late, so that a second live process says so at once.
    from server.log import start_logging

    start_logging(settings.log_level)
    parent = os.getppid() if child else None
    port = settings.live.port or (None if child else _PORT)
    if not child:
        click.echo(f"Live pokes are at http://{settings.host}:{port}/v1/sync/live (Ctrl-C stops them)")
        sys.stdout.flush()
    try:
        asyncio.run(_serve(settings, port, parent))
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            raise
        raise click.ClickException(f"{settings.host}:{port} is taken. Set KITH_LIVE_PORT to another.") from error


async def _serve(settings: Settings, port: int | None, parent: int | None) -> None:
    from server.accounts.database import Database
    from server.accounts.service import Accounts
    from server.accounts.tokens import Signer
    from server.clock import now
    from server.live.gate import Gate
    from server.live.process import LiveProcess
    from server.storage.engine import make_engine, reading, writing
    from server.storage.tables import metadata

    engine = make_engine(settings.database_url)
    database = Database(partial(reading, engine), partial(writing, engine), metadata)
    accounts = Accounts(database, Signer(signing_keys(settings.key_path)), now)
    await LiveProcess(settings, Gate(engine, accounts), port, parent).run()


@contextmanager
def _alone(home: Path, child: bool) -> Iterator[None]:
    """Be the one live process of a home; a second one ends."""
    with (home / "live.lock").open("ab") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if child:
                sys.exit(TAKEN)
            raise click.ClickException(
                "Another live process serves this home. Stop it, or set KITH_LIVE=apart for kith serve."
            ) from None
        yield
