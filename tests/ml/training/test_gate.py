"""Evidence beside the evaluation: fairness, off-policy estimates and drift, each told in a sentence."""

import pytest

from ml.features import schema_hash
from ml.files import write_json
from ml.models.registry import Version
from ml.training.gate import about_drift, about_fairness, about_off_policy
from ml.training.promote import decide

FAIR = {"model_sha256": "sha of new", "verdict": "green", "reasons": [], "warnings": [], "not_told": []}
LEAD = {"mean": -0.02, "low": -0.03, "high": -0.01}
ESTIMATE = {"model_sha256": "sha of new", "estimator": "dr", "value": LEAD, "champion": LEAD, "champion_name": "old",
            "over_champion": LEAD, "ess": 500.0, "refused": None}  # fmt: skip


@pytest.fixture
def version(tmp_path):
    return made(tmp_path, "new")


def made(folder, name):
    (folder / name).mkdir()
    manifest = {
        "version": name,
        "features": {"schema_sha256": schema_hash()},
        "files": {"pack.json.gz": f"sha of {name}"},
    }
    return Version(name, folder / name, manifest)


def test_a_version_without_an_audit_is_refused_but_for_the_first_of_a_place(version):
    ((reason,), _) = about_fairness(version, first=False)
    assert reason == "Its fairness was not audited: run `kith ml fairness new`."
    assert about_fairness(version, first=True) == ([], [reason])


def test_a_red_audit_refuses_even_the_first_version(version):
    write_json(version.folder / "fairness.json", FAIR | {"reasons": ["Flipping ethnicity changes scores."]})
    assert about_fairness(version, first=True)[0] == ["Unfair: Flipping ethnicity changes scores."]


def test_an_audit_of_another_model_does_not_count(version):
    write_json(version.folder / "fairness.json", FAIR | {"model_sha256": "other"})
    assert "of another model" in about_fairness(version, first=False)[0][0]


def test_an_audit_that_judged_nobody_counts_as_none_unless_somebody_says_that_nobody_can_be_judged(version):
    write_json(version.folder / "fairness.json", FAIR | {"verdict": "not judged"})
    ((reason,), _) = about_fairness(version, first=False)
    assert reason.startswith("Its fairness audit judged nobody")
    assert "--unjudged" in reason
    assert about_fairness(version, first=True) == ([], [reason])
    assert about_fairness(version, first=False, unjudged=True) == ([], [reason])


def test_what_an_audit_could_not_tell_is_a_warning(version):
    write_json(version.folder / "fairness.json", FAIR | {"not_told": ["Deprivation cannot be told."]})
    assert about_fairness(version, first=False) == ([], ["Fairness: Deprivation cannot be told."])


def test_a_version_estimated_to_earn_less_than_the_champion_is_refused(version, tmp_path):
    write_json(version.folder / "ope.json", ESTIMATE)
    ((reason,), _) = about_off_policy(version, made(tmp_path, "old"))
    assert reason == "It is estimated to earn less than the champion: dr -0.020 (-0.030 to -0.010) a slate."


def test_an_estimate_that_cannot_tell_them_apart_refuses_nothing(version, tmp_path):
    write_json(version.folder / "ope.json", ESTIMATE | {"over_champion": LEAD | {"high": 0.01}})
    assert about_off_policy(version, made(tmp_path, "old")) == ([], [])


def test_a_version_without_an_estimate_is_refused_whatever_is_said_of_the_log_but_for_the_first_of_a_place(version):
    missing = "What it would have earned was not estimated: run `kith ml ope new`."
    assert about_off_policy(version, None, unestimated=True) == ([missing], [])
    assert about_off_policy(version, None, first=True) == ([], [missing])


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"ess": 99.0}, "The effective sample size is 99; below 100 none is given."),
        ({"refused": "The log holds too few slates.", "ess": None}, "The log holds too few slates."),
        ({"over_champion": None, "champion": None}, "That of the champion old was refused."),
    ],
)
def test_below_an_effective_size_of_one_hundred_it_is_refused_unless_somebody_says_that_the_log_cannot_tell(
    version, tmp_path, change, why
):
    champion = made(tmp_path, "old")
    write_json(version.folder / "ope.json", ESTIMATE | change)
    ((reason,), warnings) = about_off_policy(version, champion)
    assert reason.startswith(f"No off-policy estimate could be had. {why} Run `kith ml ope new` when it can")
    assert "--unestimated" in reason
    assert warnings == []
    assert about_off_policy(version, champion, unestimated=True) == ([], [reason])
    assert about_off_policy(version, champion, first=True) == ([], [reason])


def test_saying_that_the_log_cannot_tell_is_no_way_around_an_estimate_that_can(version, tmp_path):
    write_json(version.folder / "ope.json", ESTIMATE)
    ((reason,), _) = about_off_policy(version, made(tmp_path, "old"), unestimated=True)
    assert "to earn less than the champion" in reason


@pytest.mark.parametrize("name", ["older", None])
def test_an_estimate_that_is_not_beside_the_champion_does_not_count(version, tmp_path, name):
    write_json(version.folder / "ope.json", ESTIMATE | {"champion_name": name, "over_champion": None})
    ((reason,), _) = about_off_policy(version, made(tmp_path, "old"), unestimated=True)
    assert reason == "Its off-policy estimate is not beside the champion old: run `kith ml ope new`."


def test_a_champion_of_other_features_needs_no_estimate_beside_it(version, tmp_path):
    old = made(tmp_path, "old")
    old.manifest["features"] = {"schema_sha256": "0" * 64}
    write_json(version.folder / "ope.json", ESTIMATE | {"over_champion": None, "champion": None})
    assert about_off_policy(version, old) == ([], [])


def test_an_estimate_of_another_model_does_not_count(version, tmp_path):
    write_json(version.folder / "ope.json", ESTIMATE | {"model_sha256": "other"})
    ((reason,), _) = about_off_policy(version, made(tmp_path, "old"))
    assert reason == "Its off-policy estimate is of another model of this name: run `kith ml ope new`."


def test_a_promotion_tells_at_once_what_every_evidence_speaks_against_it(version, tmp_path):
    write_json(version.folder / "ope.json", ESTIMATE)
    write_json(version.folder / "drift.json", {"alarms": ["cost_pence has moved."]})
    reasons, warnings = decide(version, made(tmp_path, "old"))
    for words in ("pack.json.gz of version new", "not evaluated", "fairness was not audited", "to earn less than"):
        assert [reason for reason in reasons if words in reason]
    assert warnings == ["Drift: cost_pence has moved."]


def test_drift_warns_and_never_refuses(version):
    write_json(version.folder / "drift.json", {"alarms": ["cost_pence has moved."]})
    assert about_drift(version) == ([], ["Drift: cost_pence has moved."])
