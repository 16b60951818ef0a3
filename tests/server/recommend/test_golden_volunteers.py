import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]


@pytest.mark.slow
def test_the_phones_engine_agrees_with_every_golden_vector_of_volunteers():
    node = shutil.which("node")
    if node is None or not (ROOT / "app/node_modules/rolldown").exists():
        if os.environ.get("KITH_REQUIRE_ALL"):
            pytest.fail("Node or the app's packages are missing and KITH_REQUIRE_ALL is set")
        pytest.skip("Node or the app's packages are missing")
    run = subprocess.run(
        [node, ROOT / "mobile_contract/typescript/run_tests.mjs", "ranker/tests/volunteers"],
        capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    assert run.returncode == 0, run.stdout + run.stderr
    assert "# pass 4" in run.stdout
    assert "# skipped 0" in run.stdout
