"""A process beside the workers, such as the live one: started with the server, again when it dies, ended with it."""

import logging
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

LOG = logging.getLogger("kith.live")

#: Seconds between the starts of a process that keeps dying; the first start again comes sooner.
_PAUSE_S: Final = 5.0
_FIRST_PAUSE_S: Final = 1.0
_GRACE_S: Final = 5.0
#: What the process ends with when another one serves the home, and how long that is left alone then.
TAKEN: Final = 75
_TAKEN_PAUSE_S: Final = 30.0
_ENDED: Final = "the live process ended and is started again"
_HELD: Final = (
    "another live process serves this home and pokes the phones of this server too; one is started here once that one "
    "ends. If it is a kith live by itself, set KITH_LIVE=apart; if it is of another kith serve, one of the two can stop"
)
_COMMAND: Final = (sys.executable, "-m", "kith", "live", "--child")


class Child:
    """A process of the server's own: the live one unless told otherwise.

    buried : told the number of a process that is dead, to take its figures away. clock : seconds, for tests. ended :
    what is said when it ended by itself. first_s : seconds until it is started for the first time.
    """

    def __init__(
        self,
        buried: Callable[[int], None],
        command: tuple[str, ...] = _COMMAND,
        clock: Callable[[], float] = time.monotonic,
        ended: str = _ENDED,
        first_s: float = 0.0,
    ) -> None:
        self._ended, self._buried, self._command, self._clock = ended, buried, command, clock
        self.process: subprocess.Popen[bytes] | None = None
        self._started_at = self._died_at = float("-inf")
        self._begins_at = clock() + first_s if first_s else float("-inf")
        self._is_over = self._is_taken = False

    def keep_up(self) -> None:
        """Start the process if it is not there. To be called about once a second."""
        if self.process is not None and self.process.poll() is None:
            return
        now = self._clock()
        if self.process is not None:
            self._bury(self.process, now)
        if not self._is_over and now >= self._begins_at and now - self._died_at >= self._pause_s():
            self._started_at = now
            with _deaf_to_ctrl_c():
                self.process = subprocess.Popen(self._command, stdin=subprocess.DEVNULL)

    def heed(self) -> None:
        """Hear what the process ended with, if it has, before somebody else waits for it and takes that away."""
        if self.process is not None:
            self.process.poll()

    def end(self) -> None:
        """Tell the process to send its phones away and end; it is not started again."""
        self._is_over = True
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()

    def wait(self) -> None:
        """Wait until it has ended, and end it the hard way when that takes long."""
        if self.process is not None:
            wait_for(self.process)

    def _pause_s(self) -> float:
        if self._is_taken:
            return _TAKEN_PAUSE_S
        return _FIRST_PAUSE_S if self._died_at - self._started_at > _PAUSE_S else _PAUSE_S

    def _bury(self, process: "subprocess.Popen[bytes]", now: float) -> None:
        if process.returncode != TAKEN:
            LOG.warning(self._ended, extra={"code": process.returncode})
        elif not self._is_taken:
            LOG.warning(_HELD)
        self._is_taken = process.returncode == TAKEN
        self._buried(process.pid)
        self._died_at, self.process = now, None


def wait_for(process: "subprocess.Popen[bytes]") -> None:
    """Wait until a process that was told to end has ended; end it the hard way when that takes long."""
    try:
        process.wait(_GRACE_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


@contextmanager
def _deaf_to_ctrl_c() -> Iterator[None]:
    """A child begun here never hears Ctrl-C, which would break Python as it starts; its parent ends it."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
