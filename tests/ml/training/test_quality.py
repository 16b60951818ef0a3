"""The quality of a data set: what is counted, and that what is too good to be true is said."""

import json

import numpy as np
import polars as pl
import pytest
from click.testing import CliRunner

from ml.cli import ml
from ml.features import FEATURE_NAMES
from ml.training.dataset import build_dataset
from ml.training.quality_features import FeatureQuality
from ml.training.quality_slates import Propensities
from tests.ml.training.made import exposure, item, log, placement, tables


def rows(**columns):
    return pl.DataFrame({"query": list("aaabbb"), "relevance": [1, 0, 0, 0, 2, 0]} | columns)


def test_a_feature_that_orders_every_pair_rightly_tells_all_and_one_that_is_always_the_same_tells_nothing():
    found = FeatureQuality(["best", "worst", "same", "gone"])
    found.take(
        rows(best=[9, 1, 2, 3, 5, 4], worst=[0, 1, 2, 3, 0, 4], same=[1.0] * 6, gone=[None, 1.0, 1.0, 1.0, None, 1.0])
    )
    told = found.report()
    assert told["tell_most_alone"] == {"best": 1.0, "gone": 0.0, "worst": 0.0, "same": 0.5}
    assert told["constant"] == ["same", "gone"]
    assert told["missing"] == {"gone": 0.333333}


def test_the_share_of_pairs_is_that_of_a_case_worked_out_by_hand():
    found = FeatureQuality(["half"])
    found.take(rows(half=[2, 2, 1, 5, 4, 3]))  # a tie, a win; then a loss and a win
    assert found.report()["tell_most_alone"] == {"half": 0.625}


def test_few_queries_alarm_nobody():
    found = FeatureQuality(["best"])
    found.take(rows(best=[9, 1, 2, 3, 5, 4]))
    assert found.suspicious() == []


def test_a_count_that_knows_the_future_is_caught(tmp_path):
    honest = log(tmp_path / "honest", queries=60)
    assert build_dataset(honest).report["quality"]["features"]["suspicious"] == []
    exposures, placements = dict(honest.documents("exposure")), dict(honest.documents("placement"))
    chosen = {one["item_id"] for one in placements.values()}
    for document in exposures.values():
        for line in document["items"]:
            line["inputs"] |= {"chosen": float(line["id"] in chosen)}
    quality = build_dataset(tables(tmp_path / "leaking", exposures, placements)).report["quality"]
    assert quality["features"]["suspicious"] == ["take_up", "start_rate"]
    assert "take_up alone tells the answer too well: does it know the future?" in quality["warnings"]


def test_rows_that_lie_in_the_order_of_their_labels_are_caught():
    found = FeatureQuality(["same"])
    many = [
        rows(same=[1.0] * 6, relevance=[2, 0, 0, 1, 0, 0]).with_columns(pl.col("query") + str(n)) for n in range(20)
    ]
    found.take(pl.concat(many))
    assert found.suspicious() == ["the order of rows"]


def test_propensities_that_promise_what_was_explored_add_up():
    sound, silent = Propensities(), Propensities()
    rng = np.random.default_rng(1)
    for _ in range(2_000):  # of two lines, the pair is swapped with a chance of a tenth
        swapped = rng.random() < 0.1
        sound.take([0.1, 0.1] if swapped else [0.9, 0.9])
        silent.take([0.9, 0.9])
    told = sound.report()
    assert told["adds_up"]
    assert told["share_of_lines_promised"] == 0.1
    assert (told["lowest"], told["highest"]) == (0.1, 0.9)
    assert not silent.report()["adds_up"]


def test_where_every_line_is_drawn_there_is_nothing_to_add_up():
    drawn = Propensities()
    drawn.take([0.1] * 10)
    assert drawn.report()["adds_up"] is None


def slate(**changed):
    return exposure([item("a", 0), item("b", 1)]) | changed


def test_slates_are_counted_by_month_policy_pack_and_candidates(tmp_path):
    exposures = {
        "e1": slate(unshown=[{"kind": "asset", "id": "c"}], excluded=[{"kind": "asset", "id": "d", "rule": "closed"}]),
        "e2": slate(shown_at="2025-02-01T09:00:00Z", model_version="m1", policy="other"),
        "e3": slate(shown_at="2025-02-01T09:00:00Z", model_version="m1", pack_sha256="ab" * 32, policy="other"),
    }
    told = build_dataset(tables(tmp_path, exposures, {"p": placement("e1", "a")})).report["quality"]["slates"]
    assert told["by_month"] == {"2025-01": 1, "2025-02": 2}
    assert told["by_policy"] == {"other": 2, "plain": 1}
    assert told["by_pack"] == {"abababababab": 1, "none": 2}
    assert told["candidates"] == {"shown": 6, "unshown": 1, "excluded": 1}
    assert told["excluded_by_rule"] == {"closed": 1}
    assert told["slates_without_their_unshown"] == 2
    assert told["models_without_a_pack"] == 1
    assert told["slates_twice"] == 1


def test_faults_outcomes_and_positions_are_counted(tmp_path):
    exposures = {"e1": slate(), "e2": exposure([]), "e3": exposure([])}
    choices = {"p1": placement("e1", "b", attended=1, outcome_on="2025-02-05"), "p2": placement(None, "b", days=200)}
    told = build_dataset(tables(tmp_path, exposures, choices)).report["quality"]
    assert told["faults"] == {"it shows nothing": 2}
    assert told["outcomes"] == {
        "told": 1, "days_10": 30, "days_50": 30, "days_90": 30, "choices_without_exposure": 1,
    }  # fmt: skip
    assert told["positions"] == {"0": {"shown": 1, "share_chosen": 0.0}, "1": {"shown": 1, "share_chosen": 1.0}}
    assert "2 records left out: it shows nothing." in told["warnings"]


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.setenv("KITH_HOME", str(tmp_path))
    return lambda *words: CliRunner().invoke(ml, [str(word) for word in words], catch_exceptions=False)


def test_the_command_tells_and_writes_the_same_twice(run, tmp_path):
    log(tmp_path / "exports", queries=40)
    run("dataset", "--from", tmp_path / "exports")
    found = run("quality")
    told = found.output
    assert found.stdout.startswith("Quality of the data set")
    assert found.stderr == ""  # where nobody looks on, nothing spins
    for words in ("40 of them with a positive", "tell most alone", "slates by policy", "plain: 40", "position"):
        assert words in told
    kept = tmp_path / "datasets" / "latest" / "quality.json"
    once = kept.read_bytes()
    run("quality")
    assert kept.read_bytes() == once
    assert json.loads(once)["features"]["tell_most_alone"].keys() <= set(FEATURE_NAMES)


def test_a_set_whose_report_has_no_quality_is_counted_from_its_rows(run, tmp_path):
    made = build_dataset(log(tmp_path / "log", queries=40))
    made.report.pop("quality")
    made.save(tmp_path / "datasets" / "latest")
    assert "tell most alone" in run("quality").output
