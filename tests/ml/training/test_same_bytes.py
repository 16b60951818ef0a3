"""The same data and the same seed give the same bytes, through the command, whatever the number of threads."""

import pytest
from click.testing import CliRunner

from ml.cli import ml
from ml.models.registry import CARD, MANIFEST
from ml.models.stored import FILES
from tests.ml.training.made import log


@pytest.mark.slow
def test_training_twice_with_one_and_with_two_threads_writes_the_same_files(tmp_path, monkeypatch):
    monkeypatch.setenv("KITH_HOME", str(tmp_path))
    log(tmp_path / "exports", queries=300, days=500)
    (tmp_path / "recipe.json").write_text('{"trees": {"trees": 15, "seeds": 2}}')

    def typed(*words):
        found = CliRunner().invoke(ml, [str(word) for word in words])
        assert found.exit_code == 0, found.output

    typed("dataset", "--from", tmp_path / "exports")
    for name, threads in (("first", 1), ("again", 1), ("two", 2)):
        typed("train", "--recipe", tmp_path / "recipe.json", "--threads", threads, "--out", tmp_path / name)
    for file in (*FILES, MANIFEST, CARD):
        assert len({(tmp_path / name / file).read_bytes() for name in ("first", "again", "two")}) == 1, file
