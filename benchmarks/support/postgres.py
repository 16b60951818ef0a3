"""A PostgreSQL of our own with its usual promises kept: fsync on, every commit on disk before it is answered."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import create_engine, text


@contextmanager
def postgres() -> Iterator[int]:
    """Start a cluster in a temporary folder, give its port, and stop it; SystemExit when it is not installed."""
    programs = sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_ctl"))
    if not programs:
        raise SystemExit("PostgreSQL's server programs are not installed.")
    folder = Path(tempfile.mkdtemp(prefix="kith-bench-"))
    port, data, binaries = free_port(), folder / "data", programs[-1].parent
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
    _run([binaries / "initdb", "-D", data, "-U", "kith", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8"])
    settings = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c shared_buffers=256MB"
    try:
        _run([binaries / "pg_ctl", "-D", data, "-l", folder / "log", "-o", settings, "-w", "start"])
        yield port
    finally:
        _run([binaries / "pg_ctl", "-D", data, "-m", "fast", "-w", "stop"])
        shutil.rmtree(folder, ignore_errors=True)


def new_database(port: int, name: str) -> str:
    """Make a database and give its address."""
    engine = create_engine(f"postgresql+psycopg://kith@127.0.0.1:{port}/postgres", isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    engine.dispose()
    return f"postgresql+psycopg://kith@127.0.0.1:{port}/{name}"


def free_port() -> int:
    """Find a port of this machine that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _run(arguments: list[object]) -> None:
    """Run one of PostgreSQL's programs, which refuse to work for root."""
    drop = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    none = subprocess.DEVNULL  # a pipe would stay open for as long as the server lives
    subprocess.run([*drop, *map(str, arguments)], check=True, cwd="/", stdout=none, stderr=none)
