"""`kith models`: which rankers the server could serve, and which it does."""

import click
from rich.console import Console
from rich.table import Table

from ml.models.registry import Registry
from server.settings import settings_from


@click.command()
def models() -> None:
    """List the rankers in the registry. `kith ml` trains, judges and promotes them."""
    registry = Registry(settings_from().models)
    champion = registry.champion()
    table = Table("version", "serves", "pack kB")
    for version in registry.versions():
        serves = "yes" if champion and champion.name == version.name else ""
        table.add_row(version.name, serves, f"{version.pack_path.stat().st_size / 1000:.0f}")
    Console().print(table)
