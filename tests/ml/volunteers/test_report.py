import json
from dataclasses import replace
from datetime import UTC, datetime

import polars as pl
import pytest
from click.testing import CliRunner

from ml.cli import ml
from ml.features.volunteers import VOLUNTEERS
from ml.models.evidence import EVALUATION
from ml.models.registry import Registry
from ml.models.walker import Pack
from ml.training.groups import META, Dataset
from ml.training.tables import Tables, write_table
from ml.training.volunteers.dataset import CONTEXT
from ml.training.volunteers.evaluate import refusals
from ml.training.volunteers.report import report


def asked(*answers, district=7000070, load=0):
    """Make a data set of one wave: an answer a volunteer."""
    at = datetime(2026, 11, 20, 9, tzinfo=UTC)
    rows = [
        (
            "w",
            "t",
            at,
            "volunteer",
            f"v{i}",
            i,
            0.5,
            2 * (answer == "yes"),
            "mature",
            district,
            1,
            answer,
            i + 1.0,
            load,
        )
        for i, answer in enumerate(answers)
    ]
    frame = pl.DataFrame(rows, schema={**META, **CONTEXT}, orient="row")
    frame = frame.with_columns(pl.lit(0.0).alias(name) for name in VOLUNTEERS.names)
    features = {"names": list(VOLUNTEERS.names), "schema_sha256": VOLUNTEERS.schema_hash()}
    return Dataset(frame, {"as_of": "2026-11-21", "inputs": {}, "queries": 1, "features": features})


def test_acceptance_load_and_districts_are_told_where_enough_were_asked(tmp_path):
    write_table(tmp_path / "volunteer.parquet", [(f"v{i}", i + 1, {"status": "active"}) for i in range(24)])
    found = report(asked(*["yes"] * 6, *["no"] * 6, load=2), Tables(tmp_path))
    assert found["acceptance"] == {"share": 0.5, "answered_yes": 6, "answered_no": 6, "answered_none": 0}
    assert [one["acceptance"] for one in found["acceptance_by_asks_before"]] == [None, None, 0.5, None, None, None]
    assert found["sharing"] == {"volunteers": 24, "gini": 0.5, "never_asked": 0.5, "most_asked_tenth": 0.166667}
    assert found["by_district"][0]["name"] == "Chelmsford"
    assert found["by_district"][0]["acceptance"] == 0.5
    assert [one["name"] for one in found["by_skill"]] == ["Driving"]
    assert found["demotion_for_each_ask"] == 0.375


@pytest.mark.parametrize("answers", [["yes", "no", "no", "no"], ["yes", *["no"] * 9], [*["yes"] * 9, "no"]])
def test_what_rests_on_fewer_than_five_is_not_told(tmp_path, answers):
    found = report(asked(*answers), Tables(tmp_path))
    assert found["acceptance"]["share"] is None
    assert found["hours_to_first_yes"] == {"waves": None, "median": None, "p90": None}
    assert found["acceptance"]["answered_yes"] in (None, 9)


@pytest.mark.slow
def test_from_asks_to_a_version_that_serves_and_a_report(centre, tmp_path):
    def kith(*arguments):
        run = CliRunner().invoke(ml, ["volunteers", *map(str, arguments)], env={"KITH_HOME": str(tmp_path)})
        assert run.exit_code == 0, run.output
        return run.output

    kith("dataset", "--from", centre)
    kith("train")
    assert "nearest first" in kith("evaluate", "--world", centre)
    assert "said yes" in kith("report", "--from", centre)
    kept = Registry(tmp_path / "models" / "volunteers")
    version = kept.challenger()
    assert Pack.load(version.pack_path.read_bytes(), features=VOLUNTEERS).version == version.name
    truth = version.evaluation["truth"]["volunteers"]["over"]
    assert min(truth[name]["low"] for name in ("nearest first", "least asked")) > 0
    before = (tmp_path / "volunteers.json").read_bytes()
    kith("report", "--from", centre)
    assert (tmp_path / "volunteers.json").read_bytes() == before
    told = json.loads(before)
    assert told["quality"]["version"] == version.name
    reasons = refusals(version, replace(version, name="old"))
    assert f"It was not compared with the champion old: run `kith ml volunteers evaluate {version.name}`." in reasons
    worse = {"mean": -0.01, "low": -0.02, "high": -0.001, "queries": 900}
    evaluation = version.evaluation | {"champion": "old", "over": version.evaluation["over"] | {"champion": worse}}
    kept.write_evidence(version.name, EVALUATION, evaluation)
    assert any("worse than the champion" in reason for reason in refusals(version, replace(version, name="old")))
    assert not [name for name in json.dumps(told).split('"') if name.startswith("volunteer-")]


@pytest.mark.slow
def test_a_version_of_shuffled_answers_is_refused_with_the_reason(centre, learnable, tmp_path):
    from ml.training.train import train
    from ml.training.volunteers.evaluate import RECIPE, evaluate

    shuffled = learnable.rows.with_columns(pl.col("relevance").shuffle(seed=1))
    train(Dataset(shuffled, learnable.report), RECIPE, tmp_path / "made")
    kept = Registry(tmp_path / "models")
    version = kept.register(tmp_path / "made")
    assert refusals(version) == [f"It was not evaluated: run `kith ml volunteers evaluate {version.name}`."]
    kept.write_evidence(version.name, EVALUATION, evaluate(version, learnable))
    assert any(reason.startswith("It is not better than rules") for reason in refusals(version))


@pytest.mark.slow
def test_a_data_set_of_people_is_no_data_set_of_volunteers(learnable, tmp_path):
    wrong = learnable.report | {"features": learnable.report["features"] | {"schema_sha256": "00"}}
    Dataset(learnable.rows, wrong).save(tmp_path / "datasets" / "volunteers")
    run = CliRunner().invoke(ml, ["volunteers", "train"], env={"KITH_HOME": str(tmp_path)})
    assert run.exit_code == 1
    assert "kith ml volunteers dataset" in run.output
