import os
import shutil
import subprocess
from pathlib import Path

import pytest

from server.recommend.golden.__main__ import artefacts

ROOT = Path(__file__).parents[3]
TESTS = ("golden", "pack", "reasons")


@pytest.mark.slow
def test_the_golden_vectors_are_what_python_answers_today():
    stale = [path.name for path, text in artefacts().items() if path.read_text(encoding="utf-8") != text]
    assert not stale, "run python -m server.recommend.golden"


@pytest.mark.slow
def test_the_phones_engine_agrees_with_every_golden_vector():
    node = shutil.which("node")
    if node is None or not (ROOT / "app/node_modules/rolldown").exists():
        if os.environ.get("KITH_REQUIRE_ALL"):
            pytest.fail("Node or the app's packages are missing and KITH_REQUIRE_ALL is set")
        pytest.skip("Node or the app's packages are missing")
    run = subprocess.run(
        [node, ROOT / "mobile_contract/typescript/run_tests.mjs", *(f"ranker/tests/{n}" for n in TESTS)],
        capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    assert run.returncode == 0, run.stdout + run.stderr
    assert "# pass 19" in run.stdout
    assert "# skipped 0" in run.stdout
