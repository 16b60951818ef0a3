"""Databases for tests: an empty SQLite file, and a private PostgreSQL that lives as long as the session."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from server.storage.engine import make_engine
from server.storage.memory import MemoryStore
from server.storage.migrate import upgrade
from server.storage.sql import SqlStore
from server.sync.ports import Store

_HERE = Path(__file__).parent
#: Files that take a minute or more begin first, so that no worker is left alone with one of them at the end.
LONGEST = (
    "system/test_screens.py", "system/test_story.py", "ml/tutorial/", "faults/test_openapi_walk.py", "benchmarks/",
    "simulation/", "contract/test_adapters.py", "contract/test_mobile_docs.py", "server/api/test_real_server.py",
    "server/files/test_real_server.py", "system/", "server/live/", "faults/", "ml/audit/", "ml/training/",
)  # fmt: skip


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the longest files first; what is left keeps its order."""
    items.sort(key=lambda item: _rank(item.path.relative_to(_HERE).as_posix()))


def _rank(path: str) -> int:
    return next((n for n, start in enumerate(LONGEST) if path.startswith(start)), len(LONGEST))


@dataclass(frozen=True)
class Cluster:
    """A PostgreSQL of our own. template : a migrated database that new ones are copied from."""

    port: int
    numbers: Iterator[int]

    def url(self, database: str) -> str:
        return f"postgresql+psycopg://kith:kith@127.0.0.1:{self.port}/{database}"

    def run(self, statement: str) -> None:
        engine = create_engine(self.url("postgres"), isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(statement))
        engine.dispose()

    @contextmanager
    def database(self, template: str = "migrated") -> Iterator[str]:
        """Make a database, give its address, and drop it with whatever connections are left to it."""
        name = f"test_{next(self.numbers)}"
        self.run(f"CREATE DATABASE {name} TEMPLATE {template}")
        yield self.url(name)
        self.run(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """Start a PostgreSQL in a folder of its own, on a free port of this machine, and stop it at the end."""
    programs = _programs()
    if programs is None:
        _absent("PostgreSQL's server programs are not installed")
    folder = Path(tempfile.mkdtemp(prefix="kith-pg-", dir="/tmp"))
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
    port = _free_port()
    data = folder / "data"
    _as_owner([programs / "initdb", "-D", data, "-U", "kith", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N"])
    settings = (
        f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off -c synchronous_commit=off "
        "-c full_page_writes=off -c max_connections=120 -c shared_buffers=64MB"
    )
    _as_owner([programs / "pg_ctl", "-D", data, "-l", folder / "log", "-o", settings, "-w", "start"])
    try:
        running = Cluster(port, count())
        running.run("CREATE DATABASE migrated")
        upgrade(running.url("migrated"))
        yield running
    finally:
        _as_owner([programs / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop"])
        shutil.rmtree(folder, ignore_errors=True)


def _programs() -> Path | None:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_ctl"))
    on_path = shutil.which("pg_ctl")
    return found[-1].parent if found else Path(on_path).resolve().parent if on_path else None


def _absent(why: str) -> None:
    if os.environ.get("KITH_REQUIRE_ALL") == "1":
        pytest.fail(f"{why}, and KITH_REQUIRE_ALL asks for every test")
    pytest.skip(why)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _as_owner(arguments: list[object]) -> None:
    """Run one of PostgreSQL's programs, which refuse to work for root."""
    drop = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    # No pipes: the server would keep them open for as long as it lives.
    subprocess.run(
        [*drop, *map(str, arguments)], check=True, cwd="/", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


@pytest.fixture
def postgres_url(cluster: Cluster) -> Iterator[str]:
    """Give the address of an empty, migrated PostgreSQL database."""
    with cluster.database() as url:
        yield url


@pytest.fixture(scope="session")
def _migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sqlite") / "migrated.db"
    upgrade(f"sqlite:///{path}")
    return path


@pytest.fixture
def sqlite_url(tmp_path: Path, _migrated_sqlite: Path) -> str:
    """Give the address of an empty, migrated SQLite database."""
    shutil.copy(_migrated_sqlite, tmp_path / "kith.db")
    return f"sqlite:///{tmp_path / 'kith.db'}"


@pytest.fixture
def sqlite_store(sqlite_url: str) -> Iterator[SqlStore]:
    """Give an empty store on SQLite."""
    yield from _store(sqlite_url)


@pytest.fixture
def postgres_store(postgres_url: str) -> Iterator[SqlStore]:
    """Give an empty store on PostgreSQL."""
    yield from _store(postgres_url)


def _store(url: str) -> Iterator[SqlStore]:
    engine = make_engine(url)
    yield SqlStore(engine)
    engine.dispose()


@pytest.fixture(params=["memory", "sqlite", pytest.param("postgresql", marks=pytest.mark.slow)])
def store(request: pytest.FixtureRequest) -> Store:
    """Give an empty store of each sort in turn."""
    if request.param == "memory":
        return MemoryStore()
    name = "sqlite_store" if request.param == "sqlite" else "postgres_store"
    found: Store = request.getfixturevalue(name)
    return found


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)])
def sql_store(request: pytest.FixtureRequest) -> Store:
    """Give an empty store on each database in turn."""
    found: Store = request.getfixturevalue("sqlite_store" if request.param == "sqlite" else "postgres_store")
    return found


@pytest.fixture
def memory() -> MemoryStore:
    """Give an empty store in memory, for what needs no other."""
    return MemoryStore()
