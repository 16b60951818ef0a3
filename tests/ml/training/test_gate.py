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


@pytest.mark.parametrize("change", [{"ess": 99.0}, {"refused": "too few slates", "ess": None}])
def test_below_an_effective_size_of_one_hundred_the_rest_decides(version, tmp_path, change):
    write_json(version.folder / "ope.json", ESTIMATE | change)
    reasons, (warning,) = about_off_policy(version, made(tmp_path, "old"))
    assert reasons == []
    assert warning.startswith("No off-policy estimate could be had (")


def test_an_estimate_beside_another_champion_only_warns(version, tmp_path):
    write_json(version.folder / "ope.json", ESTIMATE | {"champion_name": "older"})
    assert about_off_policy(version, made(tmp_path, "old"))[0] == []


def test_an_estimate_made_without_the_champion_beside_it_says_so(version, tmp_path):
    write_json(version.folder / "ope.json", ESTIMATE | {"champion_name": None, "champion": None, "over_champion": None})
    reasons, (warning,) = about_off_policy(version, made(tmp_path, "old"))
    assert reasons == []
    assert "is not beside the champion" in warning


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
