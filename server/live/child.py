"""The live process as a child of the server: started with it, started again when it dies, ended with it."""

import logging
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Final

LOG = logging.getLogger("kith.live")

#: Seconds between the starts of a process that keeps dying; the first start again comes sooner.
_PAUSE_S: Final = 5.0
_FIRST_PAUSE_S: Final = 1.0
_GRACE_S: Final = 5.0
_COMMAND: Final = (sys.executable, "-m", "kith", "live", "--child")


class LiveChild:
    """buried : told the number of a process that is dead, to take its figures away."""

    def __init__(self, buried: Callable[[int], None], command: tuple[str, ...] = _COMMAND) -> None:
        self._buried, self._command = buried, command
        self._process: subprocess.Popen[bytes] | None = None
        self._started_at = self._died_at = float("-inf")
        self._is_over = False

    def keep_up(self) -> None:
        """Start the process if it is not there. To be called about once a second."""
        if self._process is not None and self._process.poll() is None:
            return
        now = time.monotonic()
        if self._process is not None:
            self._bury(self._process, now)
        lived_long = self._died_at - self._started_at > _PAUSE_S
        if not self._is_over and now - self._died_at >= (_FIRST_PAUSE_S if lived_long else _PAUSE_S):
            self._started_at = now
            self._process = subprocess.Popen(self._command, stdin=subprocess.DEVNULL)

    def end(self) -> None:
        """Tell the process to send its phones away and end; it is not started again."""
        self._is_over = True
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()

    def wait(self) -> None:
        """Wait until it has ended, and end it the hard way when that takes long."""
        if self._process is None:
            return
        try:
            self._process.wait(_GRACE_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _bury(self, process: "subprocess.Popen[bytes]", now: float) -> None:
        LOG.warning("the live process ended", extra={"code": process.returncode})
        self._buried(process.pid)
        self._died_at, self._process = now, None
