"""How fairly a learned order serves people and providers: `python benchmarks/matcher/fairness.py --help`.

Promise measured: groups of people are served alike, new and small providers get the attention that they deserve, and
nothing protected reaches a score.
"""

import argparse
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # so that the script runs from anywhere

from benchmarks.support.figures import keep, prose
from benchmarks.support.versions import Learned, learned
from ml.arrays import FloatArray
from ml.audit.directory import sides_of
from ml.audit.fairness import Sources, fairness
from ml.audit.groups import Characteristic, audit_groups, served
from ml.audit.items import exposure_per_merit
from ml.audit.people import Persons, of_truth
from ml.audit.slates import Slates
from ml.features import FEATURE_NAMES
from ml.models.baselines import baselines
from ml.models.stored import load_ranker
from ml.training.tables import Tables

ABOUT = """Each world's newest fifth of slates is audited against the truth: every eligible candidate of every referral.
Merit is the gain of a candidate's true grade (15, 7, 3, 1, 0), attention 1 / log2(rank + 2) for ten lines. An exposure
per merit of 1 means that both sides get attention alike for what they deserve; the best order sorts by merit itself,
and shows what sorting alone does to the two sides. New is what opened at most 180 days before; untried what was shown
less than twenty times in counts of then; small is a provider of fewer than five things. A gap is that group's mean
NDCG@10 above all the others', over all worlds of a dial. Worlds are made up; their people's groups never enter utility,
but shape what is shown and looked at."""
ORDERS = ("hybrid", "rules", "best order")
SIDES = ("new : old", "untried : tried", "small : large")
ASKED = {"new : old": ">= 0.75", "untried : tried": "(no limit of its own)", "small : large": "0.80 to 1.25"}


@dataclass(frozen=True, slots=True)
class Audited:
    """One world's figures. ratios : (order, sides) → exposure per merit. values, groups : by order, and by name."""

    name: str
    ratios: dict[tuple[str, str], float | None]
    values: dict[str, dict[str, FloatArray]]
    groups: list[Characteristic]
    audit: dict[str, Any]


def main() -> None:
    """Audit what was asked for, world by world, and keep the tables."""
    given = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    given.add_argument("--referrals", type=int, default=4000)
    given.add_argument("--dials", default="additive,hard")
    given.add_argument("--seeds", default="11,12,13")
    given.add_argument("--print-only", action="store_true", help="Do not keep the page.")
    asked = given.parse_args()
    seeds = [int(one) for one in asked.seeds.split(",")]
    worlds = {dial: [_audited(dial, seed, asked.referrals) for seed in seeds] for dial in asked.dials.split(",")}
    lines = prose("Fairness of a learned order in made-up worlds", ABOUT)
    lines += ["", f"{asked.referrals:,} referrals a world, seeds {asked.seeds}.", "", *_sides(worlds), ""]
    lines += [*_gaps(worlds), "", *_flips(worlds)]
    keep("matcher/fairness", lines, printed_only=asked.print_only)


def _audited(dial: str, seed: int, referrals: int) -> Audited:
    sys.stderr.write(f"World {dial}, seed {seed}\n")
    with learned(dial, seed, referrals) as one:
        tables = Tables(one.folder)
        slates = Slates.of_truth(one.version, one.folder)
        sides = sides_of(slates, tables)
        scores = _scores(one, slates)
        ratios = {(name, side): _ratio(slates, score, sides[side]) for name, score in scores.items() for side in SIDES}
        values = {name: served(slates, score) for name, score in scores.items()}
        groups = of_truth(Persons(tables, slates.queries), one.folder)
        audit = fairness(one.version, one.dataset, Sources(tables, truth=one.folder))
        return Audited(one.name, ratios, values, groups, audit)


def _scores(one: Learned, slates: Slates) -> dict[str, FloatArray]:
    rules = baselines(FEATURE_NAMES)["rules"].score(slates.X)
    return dict(zip(ORDERS, (load_ranker(one.version.folder).score(slates.X), rules, slates.merit), strict=True))


def _ratio(slates: Slates, score: FloatArray, inside: Any) -> float | None:
    found = None if inside is None else exposure_per_merit(slates, score, inside, seed=1)
    return None if found is None else float(found["mean"])


def _sides(worlds: dict[str, list[Audited]]) -> Iterator[str]:
    yield "| exposure per merit | dial | asked | hybrid | rules | best order |"
    yield "|---|---|---|---|---|---|"
    for side in SIDES:
        for dial, found in worlds.items():
            told = " | ".join(_told([one.ratios[order, side] for one in found]) for order in ORDERS)
            yield f"| {side} | {dial} | {ASKED[side]} | {told} |"


def _told(values: Sequence[float | None]) -> str:
    known = [value for value in values if value is not None]
    return f"{np.mean(known):.2f} ({min(known):.2f} to {max(known):.2f})" if known else "cannot be told"


def _gaps(worlds: dict[str, list[Audited]]) -> Iterator[str]:
    yield "| NDCG@10, surest gap | dial | asked | hybrid | rules |"
    yield "|---|---|---|---|---|"
    for dial, found in worlds.items():
        for name in (one.name for one in found[0].groups):
            told = " | ".join(_gap(found, name, order) for order in ORDERS[:2])
            yield f"| {name} | {dial} | at most 0.02 | {told} |"


def _gap(found: Sequence[Audited], name: str, order: str) -> str:
    """The surest gap over all worlds together."""
    parts = [(next(group for group in one.groups if group.name == name), one.values[order]) for one in found]
    together = Characteristic(
        name,
        "truth",
        [group for characteristic, _ in parts for group in characteristic.groups],
        [person for characteristic, _ in parts for person in characteristic.people],
    )
    values = {"ndcg@10": np.concatenate([value["ndcg@10"] for _, value in parts]),
              "wait_days": np.concatenate([value["wait_days"] for _, value in parts])}  # fmt: skip
    gap = audit_groups(together, values, seed=1)["gaps"]["ndcg@10"]
    return f"{gap['group']}: {gap['mean']:+.3f} ({gap['low']:+.3f} to {gap['high']:+.3f})"


def _flips(worlds: dict[str, list[Audited]]) -> Iterator[str]:
    count: dict[str, int] = defaultdict(int)
    audits = [one.audit for found in worlds.values() for one in found]
    for audit in audits:
        for name in ("people", "candidates", "score_changes", "list_changes"):
            count[name] += audit["flip"][name]
    areas = [proxy["auc"]["mean"] for audit in audits for proxy in audit["proxies"]
             if proxy["characteristic"] == "protected group"]  # fmt: skip
    yield "| check | asked | measured |"
    yield "|---|---|---|"
    yield (
        f"| flipping {len(audits[0]['flip']['flipped'])} protected attributes of {count['people']} people, "
        f"{count['candidates']:,} scores | 0 other scores to the byte, 0 other lists | {count['score_changes']} other "
        f"scores, {count['list_changes']} other lists |"
    )
    yield f"| proxy AUC of the protected group | warned of above 0.70 | {_told(areas)} |"
    for verdict in ("green", "amber", "red"):
        so_judged = sum(audit["verdict"] == verdict for audit in audits)
        yield f"| audits that are {verdict} | | {so_judged} of {len(audits)} |"


if __name__ == "__main__":
    main()
