import json
import re
from dataclasses import replace
from datetime import UTC, date, datetime

import numpy as np
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
from ml.training.volunteers.foretold import foretold
from ml.training.volunteers.load import load, verdict
from ml.training.volunteers.report import report


def asked(*answers, district=7000070, load=0):
    """Make a data set of one wave: an answer a volunteer."""
    at = datetime(2026, 11, 20, 9, tzinfo=UTC)
    rows = [
        ("t", "t", at, "volunteer", f"v{i}", 0, 0.5, 2 * (answer == "yes"), "mature", district, 1, answer, i + 1.0,
         load, "t-0", None)
        for i, answer in enumerate(answers)
    ]  # fmt: skip
    frame = pl.DataFrame(rows, schema={**META, **CONTEXT}, orient="row")
    frame = frame.with_columns(pl.lit(0.0).alias(name) for name in VOLUNTEERS.names)
    features = {"names": list(VOLUNTEERS.names), "schema_sha256": VOLUNTEERS.schema_hash()}
    return Dataset(frame, {"as_of": "2026-11-21", "inputs": {}, "queries": 1, "features": features})


def write_waves(folder, times):
    """Write waves in which volunteers were asked so many times, by number."""
    waves = [[who for who, count in times.items() if count > wave] for wave in range(max(times.values()))]
    at = {"asked_at": "2026-11-20T09:00:00Z"}
    made = [("w", at | {"items": [{"id": f"v{who}"} for who in wave]}) for wave in waves]
    write_table(folder / "wave.parquet", [(f"{name}{n}", n, doc) for n, (name, doc) in enumerate(made)])


def write_areas(folder, areas):
    """Write where volunteers live: district and fifth, by number."""
    rows = [(f"v{who}", 1, {"status": "active", "district": d, "fifth": f}) for who, (d, f) in areas.items()]
    write_table(folder / "volunteer_area.parquet", rows)


def test_asks_a_head_are_compared_by_district_and_by_deprivation(tmp_path):
    write_areas(tmp_path, {who: ("E07000070" if who < 20 else "E07000071", 1 if who < 38 else 5) for who in range(40)})
    write_waves(tmp_path, {who: 3 if who < 20 else 1 for who in range(40)})
    found = load(Tables(tmp_path), date(2026, 11, 20))
    districts = {name: (one["mean"], one["volunteers"]) for name, one in found["groups"]["district"].items()}
    assert districts == {"Chelmsford": (1.5, 20), "Colchester": (0.5, 20)}
    assert found["groups"]["deprivation"]["least deprived fifth"] is None
    judged, reasons = verdict(found)
    assert (judged, len(reasons)) == ("uneven", 3)
    assert reasons[0] == "Chelmsford (district): asked 1.50 times as often as all (1.50 to 1.50)."
    assert found["gini"] == 0.25
    assert found["gini"] < found["gini_by_lot"]


def test_asking_all_alike_is_even_and_one_district_alone_is_not_judged(tmp_path):
    write_waves(tmp_path, dict.fromkeys(range(40), 2))
    for districts, told in ((2, "even"), (1, "not judged")):
        write_areas(tmp_path, {who: (f"E0700007{who % districts}", None) for who in range(40)})
        assert verdict(load(Tables(tmp_path), date(2026, 11, 20)))[0] == told


def test_asks_of_a_later_day_are_no_load_of_today(tmp_path):
    write_areas(tmp_path, dict.fromkeys(range(40), (None, None)))
    write_waves(tmp_path, dict.fromkeys(range(40), 2))
    assert load(Tables(tmp_path), date(2026, 11, 19))["gini"] is None


def test_chances_are_held_against_what_came_in_bins_of_as_many():
    chance = np.array([0.2] * 50 + [0.8] * 50 + [np.nan])
    agreed = np.array([True] * 10 + [False] * 40 + [True] * 30 + [False] * 20 + [True])
    found = foretold(chance, agreed)
    assert found["count"] == [25, 25, 25, 25]
    assert found["foretold"] == [0.2, 0.2, 0.8, 0.8]
    assert (found["came"], found["error"]) == ([0.4, 0.0, 1.0, 0.2], 0.3)
    assert foretold(chance[:20], agreed[:20]) is None


def test_acceptance_load_and_districts_are_told_where_enough_were_asked(tmp_path):
    write_table(tmp_path / "volunteer.parquet", [(f"v{i}", i + 1, {"status": "active"}) for i in range(24)])
    write_waves(tmp_path, dict.fromkeys(range(12), 1))
    found = report(asked(*["yes"] * 6, *["no"] * 6, load=2), Tables(tmp_path))
    assert found["acceptance"] == {"share": 0.5, "answered_yes": 6, "answered_no": 6, "answered_none": 0}
    assert [one["acceptance"] for one in found["acceptance_by_asks_before"]] == [None, None, 0.5, None, None, None]
    shared = {name: found["load"][name] for name in ("volunteers", "asks", "gini", "never_asked", "most_asked_tenth")}
    assert shared == {"volunteers": 24, "asks": 12, "gini": 0.5, "never_asked": 0.5, "most_asked_tenth": 0.166667}
    assert found["load"]["lorenz"] == [0, 0, 0, 0, 0, 0, 0.2, 0.4, 0.6, 0.8, 1]
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
    before = [(tmp_path / f"volunteers.{kind}").read_bytes() for kind in ("json", "html")]
    kith("report", "--from", centre)
    assert [(tmp_path / f"volunteers.{kind}").read_bytes() for kind in ("json", "html")] == before
    told, page = json.loads(before[0]), before[1].decode()
    assert page.count("<svg") >= 8
    assert all(link.startswith("#") for link in re.findall(r'(?:src|href|url)[=(]["\']?([^"\' >)]*)', page))
    assert "All of it is made up." in page
    assert "Whether volunteers of deprived areas are asked as often as others" in page
    assert "volunteer-" not in page
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
