"""How often somebody may try to sign in: enough for forgetful people, too little for guessing machines."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from server.accounts.attempt_store import AttemptStore, FullError
from server.accounts.errors import AccountError
from server.accounts.tokens import Signer

WINDOW: Final = timedelta(minutes=15)

#: Failures in the window after which the next try must wait: of one name from one address, of one name from anywhere
#: (so that nobody far away can easily lock somebody out), and from one address (a whole surgery may share one).
LIMITS: Final[Mapping[str, int]] = {"name-and-address": 10, "name": 50, "address": 100}


@dataclass(frozen=True, slots=True)
class SignInLimit:
    """Counts attempts under keyed digests, since people now and then type a password where the name belongs."""

    store: AttemptStore
    signer: Signer

    def count(self, username: str, address: str, now: datetime) -> list[int]:
        """Count an attempt before anything is tried, so that many at once are no more than many in a row.

        Gives what `succeeded` takes back. Raises AccountError `too-many-attempts`, saying how long to wait.
        """
        limits = {key: LIMITS[name] for name, key in self._keys(username, address).items()}
        try:
            return self.store.count(limits, now, WINDOW)
        except FullError as full:
            wait_s = int((full.free_at - now).total_seconds()) + 1
            raise AccountError("too-many-attempts", retry_after_s=max(1, wait_s)) from full

    def succeeded(self, username: str, address: str, counted: list[int]) -> None:
        """Take the attempt back, and start this name's count from this address again."""
        self.store.take_back(counted, self._keys(username, address)["name-and-address"])

    def _keys(self, username: str, address: str) -> dict[str, str]:
        texts = {"name-and-address": f"{username}\n{address}", "name": username, "address": address}
        return {name: self.signer.digest(f"attempt {name}", text) for name, text in texts.items()}
