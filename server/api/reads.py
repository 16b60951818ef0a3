"""Who read whom: gathered by each worker and written a moment later, so that no pull waits for it."""

import atexit
import logging
from collections import defaultdict
from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from threading import Lock, Timer
from typing import Final

from server.sync.hlc import instant_text
from server.sync.model import Principal
from server.sync.ports import Seen, Store, Writes

LOG = logging.getLogger("kith.audit")

#: Seconds after which what was gathered is written: as much is lost when a worker is killed outright.
AFTER_S: Final = 1.0

#: Tenant, day, and what tells entries of the audit apart.
_Name = tuple[str, ...]


class Reads:
    """Gathers what was read on whose behalf; what one device reads of one scope is one entry with a count."""

    def __init__(self, store: Store, after_s: float = AFTER_S) -> None:
        self._store, self._after_s = store, after_s
        self._lock = Lock()
        self._gathered: dict[_Name, Seen] = {}
        self._timer: Timer | None = None

    def note(self, who: Principal, what: str, scopes: Collection[str], count: int, at: datetime) -> None:
        """Remember that `count` records of people in `scopes` were given to somebody."""
        now = instant_text(at)
        if count:
            device = who.device_id
            self._add(who.tenant, [Seen(now, who.account_id, device, what, scope, count=count) for scope in scopes])

    def note_record(self, who: Principal, what: str, kind: str, record_id: str, at: datetime) -> None:
        """Remember that one record was read for somebody."""
        seen = Seen(instant_text(at), who.account_id, who.device_id, what, kind=kind, id=record_id)
        self._add(who.tenant, [seen])

    def _add(self, tenant: str, seen: Collection[Seen], *, start: bool = True) -> None:
        with self._lock:
            for one in seen:
                name = (tenant, one.at[:10], one.account, one.device, one.what, one.scope, one.kind, one.id)
                before = self._gathered.get(name)
                self._gathered[name] = replace(one, count=one.count + before.count) if before else one
            if self._timer is None and start:
                self._start()

    def _start(self) -> None:
        atexit.unregister(self.write)
        atexit.register(self.write)
        self._timer = Timer(self._after_s, self.write)
        self._timer.daemon = True
        self._timer.start()

    def close(self) -> None:
        """Write what was gathered, now and not at the end of the process."""
        atexit.unregister(self.write)
        if self._timer is not None:
            self._timer.cancel()
        self.write()

    def write(self) -> None:
        """Write what was gathered; where the database does not answer, it is tried again with what comes next."""
        with self._lock:
            gathered, self._gathered, self._timer = self._gathered, {}, None
        of_tenant: dict[str, dict[_Name, Seen]] = defaultdict(dict)
        for name, seen in gathered.items():
            of_tenant[name[0]][name] = seen
        for tenant, entries in of_tenant.items():
            try:
                with self._store.write(tenant) as work:
                    work.save(Writes(audit=list(entries.values())))
            except Exception as error:  # the request that is told of its trouble logs the whole of it
                LOG.warning("the audit could not be written yet: %s", type(error).__name__)
                self._add(tenant, list(entries.values()), start=False)
