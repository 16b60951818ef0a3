"""A real Kith server in its own process, for tests that a mock cannot satisfy."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@dataclass(slots=True)
class Server:
    """One home folder and, while started, one server process on a loopback port."""

    home: Path
    port: int
    process: "subprocess.Popen[bytes] | None" = None
    extra: Mapping[str, str] = field(default_factory=dict)
    program: tuple[str, ...] = (sys.executable, "-m", "kith", "serve")

    @property
    def url(self) -> str:
        """Where the server answers."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        """The settings of this server and nothing of the caller's; nobody is asked about tasks unless it says so."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("KITH_")}
        kept["KITH_DISPATCH"] = "off"
        return kept | {"KITH_HOME": str(self.home), "HOST": "127.0.0.1", "PORT": str(self.port)} | dict(self.extra)

    def kith(self, *arguments: str, timeout_s: float = 300) -> str:
        """Run a `kith` command in this home; give what it prints, fail with it when it fails."""
        done = subprocess.run(
            [sys.executable, "-m", "kith", *arguments],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=timeout_s,
            check=False,
        )
        assert done.returncode == 0, f"kith {' '.join(arguments)} → {done.returncode}\n{done.stdout}\n{done.stderr}"
        return done.stdout

    def start(self, limit_s: float = 60) -> "Server":
        """Start and wait until it is ready."""
        with (self.home / "server.log").open("ab") as log:
            self.process = subprocess.Popen(
                self.program,
                cwd=ROOT,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        deadline = time.monotonic() + limit_s
        while not self.is_ready():
            assert self.process.poll() is None, "the server ended:\n" + (self.home / "server.log").read_text()[-4000:]
            assert time.monotonic() < deadline, "not ready:\n" + (self.home / "server.log").read_text()[-4000:]
            time.sleep(0.05)
        return self

    def is_ready(self) -> bool:
        """Ask the readiness page."""
        try:
            with urllib.request.urlopen(self.url + "/readyz", timeout=2) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            return False

    def stop(self, how: signal.Signals = signal.SIGTERM) -> None:
        """End the process group that `start` began; SIGKILL is pulling the plug."""
        if self.process and self.process.poll() is None:
            os.killpg(self.process.pid, how)
            self.process.wait(timeout=30)
        self.process = None

    def live_pid(self) -> int:
        """Find the process that pokes the phones of this home; 0 when there is none."""
        mine = f"KITH_HOME={self.home}".encode()
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                command, environment = (folder / "cmdline").read_bytes(), (folder / "environ").read_bytes()
            except OSError:  # it has just ended
                continue
            if b"\0live\0" in command and mine in environment.split(b"\0"):
                return int(folder.name)
        return 0

    def sign_ins(self) -> dict[str, dict[str, str]]:
        """Read the demonstration accounts: username → what the demo wrote about it, the password among it."""
        written = json.loads((self.home / "demo-sign-ins.json").read_text())
        accounts = written["accounts"] if isinstance(written, dict) and "accounts" in written else written
        return {account["username"]: account for account in accounts}


def free_port() -> int:
    """Ask the system for a port that is free now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def copy_home(source: Path, target: Path) -> Path:
    """Copy a prepared home, so that a test owns its world and the county is loaded once."""
    shutil.copytree(source, target, ignore=shutil.ignore_patterns("*.log", "*.sock"))
    return target
