"""Who listens, found by what changed: one listener a device, and for each scope those who hold it."""

from collections.abc import Collection, Iterator
from typing import Generic, TypeVar

from server.live.listener import Listener

L = TypeVar("L", bound=Listener)


class Audience(Generic[L]):
    """Every listener, by device and by scope."""

    def __init__(self) -> None:
        self._devices: dict[str, dict[str, L]] = {}
        self._scopes: dict[str, dict[str, set[L]]] = {}
        self._granted: dict[frozenset[str], frozenset[str]] = {}

    def __len__(self) -> int:
        return sum(map(len, self._devices.values()))

    def __iter__(self) -> Iterator[L]:
        return (listener for devices in list(self._devices.values()) for listener in list(devices.values()))

    def add(self, listener: L) -> L | None:
        """Let a listener in, and give the older one of the same device, which it replaces."""
        older = self._devices.get(listener.tenant, {}).get(listener.device)
        if older is not None:
            self.remove(older)
        self._devices.setdefault(listener.tenant, {})[listener.device] = listener
        self._hold(listener, listener.scopes)
        return older

    def remove(self, listener: L) -> None:
        """Forget a listener; one that was replaced, or never came in, changes nothing."""
        devices = self._devices.get(listener.tenant, {})
        if devices.get(listener.device) is not listener:
            return
        del devices[listener.device]
        self._let_go(listener)
        if not devices:
            del self._devices[listener.tenant]
            self._scopes.pop(listener.tenant, None)

    def regrant(self, listener: L, scopes: frozenset[str]) -> None:
        """Note what a listener may hold from now on."""
        self._let_go(listener)
        self._hold(listener, scopes)

    def holding(self, tenant: str, scopes: Collection[str]) -> set[L]:
        """Find the listeners that hold one of `scopes`."""
        held = self._scopes.get(tenant, {})
        return set().union(*(held.get(scope, ()) for scope in scopes))

    def tenants(self) -> list[str]:
        """Name the tenants that have listeners."""
        return list(self._devices)

    def of_tenant(self, tenant: str) -> list[L]:
        """Give the listeners of a tenant."""
        return list(self._devices.get(tenant, {}).values())

    def scopes(self, tenant: str) -> list[str]:
        """Name the scopes that listeners of a tenant hold."""
        return list(self._scopes.get(tenant, {}))

    def _hold(self, listener: L, scopes: frozenset[str]) -> None:
        # Colleagues hold equal sets; one object for all of them saves a kilobyte each.
        listener.scopes = self._granted.setdefault(scopes, scopes)
        held = self._scopes.setdefault(listener.tenant, {})
        for scope in scopes:
            held.setdefault(scope, set()).add(listener)

    def _let_go(self, listener: L) -> None:
        held = self._scopes.get(listener.tenant, {})
        for scope in listener.scopes:
            holders = held.get(scope, set())
            holders.discard(listener)
            if not holders:
                held.pop(scope, None)
