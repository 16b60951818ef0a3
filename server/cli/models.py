"""`kith models`: which rankers the server could serve, and which it does."""

import click

from ml.listing import Listing
from ml.models.registry import DamagedError, Registry, Version
from server.settings import settings_from


@click.command()
def models() -> None:
    """List the rankers in the registry. `kith ml` trains, judges and promotes them."""
    registry = Registry(settings_from().models)
    damaged = registry.damaged()
    champion = _champion(registry)
    table = Listing("version", "serves", "pack kB", right=("pack kB",))
    for version in registry.versions():
        serves = "yes" if champion and champion.name == version.name else ""
        size = f"{version.pack_path.stat().st_size / 1000:.0f}" if version.pack_path.is_file() else "missing"
        table.add(version.name, serves, size)
    table.print()
    if damaged:
        raise click.ClickException("\n".join(damaged))


def _champion(registry: Registry) -> Version | None:
    try:
        return registry.champion()
    except DamagedError:
        return None  # told under the list
