"""Do what a stranger does first: clone, `make run`, wait until it is healthy, stop it, start it again.

Prints the cold and the warm start in seconds; exits with 1 and the output when the server does not come up.
"""

import argparse
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    """Run the two starts; 0 when both came up healthy and stopped cleanly."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cold-limit-s", type=float, default=900)
    parser.add_argument("--warm-limit-s", type=float, default=60)
    limits = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="kith-first-run-"))
    try:
        clone = folder / "kith"
        subprocess.run(["git", "clone", "--quiet", str(ROOT), str(clone)], check=True)
        cold = start_and_stop(clone, limits.cold_limit_s)
        warm = start_and_stop(clone, limits.warm_limit_s)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(f"make run: cold {cold:.1f} s, second start {warm:.1f} s")
    return 0


def start_and_stop(clone: Path, limit_s: float) -> float:
    """Give the seconds from `make run` to a healthy server; then stop it as Ctrl-C does."""
    port = free_port()
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("KITH_", "VIRTUAL_ENV"))}
    log = clone.parent / f"run-{port}.log"
    with log.open("wb") as output:
        started = time.monotonic()
        process = subprocess.Popen(
            ["make", "run"],
            cwd=clone,
            env=environment | {"PORT": str(port)},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            seconds = wait_until_ready(process, port, started, limit_s, log)
            load_front_page(port, log)
        finally:
            stop(process)
    return seconds


def wait_until_ready(process: "subprocess.Popen[bytes]", port: int, started: float, limit_s: float, log: Path) -> float:
    """Poll the readiness page; fail with the log when the process ends or the limit passes."""
    while time.monotonic() - started < limit_s:
        if process.poll() is not None:
            raise SystemExit(f"make run ended with {process.returncode}:\n{log.read_text()[-6000:]}")
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5) as answer:
                if answer.status == 200:
                    return time.monotonic() - started
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise SystemExit(f"make run was not ready after {limit_s:.0f} s:\n{log.read_text()[-6000:]}")


def load_front_page(port: int, log: Path) -> None:
    """Check that the app itself is served; fail with the answer and the log when there is none."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=10) as answer:
            page = answer.read().decode()
    except urllib.error.HTTPError as error:
        raise SystemExit(
            f"the front page is {error.code}:\n{error.read().decode()}\n{log.read_text()[-6000:]}"
        ) from error
    if "<title>Kith" not in page:
        raise SystemExit("the front page is not the app")


def stop(process: "subprocess.Popen[bytes]") -> None:
    """Send what Ctrl-C sends, to the whole group, and wait."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGINT)
        process.wait(timeout=30)


def free_port() -> int:
    """Ask the system for a port that is free now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


if __name__ == "__main__":
    sys.exit(main())
