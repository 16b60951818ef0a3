"""What commands work with: the settings, the database and the services, opened when a command needs them."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

import click

from server.accounts.model import Account
from server.api.services import Services
from server.app import make_services
from server.clock import now
from server.live.tell import poke_for
from server.settings import Settings, make_home, settings_from
from server.storage.engine import make_engine
from server.storage.migrate import obstacle
from server.storage.sql import SqlStore
from server.sync.door import Door
from server.sync.hlc import instant_text
from server.sync.ports import Seen, Writes

#: Stands for an account and a device in what the command line does.
DESK = "command-line"


@dataclass(frozen=True, slots=True)
class Workplace:
    """The settings, the store and the services of one command."""

    settings: Settings
    store: SqlStore
    services: Services

    def door(self, tenant: str) -> Door:
        """Open the one way to write into a tenant."""
        at = self.services
        return Door(self.store, tenant, at.rules, at.validate, at.now)

    def account(self, username: str) -> Account:
        """Find an account by its username, or end the command saying that there is none."""
        plain = username.strip().casefold()
        found = self.services.accounts.accounts.by_username(plain) if plain.isprintable() else None
        if found is None:
            raise click.ClickException(f"There is no account {username}. `kith user list` shows them.")
        return found

    def check_tenant(self, tenant: str) -> None:
        """End the command when there is no such programme."""
        if tenant not in self.store.heads():
            raise click.ClickException(f"There is no programme {tenant}. `kith tenant add {tenant}` makes one.")

    def note(self, tenant: str, what: str, about: Iterable[tuple[str, str, int]]) -> None:
        """Write into the audit what the command line shows: kind, id (empty for all of a kind) and how many records."""
        at = instant_text(self.services.now())
        seen = [Seen(at, DESK, DESK, what, kind=kind, id=name, count=count) for kind, name, count in about if count]
        with self.store.write(tenant) as work:
            work.save(Writes(audit=seen))

    def districts(self, tenant: str) -> Collection[str]:
        """Name the districts of a tenant, which are the ids of its district records."""
        with self.store.read(tenant) as view:
            return [district.key.id for district in view.of_kind("district")]


def workplace() -> Workplace:
    """Open the database of the settings, or end the command saying what stands in the way."""
    settings = settings_from()
    make_home(settings)  # so that a fresh machine hears "not up to date" rather than "cannot be reached"
    engine = make_engine(settings.database_url)
    in_the_way = obstacle(engine)
    if in_the_way is not None:
        raise click.ClickException(in_the_way)
    store = SqlStore(engine, poke_for(engine, settings), now)
    return Workplace(settings, store, make_services(settings, engine, store=store))
