"""Dispatchers of all programmes, looking again and again until told to stop."""

import logging
from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from threading import Event
from typing import Protocol

from ml.models.walker import Pack
from server.dispatch.dispatcher import Dispatcher
from server.dispatch.follower import Programmes
from server.dispatch.plan import Looked
from server.dispatch.policy import policy_of
from server.dispatch_settings import DispatchSettings
from server.sync.door import Door
from server.sync.ports import ClashError, NoRoomError

LOG = logging.getLogger("kith.dispatch")


class Tenants(Programmes, Protocol):
    """A store that can name its programmes."""

    def heads(self) -> Mapping[str, object]:
        """Say where every tenant's feed ends."""


class Dispatchers:
    """One dispatcher a programme; a new programme is looked after from the next look on."""

    def __init__(
        self, store: Tenants, door: Callable[[str], Door], settings: DispatchSettings,
        pack: Callable[[], Pack | None], now: Callable[[], datetime],
    ) -> None:  # fmt: skip
        """door : opens the way into a programme. pack : gives the pack that ranks now."""
        self._store, self._door, self._settings = store, door, settings
        self._pack, self._now = pack, now
        self._dispatchers: dict[str, Dispatcher] = {}

    def look(self) -> dict[str, Looked]:
        """Look after every programme once; say what was done in each."""
        return {name: self._of(name).look() for name in sorted(self._names())}

    def run(self, stop: Event, goes_on: Callable[[], bool]) -> None:
        """Look again and again until `stop` is set or `goes_on` says no; a database that is away is tried again."""
        while not stop.is_set() and goes_on():
            try:
                self._note(self.look())
            except (ClashError, NoRoomError, OSError) as error:
                LOG.warning("a look of the dispatcher failed and is tried again", extra={"error": type(error).__name__})
            stop.wait(self._settings.look_s)

    def _names(self) -> Collection[str]:
        return self._store.heads().keys()

    def _of(self, tenant: str) -> Dispatcher:
        if tenant not in self._dispatchers:
            self._dispatchers[tenant] = Dispatcher(
                self._store, tenant, self._door(tenant), policy_of(self._settings), self._pack, self._now
            )
        return self._dispatchers[tenant]

    @staticmethod
    def _note(done: Mapping[str, Looked]) -> None:
        for tenant, one in done.items():
            if one.waves or one.closed:
                counts = {"waves": one.waves, "asks": one.asks, "ended": one.ended, "closed": one.closed}
                LOG.info("volunteers were asked", extra={"tenant": tenant, **counts})
