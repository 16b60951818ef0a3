"""Rules that phones ask too: the same cases for both."""

import json
from pathlib import Path

import pytest

from server.domain.qualified import lacking
from server.domain.training import held_on
from tests.contract.test_typescript import TYPESCRIPT, run

CASES = json.loads((TYPESCRIPT.parent / "vectors" / "rules" / "qualified.json").read_text("utf-8"))["cases"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_volunteer_lacks_for_a_task_what_the_table_says(case):
    volunteer = {"dbs_level": "none", **case["volunteer"]}
    assert lacking(case["task"], volunteer, held_on(volunteer, case["on"]), case["on"]) == case["lacking"]


@pytest.mark.slow
def test_a_phone_says_the_same(node):
    done = run(node, str(TYPESCRIPT / "run_tests.mjs"), str(Path("tests") / "rules"))
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-4000:]
    assert "fail 0" in done.stdout
