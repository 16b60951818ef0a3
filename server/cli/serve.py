"""`kith serve`."""

import errno
import os
import sys

import click

from server.cli.plain import plain_errors
from server.settings import Settings, make_home, settings_from, signing_keys


@click.command()
def serve() -> None:
    """Serve phones on HOST and PORT (127.0.0.1:8080)."""
    with plain_errors():
        settings = settings_from()
        make_home(settings)
        signing_keys(settings.key_path)
        _run(settings)


def _run(settings: Settings) -> None:
    # Imported late: `kith serve` should say within a moment that a port is taken.
    from server.log import start_logging
    from server.storage.engine import make_engine
    from server.storage.migrate import obstacle
    from server.wsgi import KithServer, address_of, listen, prepare_metrics

    try:
        listener = listen(settings)
    except OSError as error:
        raise click.ClickException(_no_port(settings, error)) from error
    prepare_metrics(settings)
    start_logging(settings.log_level)
    in_the_way = obstacle(make_engine(settings.database_url))
    if in_the_way is not None:
        click.echo(f"{in_the_way} Until then /readyz says so too.", err=True)
    click.echo(f"Kith is at {address_of(listener)} (Ctrl-C stops it)")
    sys.stdout.flush()
    KithServer(settings, listener).run()


def _no_port(settings: Settings, error: OSError) -> str:
    where = f"{settings.host}:{settings.port}"
    if error.errno == errno.EADDRINUSE:
        return (
            f"{where} is taken by another program. Stop it, or choose another port: PORT={settings.port + 1} kith serve"
        )
    if error.errno == errno.EACCES:
        return f"{where} may not be used by this user. Choose a port above 1023: PORT=8080 kith serve"
    return f"Cannot listen on {where}: {os.strerror(error.errno or 0)}. Set HOST to an address of this machine."
