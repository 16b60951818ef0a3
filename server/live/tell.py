"""Tells the live process of a change: a datagram on one machine, NOTIFY between machines.

Neither ever makes a writer wait: a datagram that finds no room is lost, and NOTIFY runs in a thread of its own, one
statement for all that has gathered. A lost word costs seconds, as the live process also looks at the heads.
"""

import atexit
import logging
import os
import socket
from pathlib import Path
from threading import Condition, Thread
from typing import Final

from sqlalchemy import Engine, text
from sqlalchemy.exc import SQLAlchemyError

from server.live.paths import reachable, word_path
from server.live.word import Word, packed
from server.settings import Settings
from server.storage.poked import Poke, no_poke

LOG = logging.getLogger("kith.live")

CHANNEL: Final = "kith_live"
#: A thread with nothing to tell ends after this many seconds; the next change starts another.
_IDLE_S: Final = 5.0
#: A command waits this long at its end for its last words to be said.
_LAST_S: Final = 2.0
# The words need no disk: they are worth nothing after a crash. In one statement, so in one round trip.
_NOTIFY: Final = text(
    "SELECT set_config('synchronous_commit', 'off', true), pg_notify(CAST(:channel AS text), word)"
    " FROM unnest(CAST(:words AS text[])) AS word"
)


def poke_for(engine: Engine, settings: Settings) -> Poke:
    """Choose how to tell: NOTIFY where the database has it, else a datagram to the home's live process."""
    if settings.live.mode == "off":
        return no_poke
    return Notifies(engine) if engine.dialect.name == "postgresql" else Datagrams(word_path(settings.home))


class Datagrams:
    """Sends each word at once, to whoever listens there now."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._socket.setblocking(False)

    def __call__(self, tenant: str, seq: int, scopes: frozenset[str], by: str = "") -> None:
        """Send a word; lost when nobody listens or too much waits there already."""
        try:
            with reachable(self._path) as address:
                self._socket.sendto(packed(Word(tenant, seq, scopes, by)), address)
        except OSError:
            return


class Notifies:
    """Gathers words and notifies from a thread that lives while there is something to tell."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._gathered: dict[tuple[str, bool], Word] = {}
        self._changed = Condition()
        self._process = os.getpid()
        self._runs = self._saying = False

    def __call__(self, tenant: str, seq: int, scopes: frozenset[str], by: str = "") -> None:
        """Add a word to those that wait; two of one tenant become one."""
        if self._process != os.getpid():
            self._start_anew()  # a forked child has this object, but not the thread
        key = tenant, bool(scopes)
        with self._changed:
            self._gathered[key] = _merged(self._gathered.get(key), Word(tenant, seq, scopes, by))
            if not self._runs:
                self._runs = True
                Thread(target=self._run, name="kith-notify", daemon=True).start()
            self._changed.notify_all()

    def flush(self) -> None:
        """Wait until everything is said, at most two seconds."""
        with self._changed:
            self._changed.wait_for(lambda: not self._gathered and not self._saying, _LAST_S)

    def _start_anew(self) -> None:
        self._gathered, self._changed, self._process = {}, Condition(), os.getpid()
        self._runs = self._saying = False

    def _run(self) -> None:
        atexit.register(self.flush)
        while words := self._next():
            try:
                with self._engine.begin() as connection:
                    connection.execute(_NOTIFY, {"channel": CHANNEL, "words": words})
            except SQLAlchemyError as error:
                LOG.warning("changes could not be notified", extra={"cause": type(error).__name__})
        atexit.unregister(self.flush)

    def _next(self) -> list[str]:
        """Wait for words and take them all; none when the thread has been idle and ends."""
        with self._changed:
            self._saying = False
            self._changed.notify_all()
            self._changed.wait_for(lambda: self._gathered, _IDLE_S)
            words = [packed(word).decode() for word in self._gathered.values()]
            self._gathered.clear()
            self._runs = self._saying = bool(words)
            return words


def _merged(before: Word | None, word: Word) -> Word:
    if before is None or before.scopes is None or word.scopes is None:
        return word
    by = word.by if word.by == before.by else ""
    return Word(word.tenant, max(before.seq, word.seq), before.scopes | word.scopes, by)
