"""Whether a version may serve, and every reason why not.

Reasons and figures are in docs/decisions (promotion). In short: a version has to beat the plain orders, must not be
worse than the linear model, and must be shown not to be much worse than the champion.
"""

from datetime import date
from typing import Any, Final

from ml.features import schema_hash
from ml.models.history import PROMOTED, REFUSED, ROLLED_BACK, note
from ml.models.registry import DamagedError, Registry, RegistryError, Version
from ml.training.gate import Findings, about_drift, about_fairness, about_off_policy, about_pack

#: Orders that a version has to be better than.
PLAIN: Final = ("rules", "distance", "popularity")

#: With fewer judged queries an interval is too wide to ask that it lie above 0: then it must not lie below.
FEW: Final = 500

#: A difference in NDCG@10 that nobody would notice.
NOTICED: Final = 0.005

#: A share of what the champion explains of the choices, beyond their place: losing less would not be noticed. A model
#: whose NDCG@10 is 1 % worse loses 3 %, and shows it on a fifth of the slates (docs/decisions, on seeing a small loss).
EXPLAINED: Final = 0.02

#: NDCG@10 by which a version might at most be worse than the champion, as far as the interval can tell.
MARGIN: Final = 0.05


class RefusalError(RegistryError):
    """Promotion was refused; `reasons` are sentences, all of them."""

    def __init__(self, version: str, reasons: list[str]) -> None:
        super().__init__(f"Version {version} was not promoted:\n" + "\n".join(f"- {reason}" for reason in reasons))
        self.reasons = reasons


def promote(
    registry: Registry,
    name: str,
    *,
    first: bool = False,
    unjudged: bool = False,
    unestimated: bool = False,
    on: date | None = None,
) -> Version:
    """Let the version `name` serve, or raise RefusalError with every reason; the history keeps either.

    first : for a place with little data and no champion yet: it only has to run on today's features and not to be
    worse than rules. unjudged : nothing here tells of groups of people, so their audit may have judged nobody.
    unestimated : the log here cannot tell what an order would have earned, so its estimate may have been refused. on :
    the day for the history, today when None.
    """
    said = {"first": first, "unjudged": unjudged, "unestimated": unestimated}
    day, kept = on or date.today(), [name for name, given in said.items() if given]
    with registry.alone():
        version, champion = registry.version(name), registry.champion()
        reasons, warnings = decide(version, champion, **said)
        if reasons:
            note(registry, REFUSED, version, champion, on=day, reasons=reasons, warnings=warnings, said=kept)
            raise RefusalError(name, reasons)
        promoted = registry.promote(name)
        note(registry, PROMOTED, promoted, champion, on=day, warnings=warnings, said=kept)
    return promoted


def rollback(registry: Registry, *, on: date | None = None) -> Version:
    """Let the champion's predecessor serve again, and keep that in the history."""
    with registry.alone():
        try:
            before = registry.champion()
        except DamagedError:
            before = None  # which is a reason to go back
        restored = registry.rollback()
        note(registry, ROLLED_BACK, restored, before, on=on or date.today())
    return restored


def decide(
    version: Version,
    champion: Version | None,
    *,
    first: bool = False,
    unjudged: bool = False,
    unestimated: bool = False,
) -> Findings:
    """Every reason not to let `version` serve in the place of `champion`, and what only stands out."""
    if not version.has_pack:
        return ["It learned from foreign features and has no pack, so nothing could rank with it."], []
    found = [
        about_pack(version),
        (refusals(version, champion, first=first), []),
        about_fairness(version, first=first, unjudged=unjudged),
        about_off_policy(version, champion, first=first, unestimated=unestimated),
        about_drift(version),
    ]
    return [reason for reasons, _ in found for reason in reasons], [one for _, warned in found for one in warned]


def refusals(version: Version, champion: Version | None, *, first: bool = False) -> list[str]:
    """Every reason that its evaluation gives not to let `version` serve in the place of `champion`."""
    evaluation = version.evaluation
    reasons = _about_schema(version)
    if first and champion is not None:
        reasons.append(f"--first is for a place without a champion; {champion.name} serves.")
    if evaluation is None:
        return [*reasons, f"It was not evaluated: run `kith ml evaluate {version.name}`."]
    reasons += _about_evaluation(version, evaluation)
    reasons += _not_worse(evaluation, "rules") if first else _about_baselines(evaluation)
    return reasons + about_champion(version, champion, evaluation)


def _about_schema(version: Version) -> list[str]:
    if version.manifest["features"]["schema_sha256"] == schema_hash():
        return []
    return ["It was trained with other features than phones and server work out today: train again."]


def _about_evaluation(version: Version, evaluation: dict[str, Any]) -> list[str]:
    reasons = []
    if evaluation["model_sha256"] != version.pack_sha256:
        reasons.append("Its evaluation is of another model of this name: evaluate again.")
    if not evaluation["pack_scores_alike"]:
        reasons.append("Its pack does not give the model's scores to the last bit.")
    if evaluation["over"]["random"]["mean" if _few(evaluation) else "low"] <= 0:
        reasons.append(f"It learned nothing: {_told(evaluation, 'random')}, as a model of shuffled labels would be.")
    return reasons


def _about_baselines(evaluation: dict[str, Any]) -> list[str]:
    ask = _not_worse if _few(evaluation) else _better
    plain = [reason for name in PLAIN for reason in ask(evaluation, name)]
    return plain + (_not_worse(evaluation, "logistic") if "logistic" in evaluation["over"] else [])


def _few(evaluation: dict[str, Any]) -> bool:
    return int(evaluation["queries"]["judged"]) < FEW


def _better(evaluation: dict[str, Any], name: str) -> list[str]:
    if evaluation["over"][name]["low"] > 0:
        return []
    return [f"It is not better than {name}: {_told(evaluation, name)}."]


def _not_worse(evaluation: dict[str, Any], name: str) -> list[str]:
    """Refuse what is shown to be noticeably worse than another order."""
    if evaluation["over"][name]["high"] >= -NOTICED:
        return []
    return [f"It is worse than {name}: {_told(evaluation, name)}."]


def about_champion(
    version: Version, champion: Version | None, evaluation: dict[str, Any], *, command: str = "kith ml evaluate"
) -> list[str]:
    """Every reason that comparing it with the champion gives; none where they rank by other features."""
    if champion is None or champion.name == version.name:
        return []
    if champion.manifest["features"]["schema_sha256"] != version.manifest["features"]["schema_sha256"]:
        return []  # a champion of other features cannot be compared, and phones have gone back to rules already
    if evaluation.get("champion") != champion.name:
        return [f"It was not compared with the champion {champion.name}: run `{command} {version.name}`."]
    return _beside_champion(evaluation)


def _beside_champion(evaluation: dict[str, Any]) -> list[str]:
    """Refuse what is shown to be worse by a difference that would be noticed, and what might be much worse."""
    found, told = evaluation["over"]["champion"], _told(evaluation, "champion")
    if found["high"] < 0 and found["mean"] < -NOTICED:
        return [f"It is worse than the champion: {told}."]
    truth = evaluation.get("truth", {}).get("over", {}).get("champion")
    if truth and truth["high"] < 0 and truth["mean"] < -NOTICED:
        return [f"It is worse than the champion against the truth: NDCG@10 {_span(truth)}."]
    if found["mean"] < 0 and (less := _explains_less(evaluation)):
        return [f"It is worse than the champion: {told}, and {less}."]
    if found["low"] >= -MARGIN:
        return []
    return [f"It might be worse than the champion by more than {MARGIN}: {told}. More held-out slates would tell."]


def _explains_less(evaluation: dict[str, Any]) -> str | None:
    """How much less of the choices it explains than the champion, None when that is not shown or not noticeable."""
    found = evaluation.get("choices")
    if not found or found["over_champion"]["high"] >= 0 or found["share"] > -EXPLAINED:
        return None
    lead = found["over_champion"]
    return (
        f"it explains {-found['share']:.0%} less of what was chosen ({lead['mean']:+.4f} nats a slate, "
        f"{lead['low']:+.4f} to {lead['high']:+.4f})"
    )


def _told(evaluation: dict[str, Any], name: str) -> str:
    queries = evaluation["queries"]["judged"]
    return f"NDCG@10 {_span(evaluation['over'][name])} over {queries} queries"


def _span(found: dict[str, float]) -> str:
    return f"{found['mean']:+.3f} ({found['low']:+.3f} to {found['high']:+.3f})"
