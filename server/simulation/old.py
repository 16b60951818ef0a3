"""Phones of an old contract: they say so with every request, and erase nothing that they have never heard of."""

from collections.abc import Mapping
from typing import Any

from server.simulation.model import BrokenError
from server.sync.model import Key
from server.sync.ports import Store

#: The contract that they speak.
OLD_SCHEMA = 1

Docs = Mapping[tuple[str, str], Mapping[str, Any]]


def as_old(body: Any) -> Any:
    """Write a request of today's client as the old one's."""
    if not isinstance(body, dict):
        return body
    if "push" in body:
        return {name: as_old(part) for name, part in body.items()}
    return {**body, "schema": OLD_SCHEMA} if "schema" in body else body


class Watch:
    """Looks at the records of a push before and after. unknown : kind → fields that the phone does not know."""

    def __init__(self, store: Store, tenant: str, push: Mapping[str, Any], unknown: Mapping[str, Any]) -> None:
        self._store, self._tenant, self._unknown = store, tenant, unknown
        self._keys = {Key(said["kind"], said["id"]) for said in push["mutations"] if said["op"] in ("create", "patch")}
        self._before = self._read()

    def _read(self) -> Docs:
        with self._store.read(self._tenant) as view:
            return {(key.kind, key.id): dict(one.doc) for key, one in view.records(self._keys).items()}

    def ask(self, device: str) -> None:
        """OLD-SCHEMA-SAFE: what the phone does not know is as it was."""
        after = self._read()
        for key, before in self._before.items():
            for name in self._unknown.get(key[0], ()):
                if after[key].get(name) != before.get(name):
                    raise BrokenError("OLD-SCHEMA-SAFE", f"{device}, of an old contract, changed {name} of {key}")
