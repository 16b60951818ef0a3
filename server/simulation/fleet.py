"""A real server for the multi-process run: gunicorn in a process group of its own, killed without a warning."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from random import Random

import httpx

_READY_S = 60.0


class Fleet:
    """One `kith serve` with its workers over the database at `url`. Only what was started here is ever killed."""

    def __init__(self, url: str, folder: Path) -> None:
        self.database, self.folder, self.port = url, folder, _free_port()
        self.process: subprocess.Popen[bytes] | None = None
        self.kills = {"worker": 0, "server": 0}

    @property
    def address(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start it and wait until it is ready."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("KITH_")}
        ours = {"KITH_HOME": str(self.folder), "KITH_DATABASE_URL": self.database, "KITH_LIVE": "off"}
        ours |= {"HOST": "127.0.0.1", "PORT": str(self.port), "KITH_LOG_LEVEL": "WARNING"}
        with (self.folder / "server.log").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "kith", "serve"], env=kept | ours, stdin=subprocess.DEVNULL, stdout=log,
                stderr=log, start_new_session=True, cwd=Path(__file__).resolve().parents[2],
            )  # fmt: skip
        deadline = time.monotonic() + _READY_S
        while not self._is_ready():
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError((self.folder / "server.log").read_text()[-3000:])
            time.sleep(0.05)

    def _is_ready(self) -> bool:
        try:
            return httpx.get(f"{self.address}/readyz", timeout=2).status_code == 200
        except httpx.TransportError:
            return False

    def kill_some(self, roll: Random) -> str:
        """Kill a worker, which gunicorn replaces, or now and then everything, and start again; say which."""
        workers = self._workers()
        if workers and roll.random() < 0.85:
            with suppress(ProcessLookupError):
                os.kill(roll.choice(workers), signal.SIGKILL)
            self.kills["worker"] += 1
            return "a worker"
        self.end()
        self.start()
        self.kills["server"] += 1
        return "the whole server"

    def _workers(self) -> list[int]:
        if self.process is None:
            return []
        told = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return sorted(int(pid) for pid in told.read_text().split()) if told.exists() else []

    def end(self) -> None:
        """Pull the plug on all of it."""
        if self.process and self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(timeout=30)
        self.process = None


def new_folder() -> Path:
    """Make a private folder."""
    return Path(tempfile.mkdtemp(prefix="kith-fleet-"))


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
