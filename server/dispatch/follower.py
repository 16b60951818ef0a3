"""Follows the feed of a programme as a phone of all its centres would."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final, Protocol

from server.dispatch.board import Board
from server.sync.ports import Store

_CENTRE: Final = "centre:"
_PAGE: Final = 2000
#: How long until new centres are looked for again.
_NEW_CENTRES: Final = timedelta(minutes=1)


class Programmes(Store, Protocol):
    """A store that can name its scopes."""

    def scopes_from(self, tenant: str, prefix: str) -> frozenset[str]:
        """Name the scopes that begin so."""


class Follower:
    """board : what was taken in so far; a new one after a restore, and when a centre comes in."""

    def __init__(self, store: Programmes, tenant: str, begun: Callable[[], None] = lambda: None) -> None:
        """begun : told whenever all is taken in anew."""
        self._store, self._tenant, self._begun = store, tenant, begun
        self._epoch, self._scopes = "", frozenset[str]()
        self._named_at: datetime | None = None
        self._begin("")

    def _begin(self, epoch: str) -> None:
        self.board, self._epoch, self._after = Board(), epoch, 0
        self._begun()

    def follow(self, now: datetime) -> None:
        """Take in what is new."""
        if self._named_at is None or now >= self._named_at + _NEW_CENTRES:
            self._name_scopes()
            self._named_at = now
        with self._store.read(self._tenant) as view:
            head = view.head()
            if head.epoch != self._epoch or self._after < head.floor or self._after > head.seq:
                self._begin(head.epoch)
            ended = head.seq == self._after
            while not ended:
                rows, ended, _ = view.changes(self._scopes, self._after, _PAGE, 0)
                for row in rows:
                    self.board.take(row)
                self._after = rows[-1].version if rows and not ended else head.seq

    def _name_scopes(self) -> None:
        """Look for centres; a new one may have had records before, so all is taken in anew."""
        scopes = self._store.scopes_from(self._tenant, _CENTRE)
        if scopes != self._scopes:
            self._scopes = scopes
            self._begin(self._epoch)
