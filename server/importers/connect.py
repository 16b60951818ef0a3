"""A tenant of the database in the settings, opened for importing."""

import click

from mobile_contract.schemas import KINDS
from mobile_contract.validate import validate
from server.clock import now
from server.importers.site import Site
from server.live.tell import poke_for
from server.settings import settings_from
from server.storage.engine import make_engine
from server.storage.migrate import obstacle
from server.storage.sql import SqlStore
from server.sync.door import Door


def connect(tenant: str) -> Site:
    """Open `tenant`, or end the command saying what stands in the way."""
    settings = settings_from()
    engine = make_engine(settings.database_url)
    in_the_way = obstacle(engine)
    if in_the_way is not None:
        raise click.ClickException(in_the_way)
    store = SqlStore(engine, poke_for(engine, settings))
    if tenant not in store.heads():
        raise click.ClickException(f"There is no programme {tenant}. `kith tenant add {tenant}` makes it.")
    return Site(tenant, store, Door(store, tenant, KINDS, validate, now), validate, now().date())
