"""What evidence beside the evaluation says about a promotion: the pack, fairness, off-policy estimates, drift.

Each function gives (reasons to refuse, warnings). What is refused without evidence is asked of every version but the
first of a new place, which has too little data for an audit.
"""

from typing import Any

from ml.models.evidence import DRIFT, FAIRNESS, NOT_JUDGED, OPE
from ml.models.packed import pack_of
from ml.models.registry import DamagedError, Version
from ml.off_policy.refusal import FEWEST_EFFECTIVE

Findings = tuple[list[str], list[str]]


def about_pack(version: Version) -> Findings:
    """Refuse a version whose pack is cut short, changed, of another name or of another schema."""
    try:
        version.check()
        pack_of(version)
    except DamagedError as error:
        return [str(error)], []
    return [], []


def about_fairness(version: Version, *, first: bool, unjudged: bool = False) -> Findings:
    """Refuse a version whose audit is missing, of another model, or red; protected attributes must reach no score.

    An audit that judged nobody is as good as none, unless `unjudged` says that nobody can be judged here.
    """
    found = version.told(FAIRNESS)
    if found is None:
        missing = f"Its fairness was not audited: run `kith ml fairness {version.name}`."
        return ([], [missing]) if first else ([missing], [])
    if found["model_sha256"] != version.pack_sha256:
        return [f"Its fairness audit is of another model of this name: run `kith ml fairness {version.name}`."], []
    reasons = [f"Unfair: {reason}" for reason in found["reasons"]]
    warnings = [f"Fairness: {warning}" for warning in (*found["warnings"], *found["not_told"])]
    if found["verdict"] == NOT_JUDGED:
        (warnings if first or unjudged else reasons).append(_judged_nobody(version))
    return reasons, warnings


def _judged_nobody(version: Version) -> str:
    return (
        "Its fairness audit judged nobody, as no two groups of people could be compared: run "
        f"`kith ml fairness {version.name}` with --from, --equality or --deprivation, or promote with --unjudged where "
        "nothing tells of groups."
    )


def about_off_policy(
    version: Version, champion: Version | None, *, first: bool = False, unestimated: bool = False
) -> Findings:
    """Refuse a version that is estimated to earn less than the champion, or of which no estimate was made.

    An estimate that was refused is as good as none, unless `unestimated` says that the log here cannot tell; it has to
    be asked for nevertheless, so that its reason is kept.
    """
    found = version.told(OPE)
    if found is None:
        missing = f"What it would have earned was not estimated: run `kith ml ope {version.name}`."
        return ([], [missing]) if first else ([missing], [])
    if found["model_sha256"] != version.pack_sha256:
        return [f"Its off-policy estimate is of another model of this name: run `kith ml ope {version.name}`."], []
    reasons, unclear = _estimated(found, version, champion)
    return (reasons, unclear) if first or unestimated else (reasons + unclear, [])


def _estimated(found: dict[str, Any], version: Version, champion: Version | None) -> Findings:
    """What an estimate speaks against, and what it cannot tell."""
    if found["refused"] or found["ess"] < FEWEST_EFFECTIVE:
        few = f"The effective sample size is {found['ess'] or 0:.0f}; below {FEWEST_EFFECTIVE:.0f} none is given."
        return [], [_no_estimate(version, found["refused"] if isinstance(found["refused"], str) else few)]
    if champion is None or champion.name == version.name:
        return [], []
    if found["champion_name"] != champion.name:
        return [
            f"Its off-policy estimate is not beside the champion {champion.name}: run `kith ml ope {version.name}`."
        ], []
    return _beside_champion(found, version, champion)


def _beside_champion(found: dict[str, Any], version: Version, champion: Version) -> Findings:
    lead = found["over_champion"]
    if lead is None:
        if champion.manifest["features"]["schema_sha256"] != version.manifest["features"]["schema_sha256"]:
            return [], []  # which cannot be compared, and phones have gone back to rules already
        return [], [_no_estimate(version, f"That of the champion {champion.name} was refused.")]
    if lead["high"] < 0:
        told = f"{lead['mean']:+.3f} ({lead['low']:+.3f} to {lead['high']:+.3f})"
        return [f"It is estimated to earn less than the champion: {found['estimator']} {told} a slate."], []
    return [], []


def _no_estimate(version: Version, why: str) -> str:
    return (
        f"No off-policy estimate could be had. {why} Run `kith ml ope {version.name}` when it can, or promote with "
        "--unestimated where this log cannot tell."
    )


def about_drift(version: Version) -> Findings:
    """Warn when what is asked today is not what the version learned from: it never refuses."""
    found = version.told(DRIFT)
    return [], [f"Drift: {alarm}" for alarm in found["alarms"]] if found else []
