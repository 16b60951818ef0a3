"""Stores for worlds: memory, a SQLite file that dies with the process, a PostgreSQL given or started for the while."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from sqlalchemy import Engine, create_engine, text

from server.storage.engine import make_engine
from server.storage.memory import MemoryStore
from server.storage.migrate import upgrade
from server.storage.sql import SqlStore
from server.sync.ports import Store

#: Worlds that share one database before a new one is made: each has tenants of its own.
WORLDS_A_DATABASE: Final = 150
#: Where files cost no disk.
_SHARED_MEMORY: Final = Path("/dev/shm")  # noqa: S108 # worlds are made up and die with the process


class Stores:
    """Gives each world a store. kind : memory, sqlite or postgresql. url : of a PostgreSQL that may be filled."""

    def __init__(self, kind: str, url: str = "") -> None:
        self.kind, self._url, self._worlds = kind, url, 0
        self._folder: Path | None = None
        self._engine: Engine | None = None

    def next(self) -> Store:
        """Give the store for the next world."""
        if self.kind == "memory":
            return MemoryStore()
        if self._engine is None or (self.kind == "sqlite" and self._worlds % WORLDS_A_DATABASE == 0):
            self._renew()
        self._worlds += 1
        if self._engine is None:
            raise AssertionError("a database was just made")
        return SqlStore(self._engine)

    def _renew(self) -> None:
        if self._engine:
            self._engine.dispose()
        self._engine = make_engine(self._url if self.kind == "postgresql" else self._new_file())

    def _new_file(self) -> str:
        if self._folder is None:
            where = _SHARED_MEMORY if _SHARED_MEMORY.is_dir() else None
            self._folder = Path(tempfile.mkdtemp(prefix="kith-worlds-", dir=where))
        template, path = self._folder / "migrated.db", self._folder / "worlds.db"
        if not template.exists():
            upgrade(f"sqlite:///{template}")
        for old in self._folder.glob("worlds.db*"):
            old.unlink()
        shutil.copy(template, path)
        return f"sqlite:///{path}"

    def close(self) -> None:
        """Take everything away."""
        if self._engine:
            self._engine.dispose()
        if self._folder:
            shutil.rmtree(self._folder, ignore_errors=True)


@contextmanager
def postgres(count: int) -> Iterator[list[str]]:
    """Start a PostgreSQL of our own, in a folder of its own, and give the addresses of `count` empty databases."""
    programs = _programs()
    folder = Path(tempfile.mkdtemp(prefix="kith-worlds-pg-", dir="/tmp"))  # PostgreSQL's user must reach it
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
    port, data = _free_port(), folder / "data"
    _as_owner(programs / "initdb", "-D", data, "-U", "kith", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N")
    settings = (
        f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off -c synchronous_commit=off "
        "-c full_page_writes=off -c max_connections=120"
    )
    _as_owner(programs / "pg_ctl", "-D", data, "-l", folder / "log", "-o", settings, "-w", "start")
    try:
        urls = [f"postgresql+psycopg://kith@127.0.0.1:{port}/worlds_{number}" for number in range(count)]
        _make(f"postgresql+psycopg://kith@127.0.0.1:{port}/postgres", urls)
        yield urls
    finally:
        _as_owner(programs / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")
        shutil.rmtree(folder, ignore_errors=True)


def _make(admin: str, urls: list[str]) -> None:
    engine = create_engine(admin, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for url in urls:
            connection.execute(text(f"CREATE DATABASE {url.rpartition('/')[2]}"))
    engine.dispose()
    for url in urls:
        upgrade(url)


def _programs() -> Path:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_ctl"))
    on_path = shutil.which("pg_ctl")
    if not found and not on_path:
        raise FileNotFoundError("PostgreSQL's server programs are not installed; give a database with --url.")
    return found[-1].parent if found else Path(on_path or "").resolve().parent


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _as_owner(*arguments: object) -> None:
    """Run one of PostgreSQL's programs, which refuse to work for root."""
    drop = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    quiet = subprocess.DEVNULL  # no pipes: the server would keep them open for as long as it lives
    subprocess.run([*drop, *map(str, arguments)], check=True, cwd="/", stdout=quiet, stderr=quiet)
