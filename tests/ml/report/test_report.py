"""The page on a version, and slates taken apart, as a person meets them."""

import json
import re
from datetime import datetime
from html.parser import HTMLParser

import numpy as np
import pytest
from click.testing import CliRunner

from ml.audit.naming import input_words
from ml.cli import ml
from ml.features import FEATURE_NAMES
from ml.models.artifact import packed
from ml.models.registry import Registry
from ml.models.walker import Pack
from ml.report.effects import by_family, effects
from ml.report.gathered import gather
from ml.report.page import Verdict, page
from ml.report.pictures import grouped, intervals
from ml.report.slates import explain
from ml.report.words import slice_words, words
from ml.report.written import report
from ml.training.dataset import build_dataset
from ml.training.evaluate import evaluate
from ml.training.judge import keep_evaluation
from ml.training.recipe import Recipe
from ml.training.split import split_by_time
from ml.training.tables import TableError, Tables
from ml.training.train import train
from tests.ml.training.made import log

QUICK = {"trees": 20, "min_data_in_leaf": 20}


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """A log, its data set, and a registry with one evaluated version."""
    home = tmp_path_factory.mktemp("home")
    dataset = build_dataset(log(home / "exports" / "essex-demo", queries=400, days=500))
    dataset.save(home / "datasets" / "latest")
    train(dataset, Recipe(trees=QUICK), home / "made")
    registry = Registry(home / "models")
    version = registry.register(home / "made")
    keep_evaluation(registry, version, evaluate(version, dataset))
    return home, dataset, version


@pytest.fixture
def run(place, monkeypatch):
    monkeypatch.setenv("KITH_HOME", str(place[0]))
    monkeypatch.delenv("KITH_MODELS", raising=False)
    return lambda *words: CliRunner().invoke(ml, [str(word) for word in words])


class Tags(HTMLParser):
    """Refuses what closes out of turn, and gathers what the page asks for from elsewhere."""

    def __init__(self):
        super().__init__()
        self.open, self.fetched = [], []

    def handle_starttag(self, tag, attrs):
        if tag not in ("meta", "br", "image"):
            self.open.append(tag)
        self.fetched += [value for name, value in attrs if name in ("src", "href", "xlink:href") and value[0] != "#"]

    def handle_startendtag(self, tag, attrs):
        self.fetched += [value for name, value in attrs if name in ("src", "href", "xlink:href") and value[0] != "#"]

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


@pytest.mark.slow
def test_the_page_is_whole_fetches_nothing_and_is_the_same_each_time(place):
    _, dataset, version = place
    rows = split_by_time(dataset).held_out
    shown = report(gather(version, rows))
    tags = Tags()
    tags.feed(shown)
    assert tags.open == []
    assert tags.fetched == []
    assert "<script" not in shown
    assert shown == report(gather(version, rows))


@pytest.mark.slow
def test_the_page_shows_every_order_and_what_the_ranker_goes_by(place):
    _, dataset, version = place
    shown = report(gather(version, split_by_time(dataset).held_out))
    for name in version.evaluation["quality"]:
        assert f">{words(name)}<" in shown
    assert f"{version.evaluation['quality']['version']['ndcg@10']['mean']:.3f}" in shown
    assert ">distance<" in shown
    assert "Nobody asked yet whether it may serve" in shown


@pytest.mark.slow
def test_the_page_has_no_codes_and_says_why_chances_are_judged_on_other_slates(place):
    _, dataset, version = place
    since = datetime.fromisoformat(version.manifest["learned_until"])
    shown = report(gather(version, dataset.where((dataset.queries["shown_at"] >= since).to_numpy())))
    for code in ("E0700", "_mask", "slots_any", "cost_of_budget", "take_up"):
        assert code not in shown, code
    assert f"They begin on {version.manifest['learned_until'][:10]}, where its learning stopped" in shown


def test_every_feature_and_what_gives_a_group_away_has_words():
    assert [name for name in FEATURE_NAMES if "_" in words(name) or len(words(name)) > 23] == []
    assert slice_words("district", "E07000070") == "Chelmsford"
    assert slice_words("district", "E99999999") == "E99999999"
    assert input_words("availability_mask:0") == "being free on Monday morning"
    assert input_words("access_needs_mask:0") == "the access need “Step-free”"
    assert input_words("home_easting") == "how far east they live"
    assert input_words("spoken_mask:30") == "spoken mask:30"


def test_rows_of_several_questions_stand_on_one_scale():
    one, other = ({"mean": mean, "low": mean, "high": mean} for mean in (0.1, 0.9))
    drawn = grouped("said", "NDCG@10", {"by need": {"x": one}, "by item": {"y": other}})
    assert drawn.count(">by ") == 2
    assert drawn.count(">NDCG@10<") == 1


@pytest.mark.slow
def test_what_was_not_measured_names_the_command_that_does(place, tmp_path):
    _, dataset, _ = place
    train(dataset, Recipe(trees=QUICK, seed=2), tmp_path / "made")
    version = Registry(tmp_path / "models").register(tmp_path / "made")
    shown = report(gather(version))
    assert f"Not measured yet: <code>kith ml evaluate {version.name}</code> does." in shown
    assert "Give the data set with <code>--data</code>" in shown


def test_a_refusal_is_told_with_its_reasons_and_nothing_in_it_is_taken_for_html(place, tmp_path):
    _, dataset, _ = place
    train(dataset, Recipe(trees=QUICK, seed=3), tmp_path / "made")
    version = Registry(tmp_path / "models").register(tmp_path / "made")
    (version.folder / "promotion.json").write_text(json.dumps({"promoted": False, "reasons": ["Worse <b>by</b> 1 %."]}))
    assert "<li>Worse &lt;b&gt;by&lt;/b&gt; 1 %.</li>" in report(gather(version))


def test_effects_of_all_features_sum_to_the_movement_of_the_score(place):
    _, dataset, version = place
    pack = Pack.load(version.pack_path.read_bytes())
    X = dataset.X[:500]
    found = effects(pack, X)
    moved = np.abs(pack.contributions(X)).mean(axis=0).sum()
    assert sum(one.weight for one in found) == pytest.approx(moved, rel=1e-12)
    assert sum(weight for _, weight in by_family(found)) == pytest.approx(moved, rel=1e-12)
    assert [one.weight for one in found] == sorted((one.weight for one in found), reverse=True)


def test_a_feature_that_is_never_known_has_no_curve(place):
    _, _, version = place
    pack = Pack.load(version.pack_path.read_bytes())
    X = np.full((5, len(pack.weights)), np.nan)
    assert all(one.at.size == 0 and np.isfinite(one.missing) for one in effects(pack, X))


def test_a_slate_taken_apart_sums_to_its_scores_and_keeps_the_rankers_order(place):
    home, _, version = place
    pack = Pack.load(version.pack_path.read_bytes())
    tables = Tables(home / "exports" / "essex-demo")
    referral = next(doc["referral_id"] for _, doc in tables.documents("exposure"))
    for slate in explain(tables, referral, pack):
        assert [line.rank for line in slate.lines] == list(range(len(slate.lines)))
        assert sorted(line.shown_at for line in slate.lines) == list(range(len(slate.lines)))
        assert [line.score for line in slate.lines] == sorted((line.score for line in slate.lines), reverse=True)
        for line in slate.lines:
            assert slate.base + sum(line.added.values()) == pytest.approx(line.score, abs=1e-9)
        assert sum(line.chosen for line in slate.lines) == 1


def test_a_slate_taken_apart_tells_each_lines_chance_where_the_ranker_tells_chances(place):
    home, _, version = place
    pack = Pack.load(version.pack_path.read_bytes())
    sure = packed(pack.document | {"calibration": {"scores": [-100.0, 100.0], "chances": [0.0, 1.0]}})
    tables = Tables(home / "exports" / "essex-demo")
    (slate,) = explain(tables, "r1", Pack.load(sure))
    assert all(line.chance == pytest.approx((line.score + 100) / 200) for line in slate.lines)


def test_a_referral_that_was_shown_nothing_is_said_to_be(place):
    home, _, version = place
    with pytest.raises(TableError, match="Nothing was shown for referral nobody"):
        explain(Tables(home / "exports" / "essex-demo"), "nobody", Pack.load(version.pack_path.read_bytes()))


@pytest.mark.slow
def test_the_commands_write_the_page_and_print_the_slate(run, place, tmp_path):
    home, _, version = place
    told = run("report", "--out", tmp_path / "page.html")
    assert told.exit_code == 0, told.output
    assert "<svg" in (tmp_path / "page.html").read_text()
    referral = next(doc["referral_id"] for _, doc in Tables(home / "exports" / "essex-demo").documents("exposure"))
    assert "No version serves yet" in run("explain", referral).output
    printed = run("explain", referral, "--version", version.name).output
    assert re.search(r"^ +1 +[+-]\d+\.\d{3} ", printed, re.MULTILINE)
    whole = json.loads(run("explain", referral, "--version", version.name, "--as-json").output)
    assert whole["slates"][0]["lines"][0]["rank"] == 0
    assert "Nothing was shown" in run("explain", "nobody", "--version", version.name).output


@pytest.mark.slow
def test_a_damaged_measurement_is_named_with_its_mend(run, place, tmp_path):
    _, dataset, _ = place
    train(dataset, Recipe(trees=QUICK, seed=4), tmp_path / "made")
    registry = tmp_path / "models"
    version = Registry(registry).register(tmp_path / "made")
    (version.folder / "drift.json").write_bytes(b"\xff{")
    told = run("report", "--registry", registry)
    assert told.exit_code == 1
    assert f"`kith ml drift {version.name}` makes it again" in told.output


def test_a_picture_is_no_wider_than_a_phone_can_show_with_letters_that_can_be_read():
    """A phone leaves 350 points of its 400: letters of 10.5 then stay above 9, and nothing has to be scrolled."""
    drawn = intervals("said", "NDCG@10", {"the longest name of an order": {"mean": 0.5, "low": 0.4, "high": 0.6}})
    (width,) = re.findall(r'viewBox="0 0 ([\d.]+) ', drawn)
    assert float(width) <= 400
    assert "min-width: 3" not in page("A", "B", Verdict("C"), [], [])
