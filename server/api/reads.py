"""Who read whom: gathered by each worker and written a moment later, so that no pull waits for it."""

import atexit
import logging
from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime
from threading import Lock, Timer
from typing import Final, NamedTuple

from server.sync.hlc import instant_text
from server.sync.model import Principal
from server.sync.ports import Seen, Store, Writes

LOG = logging.getLogger("kith.audit")

#: Seconds after which what was gathered is written: as much is lost when a worker is killed outright.
AFTER_S: Final = 1.0


class _Name(NamedTuple):
    """What tells entries of the audit apart."""

    tenant: str
    day: str
    account: str
    device: str
    what: str
    scope: str = ""
    kind: str = ""
    id: str = ""


class Reads:
    """Gathers what was read on whose behalf; what one device reads of one scope is one entry with a count."""

    def __init__(self, store: Store, after_s: float = AFTER_S) -> None:
        self._store, self._after_s = store, after_s
        self._lock = Lock()
        self._gathered: dict[_Name, tuple[str, int]] = {}  # when last, and how many
        self._timer: Timer | None = None

    def note(self, who: Principal, what: str, scopes: Collection[str], count: int, at: datetime) -> None:
        """Remember that `count` records of people in `scopes` were given to somebody."""
        if count:
            now, account, device = instant_text(at), who.account_id, who.device_id
            self._add([_Name(who.tenant, now[:10], account, device, what, scope) for scope in scopes], now, count)

    def note_record(self, who: Principal, what: str, kind: str, record_id: str, at: datetime) -> None:
        """Remember that one record was read for somebody."""
        now = instant_text(at)
        name = _Name(who.tenant, now[:10], who.account_id, who.device_id, what, kind=kind, id=record_id)
        self._add([name], now, 1)

    def _add(self, names: Iterable[_Name], at: str, count: int, *, start: bool = True) -> None:
        with self._lock:
            for name in names:
                last, before = self._gathered.get(name, ("", 0))
                self._gathered[name] = max(at, last), before + count
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
        of_tenant: dict[str, list[_Name]] = defaultdict(list)
        for name in gathered:
            of_tenant[name.tenant].append(name)
        for tenant, names in of_tenant.items():
            try:
                with self._store.write(tenant) as work:
                    work.save(Writes(audit=[_seen(name, *gathered[name]) for name in names]))
            except Exception as error:  # the request that is told of its trouble logs the whole of it
                LOG.warning("the audit could not be written yet: %s", type(error).__name__)
                for name in names:
                    self._add([name], *gathered[name], start=False)


def _seen(name: _Name, at: str, count: int) -> Seen:
    _, _, account, device, what, scope, kind, record_id = name
    return Seen(at, account, device, what, scope, kind, record_id, count)
