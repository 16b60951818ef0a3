"""What a version, the champion and the plain orders would have earned on slates that neither learned from."""

from collections.abc import Collection, Mapping
from typing import Any

from ml.arrays import FloatArray
from ml.models.baselines import baselines
from ml.models.registry import Version
from ml.models.stored import load_ranker
from ml.off_policy import placing, valuing
from ml.off_policy.attention import attention_of
from ml.off_policy.intervals import RESAMPLES
from ml.off_policy.refusal import OffPolicyError
from ml.off_policy.slates import LoggedSlates, Reward, logged_slates
from ml.off_policy.valuing import DECISIVE, Assumption, Log, Value
from ml.training.evaluate import bounds_of
from ml.training.groups import Dataset
from ml.training.labels import text_of
from ml.training.pairing import refuse_strangers, refuse_volunteers
from ml.training.split import held_out
from ml.training.tables import TableError


def judge(
    version: Version,
    dataset: Dataset,
    *,
    champion: Version | None = None,
    reward: Reward = "chosen",
    assumption: Assumption = "examined",
    policies: Collection[str] = (),
    seed: int = 1,
) -> dict[str, Any]:
    """Estimate what the slates that neither version learned from would have earned in the version's order.

    policies : value slates of these alone; left out, all, and slates of several policies are then refused.

    Returns what is kept as ope.json: `value`, `champion` and `over_champion` are means of the doubly robust estimate
    with 95 % intervals, None where refused, and `refused` is then a sentence. Raises TableError when too few slates
    are left to judge on, or the data set has other features or is not Kith's.
    """
    if dataset.foreign or not version.has_pack:
        raise TableError(
            "An off-policy estimate needs the chance by which each item stood where it did, and a ranking data set of "
            "others logs none; `kith ml evaluate` compares orders there."
        )
    refuse_strangers(version, dataset)
    refuse_volunteers(dataset)
    rival = None if champion is None or champion.name == version.name else champion
    judged_from, learned_until = bounds_of([version, *([rival] if rival else [])])
    judged = held_out(dataset, judged_from, learned_until)
    about = {
        "version": version.name,
        "model_sha256": version.model_sha256,
        "champion_name": None if rival is None else rival.name,
        "data": {"sha256": dataset.sha256, "as_of": dataset.report["as_of"], "inputs": dataset.report["inputs"]},
        "judged_from": text_of(judged_from),
        "bootstrap": {"seed": seed, "resamples": RESAMPLES},
        "reward": reward,
        "assumption": assumption,
        "estimator": DECISIVE,
    }
    try:
        slates = logged_slates(judged, reward, policies)
        curve = None if assumption == "placed" else attention_of(dataset)
        log = valuing.ready(slates, assumption=assumption, attention=curve)
    except OffPolicyError as refusal:
        return about | _refused(str(refusal))
    return about | _about(slates, log, seed) | _estimates(version, rival, dataset, log, seed)


def _about(slates: LoggedSlates, log: Log, seed: int) -> dict[str, Any]:
    curve = log.attention
    return {
        "slates": len(log.slates.query_sizes),
        "slates_by_chance": int(slates.by_chance.sum()),
        "left_out": slates.left_out,
        "policies": slates.policies,
        "attention": None
        if curve is None
        else {
            "fall": round(curve.fall, 6),
            "error": round(curve.error, 6),
            "choices": curve.choices,
            "told_by_chance": round(curve.share, 6),
        },
        "logged": valuing.naive(log, seed).as_dict(),
    }


def _estimates(version: Version, rival: Version | None, dataset: Dataset, log: Log, seed: int) -> dict[str, Any]:
    scores = _scores(version, rival, dataset, log.slates.X)
    orders: dict[str, Any] = {}
    values: dict[str, Value] = {}
    for name, score in scores.items():
        target = placing.by_score(score, log.slates.position, log.slates.query_sizes)
        orders[name], value = valuing.told(log, target, seed=seed)
        if value is not None:
            values[name] = value
    over = {
        name: valuing.difference(log, values["version"], value, seed=seed).as_dict()
        for name, value in values.items()
        if name != "version" and "version" in values
    }
    return {"orders": orders, "over": over} | _decisive(orders, over)


def _decisive(orders: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    """What the gate of promotion reads."""
    mine, rival = orders["version"], orders.get("champion")
    return {
        "value": None if mine["refused"] else mine["estimates"][DECISIVE],
        "champion": None if rival is None or rival["refused"] else rival["estimates"][DECISIVE],
        "over_champion": over.get("champion"),
        "ess": mine["ess"],
        "refused": mine["refused"],
    }


def _refused(sentence: str) -> dict[str, Any]:
    nothing = {"value": None, "champion": None, "over_champion": None, "ess": None}
    return nothing | {"orders": {}, "over": {}, "refused": sentence}


def _scores(version: Version, rival: Version | None, dataset: Dataset, X: FloatArray) -> dict[str, FloatArray]:
    """The score of every shown row by each order."""
    found = {"version": load_ranker(version.folder).score(X)}
    if rival is not None and rival.manifest["features"]["schema_sha256"] == dataset.report["features"]["schema_sha256"]:
        found["champion"] = load_ranker(rival.folder).score(X)
    return found | {name: ranker.score(X) for name, ranker in baselines(dataset.feature_names).items()}
