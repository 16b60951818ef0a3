"""Real processes for the story: a prepared home, a server, phones."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.system.phone import PhoneShop, find_chromium, phones
from tests.system.server import ROOT, Server, copy_home, free_port

# A machine on which other tests run too is slow at times; what never comes is told all the same, only later.
expect.set_options(timeout=20_000)


def need(present: bool, what: str) -> None:
    """Skip, saying why, when `what` is missing; fail where everything is required."""
    if not present:
        if os.environ.get("KITH_REQUIRE_ALL"):
            pytest.fail(f"{what} is missing and KITH_REQUIRE_ALL is set")
        pytest.skip(f"{what} is missing")


@pytest.fixture(scope="session")
def demo_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the made-up county and a first ranker, made once."""
    home = tmp_path_factory.mktemp("demo") / "home"
    home.mkdir()
    Server(home, free_port()).kith("demo")
    return home


@pytest.fixture
def server(demo_home: Path, tmp_path: Path) -> Iterator[Server]:
    """A started server with the county."""
    need((ROOT / "app" / "dist" / "index.html").exists(), "the built app")
    started = Server(copy_home(demo_home, tmp_path / "home"), free_port()).start()
    yield started
    started.stop()


@pytest.fixture
def shop(server: Server, tmp_path: Path) -> Iterator[PhoneShop]:
    """Phones for that server."""
    need(find_chromium() is not None, "Chromium")
    with phones(tmp_path / "phones", server.url) as made:
        yield made
