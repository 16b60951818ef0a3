"""Whether drift is seen, and quiet is left alone: `python benchmarks/matcher/drift.py --help`.

Promise measured: one covariate moved by one deviation is flagged within a window; at most one false alarm in 20 quiet
windows.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # so that the script runs from anywhere

from benchmarks.support.figures import keep, prose
from benchmarks.support.versions import learned
from ml.arrays import FloatArray
from ml.audit.drift import Side, drift, sides_of_window
from ml.audit.drift import compare as compare_sides
from ml.features import FEATURE_NAMES

ABOUT = """Windows of 28 days after the slates that a version learned from, with no drift but what such a county does by
itself (items open, counts grow). Then one feature of one window is moved by one deviation of what was learned from (a
feature of two values: its share), every feature in every world once; and worlds are made in which waits grow by one
deviation on a day 84 days before the end. The baseline is the usual rule: alarm above a PSI of .10, or .25, whatever
the size of the window, of any feature beside what was learned from."""


@dataclass(frozen=True, slots=True)
class Watched:
    """One world. quiet : windows without drift. moved : feature → whether it was flagged, and whether alone."""

    quiet: list[dict[str, Any]]
    usual: dict[float, int]
    moved: dict[str, tuple[bool, bool]]


def main() -> None:
    """Watch what was asked for, world by world, and keep the table."""
    given = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    given.add_argument("--referrals", type=int, default=4000)
    given.add_argument("--dials", default="additive,hard")
    given.add_argument("--seeds", default="11,12,13")
    given.add_argument("--print-only", action="store_true", help="Do not keep the page.")
    asked = given.parse_args()
    pairs = [(dial, int(seed)) for dial in asked.dials.split(",") for seed in asked.seeds.split(",")]
    quiet = [_watched(dial, seed, asked.referrals) for dial, seed in pairs]
    grown = [_grown(dial, seed, asked.referrals) for dial, seed in pairs]
    lines = prose("Drift, seen and not seen", ABOUT)
    lines += [
        "",
        f"{asked.referrals:,} referrals a world; {asked.dials}; seeds {asked.seeds}.",
        "",
        *_table(quiet, grown),
    ]
    keep("matcher/drift", lines, printed_only=asked.print_only)


def _watched(dial: str, seed: int, referrals: int) -> Watched:
    sys.stderr.write(f"World {dial}, seed {seed}\n")
    with learned(dial, seed, referrals) as one:
        quiet = [window for window in drift(one.version, one.dataset)["windows"] if window["columns"] is not None]
        base, lately, now = sides_of_window(one.version, one.dataset, timedelta(days=28))
        moved = {}
        for place, name in enumerate(FEATURE_NAMES):
            column = _shifted(base.columns[:, place], now.columns[:, place], seed)
            if column is not None:
                columns = now.columns.copy()
                columns[:, place] = column
                told = compare_sides(base, lately, Side(columns, now.sizes), seed=1)
                found = [column["name"] for column in told if column["moved"]]
                moved[name] = (name in found, found == [name])
        usual = {limit: sum(_usual(window) > limit for window in quiet) for limit in (0.10, 0.25)}
    return Watched(quiet, usual, moved)


def _usual(window: dict[str, Any]) -> float:
    """The largest index of a window beside what was learned from, which is all that the usual rule looks at."""
    return max(column["psi_since_learning"] for column in window["columns"])


def _shifted(reference: FloatArray, column: FloatArray, seed: int) -> FloatArray | None:
    """The column one deviation up; of a column of two values its share. None when it never varies."""
    deviation, values = float(np.nanstd(reference)), np.unique(reference[~np.isnan(reference)])
    if values.size < 2:
        return None
    if values.size > 2:
        return column + deviation
    share = float((reference == values[1]).mean())
    spread, upwards = (
        (share * (1 - share)) ** 0.5,
        share <= 0.5,
    )  # half of all is a deviation away from none and from all
    turned = np.random.default_rng(seed).random(column.size) < spread / (1 - share if upwards else share)
    return np.where(turned, values[1] if upwards else values[0], column)


def _grown(dial: str, seed: int, referrals: int) -> tuple[int | None, list[str]]:
    """In which window after waits had grown that was flagged, from 1, and what else was flagged there."""
    with learned(dial, seed, referrals, drift=1.0, drift_days=84.0) as one:
        windows = drift(one.version, one.dataset)["windows"][-3:]
    for place, window in enumerate(windows, start=1):
        names = [column["name"] for column in window["columns"] or [] if column["moved"]]
        if "wait_days" in names:
            return place, names
    return None, []


def _table(quiet: Sequence[Watched], grown: Sequence[tuple[int | None, list[str]]]) -> Iterator[str]:
    windows = [window for one in quiet for window in one.quiet]
    alarms = [window for window in windows if any(column["moved"] for column in window["columns"])]
    moved = [told for one in quiet for told in one.moved.values()]
    missed = sorted({name for one in quiet for name, (flagged, _) in one.moved.items() if not flagged})
    usual = {limit: sum(one.usual[limit] for one in quiet) for limit in (0.10, 0.25)}
    slates = [window["queries"] for window in windows]
    yield "| check | asked | measured | PSI above .10 | PSI above .25 |"
    yield "|---|---|---|---|---|"
    yield (
        f"| quiet windows with an alarm, of {len(windows)} ({min(slates)} to {max(slates)} slates each) "
        f"| at most 1 in 20 | {len(alarms)} | {usual[0.10]} | {usual[0.25]} |"
    )
    yield (
        f"| one feature moved by one deviation, of {len(moved)} | all flagged in that window | "
        f"{sum(flagged for flagged, _ in moved)}{' (not ' + ', '.join(missed) + ')' if missed else ''} | | |"
    )
    first = sum(window == 1 for window, _ in grown)
    yield f"| waits that grow by one deviation, in {len(grown)} worlds | flagged within a window | {first} | | |"


if __name__ == "__main__":
    main()
