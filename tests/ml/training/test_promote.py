"""Promotion refuses with every reason, and lets through what is good enough."""

import pytest

from ml.features import schema_hash
from ml.models.registry import Version
from ml.training.promote import refusals


def version(folder, name="new", schema=None):
    manifest = {
        "version": name,
        "features": {"schema_sha256": schema or schema_hash()},
        "files": {"pack.json.gz": f"sha of {name}"},
    }
    return Version(name, folder / name, manifest)


def judged(folder, monkeypatch, name="new", schema=None, **change):
    found = {
        "model_sha256": f"sha of {name}",
        "pack_scores_alike": True,
        "queries": {"judged": 600},
        "champion": "old",
        "over": {
            "rules": lead(0.05),
            "distance": lead(0.12),
            "popularity": lead(0.04),
            "logistic": lead(0.001),
            "random": lead(0.2),
            "champion": lead(0.0),
        },
    }
    found["over"] |= change.pop("over", {})
    monkeypatch.setattr(Version, "evaluation", property(lambda self: found | change if self.name == name else None))
    return version(folder, name, schema)


def lead(mean, half=0.02):
    return {"mean": mean, "low": mean - half, "high": mean + half, "queries": 600}


@pytest.fixture
def champion(tmp_path):
    return version(tmp_path, "old")


def test_a_version_better_than_the_plain_orders_and_as_good_as_the_champion_may_serve(tmp_path, monkeypatch, champion):
    assert refusals(judged(tmp_path, monkeypatch), champion) == []


def test_a_version_that_was_not_evaluated_is_refused(tmp_path):
    assert refusals(version(tmp_path), None) == ["It was not evaluated: run `kith ml evaluate new`."]


@pytest.mark.parametrize("name", ["rules", "distance", "popularity"])
def test_a_version_not_better_than_a_plain_order_is_refused(tmp_path, monkeypatch, champion, name):
    (reason,) = refusals(judged(tmp_path, monkeypatch, over={name: lead(0.01)}), champion)
    assert reason == f"It is not better than {name}: NDCG@10 +0.010 (-0.010 to +0.030) over 600 queries."


def test_with_few_queries_only_being_shown_to_be_worse_than_a_plain_order_counts(tmp_path, monkeypatch, champion):
    few = {"queries": {"judged": 40}}
    unclear = {"rules": lead(-0.02, 0.06)}
    assert refusals(judged(tmp_path, monkeypatch, over=unclear, **few), champion) == []
    (reason,) = refusals(judged(tmp_path, monkeypatch, over={"rules": lead(-0.1, 0.06)}, **few), champion)
    assert "worse than rules" in reason


def test_a_version_worse_than_the_linear_model_is_refused_though_a_tie_is_not(tmp_path, monkeypatch, champion):
    assert refusals(judged(tmp_path, monkeypatch, over={"logistic": lead(-0.01, 0.006)}), champion) == []
    (reason,) = refusals(judged(tmp_path, monkeypatch, over={"logistic": lead(-0.02, 0.01)}), champion)
    assert "worse than logistic" in reason


def test_a_version_one_percent_worse_than_the_champion_is_refused(tmp_path, monkeypatch, champion):
    (reason,) = refusals(judged(tmp_path, monkeypatch, over={"champion": lead(-0.01, 0.006)}), champion)
    assert reason == "It is worse than the champion: NDCG@10 -0.010 (-0.016 to -0.004) over 600 queries."


LESS = {"over_champion": lead(-0.01, 0.004), "champion_beyond_place": 0.3, "share": -0.033}


def test_a_version_that_explains_less_of_the_choices_is_refused_where_ndcg_cannot_tell_yet(
    tmp_path, monkeypatch, champion
):
    unclear = {"champion": lead(-0.005, 0.01)}
    (reason,) = refusals(judged(tmp_path, monkeypatch, over=unclear, choices=LESS), champion)
    assert reason.startswith("It is worse than the champion: NDCG@10 -0.005")
    assert "it explains 3% less of what was chosen" in reason


@pytest.mark.parametrize(
    ("ndcg", "change"),
    [(0.002, {}), (-0.005, {"share": -0.015}), (-0.005, {"over_champion": lead(-0.01, 0.02)})],
)
def test_explaining_less_refuses_only_when_it_is_shown_noticeable_and_ndcg_agrees(
    tmp_path, monkeypatch, champion, ndcg, change
):
    one = judged(tmp_path, monkeypatch, over={"champion": lead(ndcg, 0.01)}, choices=LESS | change)
    assert refusals(one, champion) == []


def test_a_version_worse_than_the_champion_against_the_truth_of_a_world_is_refused(tmp_path, monkeypatch, champion):
    truth = {"over": {"champion": lead(-0.008, 0.004)}}
    (reason,) = refusals(judged(tmp_path, monkeypatch, truth=truth), champion)
    assert "against the truth: NDCG@10 -0.008" in reason


def test_a_version_that_might_be_much_worse_than_the_champion_is_refused_for_want_of_evidence(
    tmp_path, monkeypatch, champion
):
    (reason,) = refusals(judged(tmp_path, monkeypatch, over={"champion": lead(-0.01, 0.05)}), champion)
    assert "might be worse than the champion by more than 0.05" in reason


def test_an_evaluation_against_an_earlier_champion_does_not_count(tmp_path, monkeypatch, champion):
    (reason,) = refusals(judged(tmp_path, monkeypatch, champion="older"), champion)
    assert "not compared with the champion old" in reason


def test_a_version_of_other_features_is_refused(tmp_path, monkeypatch):
    (reason,) = refusals(judged(tmp_path, monkeypatch, schema="0" * 64), None)
    assert "other features" in reason


def test_a_champion_of_other_features_stands_in_nobodys_way(tmp_path, monkeypatch):
    old = version(tmp_path, "old", schema="0" * 64)
    assert refusals(judged(tmp_path, monkeypatch, champion="old"), old) == []


def test_a_model_of_shuffled_labels_is_refused_however_few_the_queries(tmp_path, monkeypatch):
    shuffled = {"random": lead(-0.01), "rules": lead(-0.2), "champion": lead(0)}
    for few in (600, 30):
        reasons = refusals(judged(tmp_path, monkeypatch, over=shuffled, queries={"judged": few}), None)
        assert any("learned nothing" in reason for reason in reasons)
        assert any("rules" in reason for reason in reasons)


def test_a_pack_that_scores_differently_or_an_evaluation_of_another_model_is_refused(tmp_path, monkeypatch):
    reasons = refusals(judged(tmp_path, monkeypatch, pack_scores_alike=False, model_sha256="other"), None)
    assert len(reasons) == 2


def test_a_first_version_only_must_not_be_worse_than_rules(tmp_path, monkeypatch):
    weak = {"rules": lead(0.0), "distance": lead(-0.1), "popularity": lead(-0.1), "logistic": lead(-0.1)}
    assert refusals(judged(tmp_path, monkeypatch, over=weak), None, first=True) == []
    assert refusals(judged(tmp_path, monkeypatch, over=weak | {"rules": lead(-0.1)}), None, first=True)


def test_first_is_not_a_way_around_a_champion(tmp_path, monkeypatch, champion):
    (reason,) = refusals(judged(tmp_path, monkeypatch), champion, first=True)
    assert "old serves" in reason


def test_every_reason_is_told_at_once(tmp_path, monkeypatch, champion):
    bad = {"rules": lead(-0.2), "distance": lead(-0.2), "random": lead(-0.2), "champion": lead(-0.2)}
    assert len(refusals(judged(tmp_path, monkeypatch, schema="0" * 64, over=bad), version(tmp_path, "old"))) == 4
