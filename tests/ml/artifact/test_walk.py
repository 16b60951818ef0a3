import json
import subprocess

import numpy as np
import pytest

from ml.arrays import linear
from server.recommend.golden.__main__ import VECTORS
from server.recommend.golden.walk import hashed, rows_of_chance, said
from tests.contract.node import find_node
from tests.ml.artifact.phone import ROOT
from tests.ml.artifact.texts import booster_of


@pytest.fixture(scope="module")
def golden():
    return json.loads((VECTORS / "walk.json").read_text())


def test_lightgbm_itself_gives_every_golden_row_its_bytes(golden):
    """That the file is not stale, tests/server/recommend/test_golden.py says; that Python is right, this does."""
    straight, columns = golden["pack"]["linear"], len(golden["pack"]["features"])
    X = rows_of_chance(golden["seed"], [float(value) for value in golden["ordinary"]], columns)
    trees = booster_of(golden["pack"]["trees"], columns).predict(X, raw_score=True, num_threads=1)
    with np.errstate(all="ignore"):
        scores = linear(X, np.array(straight["weights"]), straight["intercept"]) + trees
    assert len(scores) == 10_000
    assert len(np.unique(trees)) > 5000
    chunks = np.split(scores, len(golden["chunks"]))
    assert [[hashed(part), said(float(part[0]))] for part in chunks] == golden["chunks"]


def test_the_golden_rows_hold_every_kind_of_number_and_the_trees_every_kind_of_test(golden):
    columns = len(golden["pack"]["features"])
    X = rows_of_chance(golden["seed"], [float(value) for value in golden["ordinary"]], columns)
    assert np.isnan(X).any()
    assert (np.signbit(X) & (X == 0)).any()
    assert ((np.abs(X) > 0) & (np.abs(X) < 2.3e-308)).any()
    assert np.isinf(X).any()
    assert (X >= 2**31).any()
    decisions = {decision for tree in golden["pack"]["trees"] for decision in tree[2]}
    assert decisions == {0, 1, 2, 4, 6, 8, 10}
    assert any(len(words) == 3 for tree in golden["pack"]["trees"] for words in tree[7])
    assert {len(tree[5]) for tree in golden["pack"]["trees"]} >= {1, 2, 64}


@pytest.mark.slow
def test_the_phone_gives_every_golden_row_its_bytes(node_is_here):
    command = [find_node(), ROOT / "mobile_contract/typescript/run_tests.mjs", "ranker/tests/walk"]
    run = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert run.returncode == 0, run.stdout + run.stderr
    assert "# pass 1" in run.stdout
