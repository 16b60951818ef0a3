import os
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest

from ml.arrays import linear
from ml.models.artifact import export
from ml.models.walker import Pack
from tests.ml.artifact.models import SHAPES, hostile_rows, hybrid

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module", params=SHAPES)
def case(request):
    ranker = hybrid(request.param)
    return request.param, ranker, export(ranker, version=request.param)


def test_ten_thousand_hostile_rows_score_as_in_lightgbm_to_the_last_byte(case):
    _, ranker, data = case
    X = hostile_rows(seed=2)
    wanted = ranker.booster_.predict(X, raw_score=True, num_threads=1)
    assert len(np.unique(wanted)) > 1000
    assert Pack.load(data).forest.score(X).tobytes() == wanted.tobytes()


def test_the_linear_part_and_the_trees_add_up(case):
    _, ranker, data = case
    X = hostile_rows(seed=3, count=200)
    X[np.isinf(X)] = 1
    wanted = linear(X, ranker.weights_, ranker.intercept_) + ranker.booster_.predict(X, raw_score=True, num_threads=1)
    assert Pack.load(data).score(X).tobytes() == wanted.tobytes()


def test_contributions_and_the_base_make_the_score(case):
    _, _, data = case
    pack = Pack.load(data)
    X = hostile_rows(seed=4, count=50)
    X[~(np.abs(X) < 1000)] = np.nan
    made = pack.contributions(X).sum(axis=1) + pack.base
    assert np.abs(made - pack.score(X)).max() < 1e-9


@pytest.mark.slow
def test_the_phones_engine_scores_every_hostile_row_to_the_last_byte(tmp_path):
    node = shutil.which("node")
    if node is None or not (ROOT / "app/node_modules/rolldown").exists():
        if os.environ.get("KITH_REQUIRE_ALL"):
            pytest.fail("Node or the app's packages are missing and KITH_REQUIRE_ALL is set")
        pytest.skip("Node or the app's packages are missing")
    for shape in SHAPES:
        folder = tmp_path / shape
        folder.mkdir()
        ranker, X = hybrid(shape), hostile_rows(seed=5)
        data = export(ranker, version=shape)
        (folder / "pack.json.gz").write_bytes(data)
        X.tofile(folder / "rows.f64")
        with np.errstate(invalid="ignore"):  # infinity times a weight, and infinities that meet
            Pack.load(data).score(X).tofile(folder / "scores.f64")
    run = subprocess.run(
        [node, ROOT / "mobile_contract/typescript/run_tests.mjs", "ranker/tests/bits"],
        env=os.environ | {"KITH_RANKER_BITS": str(tmp_path)}, capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    assert run.returncode == 0, run.stdout + run.stderr
    assert "# skipped 0" in run.stdout
    assert "# pass 1" in run.stdout
