"""Real servers over real databases, furnished and ready to be hurt."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.faults.furnished import furnish
from tests.system.server import Server, free_port

Made = Callable[..., Server]
SERVE = (sys.executable, "-m", "kith", "serve")
ENTRY = (sys.executable, "-m", "tests.faults.entry")


@pytest.fixture
def make_server(tmp_path: Path) -> Iterator[Made]:
    """Give a maker of servers; all of them are stopped at the end."""
    made: list[Server] = []

    def make(url: str = "", *usernames: str, faulty: bool = False, **extra: str) -> Server:
        home = tmp_path / f"home-{len(made)}"
        home.mkdir(mode=0o700)
        settings = {"KITH_LOG_LEVEL": "INFO", "KITH_LIVE": "off"} | ({"KITH_DATABASE_URL": url} if url else {}) | extra
        program = ENTRY if faulty else SERVE
        made.append(Server(home, free_port(), extra=settings, program=program))
        furnish(made[-1], *usernames)
        return made[-1].start()

    yield make
    for server in made:
        server.stop()
