"""`kith serve`."""

import errno
import socket
import sys

import click

from server.cli.plain import plain_errors
from server.settings import Settings, make_home, settings_from, signing_keys


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
    from server.log import start_logging
    from server.storage.engine import make_engine
    from server.storage.migrate import obstacle
    from server.wsgi import KithServer, address_of, prepare_metrics

    listener = _listener(settings)
    prepare_metrics(settings)
    start_logging(settings.log_level)
    in_the_way = obstacle(make_engine(settings.database_url))
    if in_the_way is not None:
        click.echo(f"{in_the_way} Until then /readyz says so too.", err=True)
    click.echo(f"Kith is at {address_of(listener)} (Ctrl-C stops it)")
    sys.stdout.flush()
    KithServer(settings, listener).run()


def _listener(settings: Settings) -> socket.socket:
    from server.wsgi import listen

    try:
        return listen(settings)
    except OSError as error:
        raise click.ClickException(_no_port(settings, error)) from error


def _no_port(settings: Settings, error: OSError) -> str:
    where = f"{settings.host}:{settings.port}"
    other = settings.port + 1 if error.errno == errno.EADDRINUSE else 8080
    again = f"PORT={other} make run (or PORT={other} .venv/bin/kith serve)"
    if error.errno == errno.EADDRINUSE:
        return f"{where} is taken by another program. Stop it, or choose another port: {again}"
    if error.errno == errno.EACCES:
        return f"{where} may not be used by this user. Choose a port above 1023: {again}"
    return f"Cannot listen on {where}: {error.strerror or error}. Set HOST to an address of this machine."
