"""The two servers that are measured, each under gunicorn in processes of its own."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

from benchmarks.support.floor import make_tables
from benchmarks.support.postgres import free_port

ROOT = Path(__file__).resolve().parents[2]
WORKERS, THREADS = 2, 4


@dataclass(frozen=True, slots=True)
class Serving:
    """A running server: its port and its first process."""

    port: int
    pid: int

    def cpu_s(self) -> float:
        """Give the processor time that the server's processes have used so far, in seconds; the database's apart."""
        own = [line for path in Path("/proc").glob("[0-9]*/stat") if (line := _stat(path))]
        ticks = sum(int(line[11]) + int(line[12]) for line in own if str(self.pid) in (line[-1], line[1]))
        return ticks / os.sysconf("SC_CLK_TCK")


@contextmanager
def kith_server(home: Path, url: str, synchronous: str = "full", workers: int = WORKERS) -> Iterator[Serving]:
    """Serve Kith over the database at `url`. synchronous : how SQLite waits for the disk, full or normal."""
    port = free_port()
    sizes = {"KITH_WORKERS": str(workers), "KITH_THREADS": str(THREADS), "KITH_LOG_LEVEL": "WARNING"}
    disk = {"KITH_SQLITE_SYNCHRONOUS": synchronous, "KITH_DISPATCH": "off"}
    environment = settings_of(home, url) | sizes | disk | {"HOST": "127.0.0.1", "PORT": str(port)}
    kith(environment, "migrate")
    with running([sys.executable, "-m", "kith", "serve"], environment, port, "/healthz", home / "kith.log") as pid:
        yield Serving(port, pid)


@contextmanager
def floor_server(home: Path, url: str, synchronous: str = "full") -> Iterator[Serving]:
    """Serve the floor over the database at `url` with as many workers and threads."""
    port = free_port()
    make_tables(url)
    command = [sys.executable, "-m", "gunicorn", "benchmarks.support.floor:make_app()", "--bind", f"127.0.0.1:{port}",
               "--workers", str(WORKERS), "--threads", str(THREADS), "--worker-class", "gthread", "--keep-alive", "30",
               "--log-level", "warning", "--no-control-socket"]  # fmt: skip
    environment = settings_of(home, "") | {"FLOOR_DATABASE_URL": url, "FLOOR_SQLITE_SYNCHRONOUS": synchronous}
    with running(command, environment, port, "/", home / "floor.log") as pid:
        yield Serving(port, pid)


def kith(environment: dict[str, str], *arguments: str, given: str = "") -> str:
    """Run a `kith` command and give what it prints."""
    command = [sys.executable, "-m", "kith", *arguments]
    done = subprocess.run(command, cwd=ROOT, env=environment, input=given, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"kith {' '.join(arguments)} failed:\n{done.stdout}{done.stderr}")
    return done.stdout


def build_snapshots(home: Path, url: str) -> None:
    """Pack every scope that is worth it."""
    kith(settings_of(home, url), "snapshots", "build")


def add_account(home: Path, url: str, username: str, password: str, tenant: str, team: str) -> None:
    """Make a programme with a prescriber."""
    environment = settings_of(home, url)
    kith(environment, "tenant", "add", tenant)
    kith(environment, "user", "add", username, "--tenant", tenant, "--role", "prescriber", "--team", team,
         "--password-stdin", given=password + "\n")  # fmt: skip


def settings_of(home: Path, url: str) -> dict[str, str]:
    """Give the environment of a server, with nothing of the caller's settings."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("KITH_")}
    return kept | {"KITH_HOME": str(home), "KITH_DATABASE_URL": url}


@contextmanager
def running(command: list[str], environment: dict[str, str], port: int, path: str, log: Path) -> Iterator[int]:
    """Run a server until the block ends, which begins when it answers at `path`; gives its process."""
    with log.open("wb") as file:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=file, stderr=file)
    try:
        _wait(process, port, path, log)
        yield process.pid
    finally:
        process.terminate()
        process.wait(30)


def _wait(process: "subprocess.Popen[bytes]", port: int, path: str, log: Path) -> None:
    ends = time.monotonic() + 60
    while time.monotonic() < ends and process.poll() is None:
        try:
            connection = HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", path)
            connection.getresponse().read()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit(f"the server did not start:\n{log.read_text(errors='replace')[-2000:]}")


def _stat(path: Path) -> list[str]:
    """Give the fields of a process after its name, and its number last; nothing for one that has just ended."""
    try:
        return [*path.read_text().rpartition(")")[2].split(), path.parent.name]
    except OSError:
        return []
