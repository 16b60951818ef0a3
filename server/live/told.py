"""What has been told already, so that a look at the feed finds exactly what no word came of."""

from collections.abc import Mapping

from server.sync.model import Head


class Told:
    """For each tenant: the head at the last look, and up to where each scope has been told."""

    def __init__(self) -> None:
        self._heads: dict[str, Head] = {}
        self._scopes: dict[str, dict[str, int]] = {}

    def note(self, tenant: str, scopes: Mapping[str, int]) -> None:
        """Note up to where these scopes have been told."""
        kept = self._scopes.setdefault(tenant, {})
        for scope, seq in scopes.items():
            kept[scope] = max(seq, kept.get(scope, 0))

    def untold(self, tenant: str, found: Mapping[str, int]) -> dict[str, int]:
        """Pick from what a look found what has not been told."""
        kept = self._scopes.get(tenant, {})
        return {scope: seq for scope, seq in found.items() if seq > kept.get(scope, 0)}

    def looked(self, tenant: str, head: Head) -> Head | None:
        """Keep the head of a look and give that of the look before; what lies below it need not be kept any more."""
        before = self._heads.get(tenant)
        self._heads[tenant] = head
        if before is not None:
            kept = self._scopes.get(tenant, {})
            self._scopes[tenant] = {scope: seq for scope, seq in kept.items() if seq > before.seq}
        return before

    def head(self, tenant: str) -> Head | None:
        """Give the head of the last look."""
        return self._heads.get(tenant)

    def forget(self, tenant: str) -> None:
        """Forget a tenant: it has no listeners, or its history was rewound."""
        self._heads.pop(tenant, None)
        self._scopes.pop(tenant, None)
