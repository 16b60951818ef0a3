"""`kith serve`."""

import errno
import socket
import sys
from dataclasses import replace
from functools import partial
from typing import Final

import click

from server.cli.plain import plain_errors
from server.settings import Settings, make_home, settings_from, signing_keys

#: How far from a taken port a free one is looked for.
_NEAR: Final = 20


@click.command()
@click.option("--check", is_flag=True, help="Only say whether HOST and PORT can be had, and serve nothing.")
def serve(check: bool) -> None:
    """Serve phones on HOST and PORT (127.0.0.1:8080)."""
    with plain_errors():
        settings = settings_from()
        if check:
            _listener(settings).close()
            return
        make_home(settings)
        signing_keys(settings.key_path)
        _run(settings)


def _run(settings: Settings) -> None:
    # Imported late: `kith serve` should say within a moment that a port is taken.
    from server.figures import Figures
    from server.log import start_logging
    from server.storage.engine import make_engine
    from server.storage.migrate import obstacle
    from server.wsgi import KithServer, address_of

    listener = _listener(settings)
    figures = Figures(settings)
    start_logging(settings.log_level)
    in_the_way = obstacle(make_engine(settings.database_url))
    if in_the_way is not None:
        click.echo(f"{in_the_way} Until then /readyz says so too.", err=True)
    click.echo(f"Kith is at {address_of(listener)} (Ctrl-C stops it)")
    sys.stdout.flush()
    KithServer(settings, listener, figures).run()


def _listener(settings: Settings) -> socket.socket:
    from server.wsgi import listen

    try:
        return listen(settings)
    except OSError as error:
        raise click.ClickException(_no_port(settings, error)) from error


def _is_free(settings: Settings, port: int) -> bool:
    from server.wsgi import listen

    try:
        listen(replace(settings, port=port)).close()
    except (OSError, OverflowError):  # taken, or beyond the last port
        return False
    return True


def _again(port: int | None) -> str:
    return f": PORT={port} make run (or PORT={port} .venv/bin/kith serve)" if port else " with PORT."


def _no_port(settings: Settings, error: OSError) -> str:
    where = f"{settings.host}:{settings.port}"
    if error.errno == errno.EADDRINUSE:
        free = next(filter(partial(_is_free, settings), range(settings.port + 1, settings.port + _NEAR)), None)
        return f"{where} is taken by another program. Stop it, or choose another port{_again(free)}"
    if error.errno == errno.EACCES:
        return f"{where} may not be used by this user. Choose a port above 1023{_again(8080)}"
    return f"Cannot listen on {where}: {error.strerror or error}. Set HOST to an address of this machine."
