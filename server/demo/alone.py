"""One demonstration at a time in a home, so that two that start together do not get into each other's way."""

import fcntl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

FILE: Final = ".demo.lock"


@contextmanager
def alone(home: Path, tell: Callable[[str], None]) -> Iterator[None]:
    """Hold the lock of the demonstration in `home`; tell when another one holds it, and wait for that to end."""
    with (home / FILE).open("ab") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            tell("Another kith demo is at work here; waiting.")
            fcntl.flock(file, fcntl.LOCK_EX)
        yield
