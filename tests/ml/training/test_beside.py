"""Two versions side by side, with answers worked out by hand, and the command as it is typed."""

import json

import numpy as np
import pytest
from click.testing import CliRunner

from ml.cli import ml
from ml.training.beside import changes, shares
from ml.training.verdict import verdict
from tests.ml.training.made import log

SIZES = np.array([3, 2])
CHANGED = {"slates": 10, "changed": 5, "top_changed": 2, "rank_correlation": 0.5}


def over(low, mean, high):
    return {"low": low, "mean": mean, "high": high}


def test_changes_count_slates_and_first_lines_and_tell_how_alike_the_orders_are():
    first = np.array([3.0, 2.0, 1.0, 2.0, 1.0])
    second = np.array([3.0, 1.0, 2.0, 2.0, 1.0])
    assert changes(first, second, SIZES) == {
        "slates": 2, "changed": 1, "top_changed": 0, "rank_correlation": (0.5 + 1) / 2,
    }  # fmt: skip
    assert changes(first, -first, SIZES) == {
        "slates": 2, "changed": 2, "top_changed": 2, "rank_correlation": -1.0,
    }  # fmt: skip


def test_a_feature_that_is_alike_for_all_rows_of_a_slate_tells_nothing_apart():
    contributions = np.array([[5.0, 1.0, 3.0], [5.0, 2.0, 0.0], [5.0, 3.0, 0.0], [7.0, 0.0, 0.0], [7.0, 0.0, 0.0]])
    assert shares(contributions, SIZES).tolist() == pytest.approx([0, 2 / 6, 4 / 6])
    assert shares(np.zeros((5, 2)), SIZES).tolist() == [0, 0]


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (over(0.01, 0.02, 0.03), "a is better than b: NDCG@10 +0.020 (+0.010 to +0.030)."),
        (over(-0.03, -0.02, -0.01), "a is worse than b: NDCG@10 -0.020"),
        (over(-0.004, 0.0, 0.004), "a and b are alike"),
        (over(-0.02, 0.01, 0.03), "These slates do not tell a from b"),
    ],
)
def test_the_verdict_says_in_words_what_the_interval_says(found, words):
    told = verdict("a", "b", found, {}, CHANGED)
    assert told.startswith(words)
    assert told.endswith("Another line stands first in 20% of the slates.")


def test_the_verdict_names_the_slices_in_which_it_is_the_other_way_round():
    slices = {"need": {"food": {"over": {"second": over(-0.2, -0.1, -0.05)}}, "work": {"suppressed": "few"}}}
    assert "b is better in some slices: need food;" in verdict("a", "b", over(0.01, 0.02, 0.03), slices, CHANGED)
    assert "slices" not in verdict("a", "b", over(-0.03, -0.02, -0.01), slices, CHANGED)


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.setenv("KITH_HOME", str(tmp_path))
    monkeypatch.delenv("KITH_MODELS", raising=False)

    def typed(*words):
        found = CliRunner().invoke(ml, [str(word) for word in words])
        assert found.exception is None or isinstance(found.exception, SystemExit), found.exception
        return found

    return typed


@pytest.mark.slow
def test_two_versions_and_a_plain_order_are_set_side_by_side_and_again_to_the_byte(run, tmp_path):
    log(tmp_path / "exports", queries=300, days=500)
    run("dataset", "--from", tmp_path / "exports")
    run("train", "--ranker", "logistic")
    run("train", "--ranker", "logistic", "--seed", 2)
    first, second = sorted(path.parent.name for path in (tmp_path / "models").glob("*/manifest.json"))
    told = run("compare", first, second)
    assert told.exit_code == 0, told.output
    assert f"{first} and {second} are alike" in told.output
    assert "0 of " in told.output
    kept = tmp_path / "models" / first / f"compared-{first}-{second}.json"
    found = json.loads(kept.read_bytes())
    assert set(found["differences"]) == {"seed"}
    assert found["changes"]["rank_correlation"] == 1
    assert run("compare", first, second, "--as-json").output.strip() == kept.read_text().strip()
    assert "better than distance" in run("compare", first, "distance").output
    assert "worse than" in run("compare", "distance", first).output
    assert run("compare", "distance", "rules").exit_code == 1
    assert "none of the plain orders either" in run("compare", first, "nobody").output
