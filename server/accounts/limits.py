"""How often somebody may try to sign in: enough for forgetful people, too little for guessing machines."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from server.accounts.attempt_store import AttemptStore
from server.accounts.errors import AccountError
from server.accounts.tokens import Signer

WINDOW: Final = timedelta(minutes=15)

#: Failures in the window after which the next try must wait: of one name from one address, of one name from anywhere
#: (so that nobody far away can easily lock somebody out), and from one address (a whole surgery may share one).
LIMITS: Final[Mapping[str, int]] = {"name-and-address": 10, "name": 50, "address": 100}


@dataclass(frozen=True, slots=True)
class SignInLimit:
    """Counts failed attempts under keyed digests, since people now and then type a password where the name belongs."""

    store: AttemptStore
    signer: Signer

    def check(self, username: str, address: str, now: datetime) -> None:
        """Raise AccountError `too-many-attempts`, saying how long to wait, when a limit is reached."""
        for name, key in self._keys(username, address).items():
            failures = self.store.since(key, now - WINDOW)
            if len(failures) >= LIMITS[name]:
                free_at = failures[-LIMITS[name]] + WINDOW
                raise AccountError("too-many-attempts", retry_after_s=max(1, int((free_at - now).total_seconds()) + 1))

    def failed(self, username: str, address: str, now: datetime) -> None:
        """Count an attempt that failed."""
        self.store.note(self._keys(username, address).values(), now, forget_before=now - WINDOW)

    def succeeded(self, username: str, address: str) -> None:
        """Start this name's count from this address again."""
        self.store.forget(self._keys(username, address)["name-and-address"])

    def _keys(self, username: str, address: str) -> dict[str, str]:
        texts = {"name-and-address": f"{username}\n{address}", "name": username, "address": address}
        return {name: self.signer.digest(f"attempt {name}", text) for name, text in texts.items()}
