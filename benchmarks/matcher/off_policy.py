"""How near off-policy estimates come to what is known: `python benchmarks/matcher/off_policy.py --help`.

Promise measured: what an order would have earned is estimated within 7 % from slates that another order logged, with
intervals that hold the truth as often as they say, or no number is given.
"""

import argparse
import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # so that the script runs from anywhere

from benchmarks.support.figures import keep, prose
from ml.arrays import FloatArray
from ml.features import FEATURE_NAMES, matrix
from ml.models.baselines import baselines
from ml.off_policy import estimators, open_bandit, placing, replay, valuing
from ml.off_policy.intervals import bootstrap
from ml.off_policy.refusal import OffPolicyError, TooFewError
from ml.off_policy.slates import LoggedSlates, Reward
from ml.training.world import make_world
from ml.training.world.oracle import read_oracle

DATA = Path(os.environ.get("KITH_SHARED_DATA") or Path(__file__).resolve().parents[3] / "shared" / "data")
BANDIT = "open-bandit-small"
#: Referrals whose true candidates logs are drawn from, with replacement.
REFERRALS = 1000
ABOUT = """Logs are drawn again and again from the truth of made-up worlds by the worlds' own behaviour: a slate of ten
by plain rules, and with a known chance another, is looked at the less the lower, and up to three lines are chosen. What
is estimated is what the same slates earn in another order: one with talent (the true merit, blurred by .7 deviations)
or the nearest first. The truth is that order's own mean over 200,000 answers. A reward is the choices of a slate, or
how far they went (0 to 1 each). Errors are root mean squares relative to the truth over all logs; the naive mean is
what the log itself earned. An effective sample size (ESS) is in slates of the order's own. The estimators are told
nothing of the world: the steepness of attention, which differs between two groups of people, is learned from each
log."""
_HELD = "DR intervals that hold the truth (asked: .90 to .99) |"
ESTIMATORS = {"dr": "DR", "snips": "SNIPS", "ips": "IPS", "dm": "model alone"}


@dataclass(frozen=True, slots=True)
class Setting:
    """One way of logging. explore : see `replay.KnownWorld`. slates : in a log. share : of the asked replications."""

    title: str
    explore: float
    slates: int
    assumption: valuing.Assumption
    reward: Reward
    share: float


SETTINGS = (
    Setting("a fifth drawn at random; choices", 0.2, 1200, "examined", "chosen", 1.0),
    Setting("a fifth drawn at random; outcomes", 0.2, 1200, "examined", "outcome", 1.0),
    Setting("a tenth with two lines swapped, as served; choices", -1.0, 8000, "examined", "chosen", 0.2),
    Setting("all drawn at random, nothing assumed of places; choices", 1.0, 4600, "placed", "chosen", 0.25),
)


@dataclass(frozen=True, slots=True)
class Log:
    """What one log told of one order. of : estimator → relative error. held : whether DR's interval held the truth."""

    naive: float
    ess: float
    of: dict[str, float] | None
    held: bool = False


def main() -> None:
    """Draw what was asked for, and keep the tables."""
    given = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    given.add_argument("--dials", default="additive,hard,rural")
    given.add_argument("--seeds", default="11,12,13")
    given.add_argument("--replications", type=int, default=12, help="Logs of each world and way of logging.")
    given.add_argument("--print-only", action="store_true", help="Do not keep the page.")
    asked = given.parse_args()
    lines = prose("Off-policy estimates beside the known value of an order", ABOUT)
    lines += ["", f"Seeds {asked.seeds}; {asked.replications} logs a world, of the slower ways of logging fewer.", ""]
    rows = list(_worlds(asked.dials.split(","), [int(one) for one in asked.seeds.split(",")], asked.replications))
    lines += [*_asked(rows), "", *_table(rows), "", *_bandit()]
    keep("matcher/off_policy", lines, printed_only=asked.print_only)


@dataclass(frozen=True, slots=True)
class Row:
    """Logs of one way of logging, dial and order."""

    setting: Setting
    dial: str
    order: str
    logs: list[Log]

    def error(self, name: str) -> float:
        """Root mean square relative error of an estimator, or of the naive mean, over logs not refused."""
        return _rms([one.naive if name == "naive" else one.of[name] for one in self.told()])

    def covered(self) -> float:
        """The share of DR's intervals that hold the truth."""
        return float(np.mean([one.held for one in self.told()])) if self.told() else float("nan")

    def told(self) -> list[Log]:
        """The logs of which a number was given."""
        return [one for one in self.logs if one.of is not None]


def _worlds(dials: Sequence[str], seeds: Sequence[int], replications: int) -> Iterator[Row]:
    made = {(dial, seed): _world(dial, seed) for dial in dials for seed in seeds}
    for setting in SETTINGS:
        count = max(1, round(setting.share * replications))
        for dial in dials:
            rows: dict[str, list[Log]] = {}
            for seed in seeds:
                sys.stderr.write(f"{setting.title}: {dial}, seed {seed}\n")
                world = replace(made[dial, seed], explore=setting.explore)
                for order, logs in _logs(setting, world, seed, count).items():
                    rows.setdefault(order, []).extend(logs)
            yield from (Row(setting, dial, order, logs) for order, logs in rows.items())


def _world(dial: str, seed: int) -> replay.KnownWorld:
    with tempfile.TemporaryDirectory() as folder:
        make_world(Path(folder), seed=seed, referrals=REFERRALS, dial=dial)
        oracle = read_oracle(Path(folder))
    return replay.known_world(oracle, baselines(FEATURE_NAMES)["rules"].score(matrix(oracle.inputs)))


def _logs(setting: Setting, world: replay.KnownWorld, seed: int, count: int) -> dict[str, list[Log]]:
    blur = np.random.default_rng(seed).normal(0.0, 0.7, world.merit.size)
    orders = {"talented": world.merit + blur, "nearest first": baselines(FEATURE_NAMES)["distance"].score(world.X)}
    drawn = setting.assumption == "placed"
    truth = {
        name: replay.true_value(world, score, seed=seed, reward=setting.reward, drawn_only=drawn)
        for name, score in orders.items()
    }
    found: dict[str, list[Log]] = {name: [] for name in orders}
    for number in range(count):
        slates, rows = replay.draw_log(world, np.random.default_rng((seed, number)), setting.slates, setting.reward)
        log = _ready(slates, setting)
        for name, score in orders.items():
            found[name].append(_one(log, score[rows], truth[name], number))
    return found


def _ready(slates: LoggedSlates, setting: Setting) -> valuing.Log | None:
    """The log with all that its orders share; None where that is refused."""
    try:
        return valuing.ready(slates, assumption=setting.assumption)
    except OffPolicyError:
        return None


def _one(log: valuing.Log | None, score: FloatArray, truth: float, seed: int) -> Log:
    if log is None:
        return Log(float("nan"), float("nan"), None)
    naive = float(estimators.naive(log.slates.reward, log.slates.query_sizes).mean()) / truth - 1
    target = placing.by_score(score, log.slates.position, log.slates.query_sizes)
    try:
        value = valuing.value_of(log, target)
    except OffPolicyError:
        return Log(naive, float("nan"), None)
    interval = valuing.interval_of(log, value, "dr", seed=seed)
    of = {name: float(value.of[name].mean()) / truth - 1 for name in ESTIMATORS}
    return Log(naive, value.weights.ess, of, interval.low <= truth <= interval.high)


def _asked(rows: Sequence[Row]) -> Iterator[str]:
    """The figures that were asked for, over all logs at an ESS of 400 and more; by way of logging, and all together."""
    yield "| at an ESS of 400 and more | logs | naive mean off by | DR off by (asked: 7 % at most) | " + _HELD
    yield "|---|---|---|---|---|"
    for title in [*dict.fromkeys(row.setting.title for row in rows), "all of them"]:
        logs = [
            one for row in rows if title in (row.setting.title, "all of them") for one in row.told() if one.ess >= 400
        ]
        if logs:
            naive, found = (_rms(values) for values in ([one.naive for one in logs], [one.of["dr"] for one in logs]))
            held = np.mean([one.held for one in logs])
            yield f"| {title} | {len(logs)} | {_share(naive)} | {_share(found)} | {held:.3f} |"


def _table(rows: Sequence[Row]) -> Iterator[str]:
    yield (
        "| logged | dial | order | logs told of | ESS | naive mean off by | DR | "
        + " | ".join(list(ESTIMATORS.values())[1:])
        + " | DR intervals that hold the truth |"
    )
    yield "|---|---|---|---|---|---|---|---|---|---|---|"
    for row in rows:
        ess = np.mean([one.ess for one in row.told()]) if row.told() else float("nan")
        cells = [row.setting.title, row.dial, row.order, f"{len(row.told())} of {len(row.logs)}", f"{ess:.0f}"]
        cells += [_share(row.error(name)) for name in ("naive", *ESTIMATORS)]
        yield f"| {' | '.join(cells)} | {row.covered():.2f} |"


def _bandit() -> Iterator[str]:
    """The Open Bandit sample, both ways, where it lies beside the checkout."""
    yield "Open Bandit Dataset, 10,000 impressions a log: the click rate of either policy from the other's log, by DR."
    yield ""
    if not (DATA / BANDIT).is_dir():
        yield "Not measured: the data are not beside the checkout; set KITH_SHARED_DATA to where they are."
        return
    yield "| campaign | policy | clicked, on its own log | naive | DR, with interval | ESS | holds it |"
    yield "|---|---|---|---|---|---|---|"
    for campaign in open_bandit.CAMPAIGNS:
        logs = {policy: open_bandit.read(DATA / BANDIT, policy, campaign) for policy in open_bandit.POLICIES}
        for policy, other in (("bts", "random"), ("random", "bts")):
            yield _estimated(campaign, policy, logs[policy], logs[other])


def _estimated(campaign: str, policy: str, own: open_bandit.Impressions, other: open_bandit.Impressions) -> str:
    on = bootstrap(own.click, seed=1)
    start = f"| {campaign} | {policy} | {1000 * on.mean:.1f} per 1,000 | {1000 * other.click.mean():.1f} |"
    try:
        found = open_bandit.value_elsewhere(other, open_bandit.chances(own, policy), seed=1)
    except TooFewError as refusal:
        return f"{start} refused | {refusal.ess:.0f} | no number is given |"
    dr = found["estimates"]["dr"]
    told = f"{1000 * dr['mean']:.1f} ({1000 * dr['low']:.1f} to {1000 * dr['high']:.1f})"
    return f"{start} {told} | {found['ess']:.0f} | {'yes' if dr['low'] <= on.mean <= dr['high'] else 'no'} |"


def _rms(errors: Sequence[float]) -> float:
    return float(np.sqrt(np.mean(np.square(errors)))) if errors else float("nan")


def _share(value: float) -> str:
    return f"{100 * value:.1f} %"


if __name__ == "__main__":
    main()
