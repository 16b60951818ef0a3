"""What comes after training on ranking data of others: what makes sense works, the rest is refused in one sentence."""

from datetime import date, timedelta

import numpy as np
import polars as pl
import pytest
from click.testing import CliRunner

from ml.cli import ml
from ml.files import read_json
from ml.models.registry import Registry

pytestmark = pytest.mark.slow
QUERIES, ROWS = 400, 5


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """A year of queries in which `near` decides; in its last twelve weeks `far` has grown. A version, and two sets."""
    print("seed 4")
    home, rng = tmp_path_factory.mktemp("home"), np.random.default_rng(4)
    near, far = rng.normal(size=(2, QUERIES * ROWS))
    query = np.repeat(np.arange(QUERIES), ROWS)
    shown = [date(2025, 1, 1) + timedelta(days=int(at * 365 / QUERIES)) for at in query]
    late = np.array([day >= date(2025, 10, 8) for day in shown])
    label = np.clip(np.round(near + rng.normal(0, 0.5, near.size)), 0, 4).astype(int)
    columns = {"query": query, "label": label, "near": near, "far": far + 3.0 * late}
    pl.DataFrame({**columns, "day": shown}).write_parquet(home / "timed.parquet")
    pl.DataFrame(columns).write_parquet(home / "untimed.parquet")
    for name, more in (("timed", ["--time", "day"]), ("untimed", [])):
        typed(home, "dataset", "--ranking", home / f"{name}.parquet", *more, "--out", home / name)
    typed(home, "train", "--data", home / "timed", "--ranker", "logistic")
    return home


def typed(home, *words, ends=0):
    environment = {"KITH_HOME": str(home), "KITH_MODELS": "", "COLUMNS": "160"}
    found = CliRunner().invoke(ml, [str(word) for word in words], env=environment)
    assert isinstance(found.exception, SystemExit | None), found.exception
    assert found.exit_code == ends, found.output
    return " ".join(found.output.split())


def version(home):
    return Registry(home / "models").challenger()


def test_a_learning_curve_is_drawn_up_to_the_whole(place):
    said = typed(place, "evaluate", "--data", place / "timed", "--learning-curve")
    points = read_json(version(place).folder / "evaluation.json")["learning_curve"]
    assert [point["queries"] for point in points] == sorted(point["queries"] for point in points)
    assert f"learned from {points[-1]['queries']} slates" in said
    assert points[-1]["ndcg@10"]["mean"] > 0.9


def test_drift_is_watched_where_times_are_told_and_names_what_has_moved(place):
    said = typed(place, "drift", "--data", place / "timed")
    assert "far has moved" in said
    assert "near has moved" not in said
    assert read_json(version(place).folder / "drift.json")["model_sha256"] == version(place).model_sha256


def test_drift_without_times_or_of_other_features_is_refused_in_a_sentence(place, tmp_path):
    said = typed(place, "drift", "--data", place / "untimed", ends=1)
    assert "this data set tells none; make it again with --time" in said
    other = pl.read_parquet(place / "timed.parquet").rename({"far": "further"})
    other.write_parquet(tmp_path / "other.parquet")
    typed(place, "dataset", "--ranking", tmp_path / "other.parquet", "--time", "day", "--out", tmp_path / "other")
    assert "other features than those that version" in typed(place, "drift", "--data", tmp_path / "other", ends=1)


def test_what_needs_the_chance_of_a_place_or_our_own_features_is_refused_in_a_sentence(place):
    name = version(place).name
    said = typed(place, "ope", "--data", place / "timed", ends=1)
    assert "a ranking data set of others logs none; `kith ml evaluate` compares orders there" in said
    assert "compare two versions" in typed(place, "compare", name, "rules", "--data", place / "timed", ends=1)
    said = typed(place, "explain", "r-1", "--from", place, "--version", name, ends=1)
    assert "learned from features of others" in said
    assert "Audits know the features of Kith alone" in typed(place, "fairness", "--data", place / "timed", ends=1)


def test_the_page_on_it_leads_with_the_plain_order_that_there_is(place):
    typed(place, "evaluate", "--data", place / "timed")
    typed(place, "report", "--data", place / "timed", "--out", place / "page.html")
    assert "lead over " in (place / "page.html").read_text(encoding="utf-8")
