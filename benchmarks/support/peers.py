"""Peers are installed by the benchmark itself: exactly what their lock files name, in folders of their own."""

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks.support.servers import ROOT

PEERS = ROOT / "benchmarks" / "peers"
_CACHE = ROOT / ".cache" / "peers"


def python_peer(name: str) -> Path:
    """Install what ``peers/<name>/requirements.lock`` names, once; give its Python."""
    lock, home = PEERS / name / "requirements.lock", _CACHE / name
    if not _made(home, [lock]):
        shutil.rmtree(home, ignore_errors=True)
        run_peer([sys.executable, "-m", "venv", home])
        run_peer([home / "bin" / "python", "-m", "pip", "install", "--quiet", "--require-hashes", "-r", lock])
        _stamp(home, [lock])
    return home / "bin" / "python"


def node_peer(name: str) -> Path:
    """Install what ``peers/<name>/package-lock.json`` names, once; give its folder, the scripts among it."""
    home, sources = _CACHE / name, sorted(path for path in (PEERS / name).iterdir() if path.is_file())
    if not _made(home, sources):
        shutil.rmtree(home, ignore_errors=True)
        shutil.copytree(PEERS / name, home, ignore=shutil.ignore_patterns("node_modules"))
        run_peer(["npm", "ci", "--no-audit", "--no-fund"], home)
        _stamp(home, sources)
    return home


def _made(home: Path, sources: Sequence[Path]) -> bool:
    stamp = home / "stamp"
    return stamp.exists() and stamp.read_text() == _digest(sources)


def _stamp(home: Path, sources: Sequence[Path]) -> None:
    (home / "stamp").write_text(_digest(sources))


def _digest(sources: Sequence[Path]) -> str:
    return hashlib.sha256(b"\0".join(source.read_bytes() for source in sources)).hexdigest()


def peer_environment() -> dict[str, str]:
    """Give the environment of a peer: the machine's, with the Node that the set-up may have had to install."""
    path = os.pathsep.join([os.environ.get("PATH", os.defpath), str(ROOT / ".venv" / "bin")])
    return {**os.environ, "PATH": path, "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PYTHONWARNINGS": "ignore"}


def run_peer(command: Sequence[str | Path], folder: Path = ROOT) -> None:
    """Run a program to its end; SystemExit with what it said when it fails."""
    words = [str(word) for word in command]
    done = subprocess.run(words, cwd=folder, env=peer_environment(), capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{' '.join(words[:4])}… failed:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
