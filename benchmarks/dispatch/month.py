"""A month of tasks: `python benchmarks/dispatch/month.py [--quick] [--seed 11]`.

Promises measured: tasks are picked up within a minute at the median and ten minutes at the 95th percentile, nearly all
of them; volunteers are asked half as often as by a broadcast, and asks are shared twice as evenly as by asking the
nearest first; no task is had by two, and nobody who has not got a task is shown what is private of it.
"""

import argparse
import sys
import tempfile
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any, Final, NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # so that the script runs from anywhere

from benchmarks.support.figures import keep, prose
from benchmarks.support.month_counted import CountedDesk, everybody, nearest
from benchmarks.support.month_desks import RealDesk
from benchmarks.support.month_run import Month, MonthRun
from benchmarks.support.month_world import MonthWorld, at
from server.domain.waves import WavePolicy

#: Volunteers, tasks and days of the whole month, and of the smallest one.
WHOLE: Final = (7000, 12_000, 30)
QUICK: Final = (300, 60, 1)
OURS, NEAREST, BROADCAST = "ours", "nearest first", "broadcast"


class Measured(NamedTuple):
    """What came of one policy. doubled : claims of a task that another had. shown : private parts that losers held."""

    name: str
    month: Month
    doubled: int = 0
    shown: int = 0


def main() -> None:
    """Let the month pass under each policy, keep the figures, and fail when a promise is broken."""
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--seed", type=int, help="11 unless told otherwise, and 1 for the smallest form.")
    given.add_argument("--quick", action="store_true", help="The smallest form, whose figures are worth nothing.")
    given.add_argument("--print-only", action="store_true", help="Do not keep the page.")
    asked = given.parse_args()
    sizes, asked.seed = QUICK if asked.quick else WHOLE, asked.seed or (1 if asked.quick else 11)
    with ProcessPoolExecutor(2) as pool:
        made = [pool.submit(measure, name, asked.seed, sizes) for name in (OURS, NEAREST, BROADCAST)]
        found = {one.name: one for one in (each.result() for each in made)}
    promises = promised(found)
    keep("dispatch/month", page(found, promises, asked.seed, sizes), printed_only=asked.print_only or asked.quick)
    if not asked.quick and not all(held for *_, held in promises):
        sys.exit("A promise is broken.")
    if found[OURS].doubled or found[OURS].shown:
        sys.exit("A task was had by two, or what is private was shown.")


def measure(name: str, seed: int, sizes: tuple[int, int, int]) -> Measured:
    """Let the month of a seed pass under one policy."""
    world, policy = MonthWorld(seed, *sizes), WavePolicy()
    if name == OURS:
        return _on_the_store(world, policy)
    if name == NEAREST:
        policy = replace(policy, step=0.0, explore=0.0)
        return Measured(name, MonthRun(world, CountedDesk(world, policy, nearest(policy))).run())
    unbounded = replace(policy, most_a_day=sizes[1])
    return Measured(name, MonthRun(world, CountedDesk(world, unbounded, everybody)).run())


def _on_the_store(world: MonthWorld, policy: WavePolicy) -> Measured:
    with tempfile.TemporaryDirectory(prefix="kith-month-") as folder:
        desk = RealDesk(world, Path(folder), policy)
        desk.begin(at(0))
        month = MonthRun(world, desk).run()
        return Measured(OURS, month, desk.doubled(), desk.shown())


def promised(found: dict[str, Measured]) -> list[tuple[str, str, str, bool]]:
    """Give each promise: what, asked, measured, and whether it held."""
    ours, nearest, broadcast = (found[name].month for name in (OURS, NEAREST, BROADCAST))
    half, even = broadcast.asks_per_task / 2, nearest.gini / 2  # as if every task of the broadcast were taken
    return [
        ("pick-up, median", "< 60 s", f"{ours.pickup(0.5):.0f} s", ours.pickup(0.5) < 60),
        ("pick-up, 95th percentile", "< 600 s", f"{ours.pickup(0.95):.0f} s", ours.pickup(0.95) < 600),
        ("asks for each task taken", f"≤ {half:.2f}, half of broadcast", f"{ours.asks_per_taken:.2f}",
         ours.asks_per_taken <= half),
        ("Gini of asks", f"≤ {even:.3f}, half of nearest first", f"{ours.gini:.3f}", ours.gini <= even),
        ("tasks taken", "≥ 97 %", f"{ours.fill:.2%}", ours.fill >= 0.97),
        ("tasks had by two at once", "0", str(found[OURS].doubled), not found[OURS].doubled),
        ("private parts shown to others", "0", str(found[OURS].shown), not found[OURS].shown),
    ]  # fmt: skip


def page(
    found: dict[str, Measured], promises: Sequence[tuple[Any, ...]], seed: int, sizes: tuple[int, int, int]
) -> list[str]:
    """Write the result as lines of a page."""
    volunteers, tasks, days = sizes
    text = f"""A made-up county, seed {seed} (policies were tuned on seeds 1 to 3): {volunteers:,} volunteers of five
        centres, {tasks:,} tasks in {days} days, half of them in bursts of the morning. Volunteers say yes by skills,
        way, free times, taste and how often they were asked of late; half of them have their phone at hand and answer
        within a minute or so, the others after half an hour; three claims in a hundred are made without signal; six in
        a hundred are given back. All of that is assumed, not measured. Ours is the dispatcher as it is, on an SQLite
        file: waves, asks, claims and answers go through the server's own code. The baselines meet the same luck, rules
        and quiet hours, counted in memory without a record for each ask: nearest first sizes its waves alike and asks
        in order of distance; broadcast asks everybody who may do the task at once. Each ask of 30 days is assumed to
        make a yes less likely, without end, so a month of broadcasts wears volunteers out; half of broadcast means half
        of what it asks for each task posted, as if all of them had been taken."""
    return [
        *prose("A month of tasks", text), "",
        "| promise | asked | measured | |", "|---|---|---|---|",
        *(f"| {' | '.join(told)} | {'held' if held else '**broken**'} |" for *told, held in promises),
        "",
        "| policy | taken | pick-up: median, 95 % | asks a task, a task taken | Gini of asks | most asked | too late |",
        "|---|---|---|---|---|---|---|",
        *(_row(one) for one in found.values()),
    ]  # fmt: skip


def _row(one: Measured) -> str:
    month = one.month
    times = f"{month.pickup(0.5):.0f} s, {month.pickup(0.95):.0f} s"
    most = month.asks.max(initial=0)
    return (
        f"| {one.name} | {month.fill:.2%} | {times} | {month.asks_per_task:.2f}, {month.asks_per_taken:.2f} "
        f"| {month.gini:.3f} | {most} | {month.refused} |"
    )


if __name__ == "__main__":
    main()
