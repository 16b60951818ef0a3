"""One phone that listens, as far as deciding is concerned: who it is, what it holds, and when it may be poked."""

from typing import Final

#: The head of a listener that has nothing to be told.
NOTHING: Final = -1


class Listener:
    """Slots, not a dataclass: there are thousands of them and they grow into connections."""

    __slots__ = ("account", "device", "gone", "head", "poked_at", "scopes", "tenant")

    def __init__(self, tenant: str = "", account: str = "", device: str = "", scopes: frozenset[str] = frozenset()):
        """head : to be told, NOTHING for none. poked_at : seconds, when it was last told. gone : it listens no more."""
        self.tenant, self.account, self.device, self.scopes = tenant, account, device, scopes
        self.head = NOTHING
        self.poked_at = float("-inf")
        self.gone = False
