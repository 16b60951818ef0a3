"""What the server does by itself now and then: a command, run as a process of its own beside the workers."""

import logging
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Final

from server.child import wait_for

LOG = logging.getLogger("kith.daily")

#: Seconds after the start before the first time: a server that is started again and again does not work each time.
FIRST_S: Final = 600.0
_HOUR_S: Final = 3600.0
_COMMAND: Final = (sys.executable, "-m", "kith", "recount")
#: Every hour, as courses keep an offered place for hours, and who chose a session should soon hear that it is off.
RENEW: Final = (sys.executable, "-m", "kith", "calendar", "renew")


class Daily:
    """Recounts ten minutes after the start, and then every so many hours; or does another command of Kith's then.

    clock : seconds, for tests. Several servers of one database may all do so: what is counted already stays as it is.
    """

    def __init__(
        self,
        hours: int,
        command: tuple[str, ...] = _COMMAND,
        clock: Callable[[], float] = time.monotonic,
        name: str = "kith recount",
    ) -> None:
        """name : of the command, for the log."""
        self._every_s, self._command, self._clock, self._name = hours * _HOUR_S, command, clock, name
        self._due = clock() + FIRST_S
        self.process: subprocess.Popen[bytes] | None = None

    def keep_up(self) -> None:
        """Start the command when it is due. To be called about once a second."""
        self.heed()
        if self.process is None and self._clock() >= self._due:
            self._due = self._clock() + self._every_s
            quiet = subprocess.DEVNULL
            self.process = subprocess.Popen(self._command, stdin=quiet, stdout=quiet, stderr=quiet)

    def heed(self) -> None:
        """Hear what the command ended with, if it has, before somebody else waits for it and takes that away."""
        if self.process is None or self.process.poll() is None:
            return
        if self.process.returncode != 0:
            code = self.process.returncode
            LOG.warning("what is done now and then failed; %s says why", self._name, extra={"code": code})
        self.process = None

    def end(self) -> None:
        """Break off what is running; what it has written stands, and the next time does the rest."""
        if self.process is None:
            return
        self.process.terminate()
        wait_for(self.process)
        self.process = None


def regular(recount_hours: int, clock: Callable[[], float] = time.monotonic) -> tuple[Daily, ...]:
    """Give all that a server does by itself now and then; nothing where it recounts never. clock : as for `Daily`."""
    if not recount_hours:
        return ()
    return Daily(recount_hours, clock=clock), Daily(1, RENEW, clock, "kith calendar renew")
