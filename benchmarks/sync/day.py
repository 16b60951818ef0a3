"""Ten thousand devices: `python benchmarks/sync/day.py [--quick] [--at 100]`.

Promise measured: one machine with PostgreSQL serves a county's morning, and nothing that was acknowledged is missing.
"""

import argparse
import sys
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # so that the script runs from anywhere

from benchmarks.support.county import CREW, TEAMS_OF_A_PROGRAMME, Verdict, Visitor, judge, settle_county
from benchmarks.support.figures import keep, lines_of, prose
from benchmarks.support.line import Line
from benchmarks.support.phones import seconds
from benchmarks.support.programme import Programme
from benchmarks.support.replay import MIX, Replayed, Stage, due, replay
from benchmarks.support.servers import THREADS, WORKERS
from benchmarks.support.sides import place

#: How often a device asks, and how much more often in the morning.
RHYTHM_S, BURST = 900, 5
#: The wait that 95 of 100 visits must stay within.
WANTED_MS = 500
LADDER = (1, 2, 4, 8, 16, 32, 64, 100)


@dataclass(slots=True)
class County:
    """The devices and the server they visit."""

    port: int
    programmes: Sequence[Programme]
    visitors: Sequence[Visitor]

    @property
    def rate(self) -> float:
        """Give the visits a second on an ordinary hour."""
        return len(self.visitors) / RHYTHM_S

    def at(self, name: str, stages: Sequence[Stage], faster: float, seed: int) -> tuple[str, Replayed]:
        """Replay a time; give the line of the table and what came of it."""
        visits = list(due(stages, self.visitors, Random(seed)))
        came = replay(visits, self.port, faster, seed)
        done = sum(map(len, came.waits_ms.values()))
        waits = " | ".join(f"{came.percentile(share):,.0f}" for share in (0.5, 0.95, 0.99))
        rate, errors = done / came.took_s, sum(came.errors.values())
        row = f"| {name} | {faster:g} | {len(visits):,} | {rate:,.0f} | {waits} | {errors} |"
        print(row, *came.errors.most_common(3), flush=True)
        return row, came


def first_pulls(county: County) -> float:
    """Let every device pull for the first time, 16 at once; give how many a second."""
    shares = [county.visitors[number::16] for number in range(16)]
    return len(county.visitors) / seconds([_pulling(share, county.port) for share in shares if share])


def _pulling(visitors: Sequence[Visitor], port: int) -> Callable[[], None]:
    line = Line(port)
    return lambda: [visitor.pull(line) for visitor in visitors] and None


def climb(county: County, ladder: Sequence[int], wall_s: float) -> tuple[list[str], float]:
    """Replay the morning's burst faster and faster until visits wait too long; give the highest speed held."""
    rows, held = [], 0.0
    for seed, faster in enumerate(ladder):
        stages = [Stage(county.rate * BURST, wall_s * faster)]
        row, came = county.at("the burst", stages, faster, seed)
        rows.append(row)
        if came.errors or came.percentile(0.95) > WANTED_MS:
            break
        held = faster
    return rows, held


def main() -> None:
    """Replay, judge, and keep the table; ends with 1 when a promise was broken or the burst itself was too much."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="1,000 devices, seconds, nothing kept")
    parser.add_argument("--at", type=float, help="replay the morning at this speed, whatever the machine holds")
    parser.add_argument("--real", type=float, help="seconds of the burst at its own pace")
    parser.add_argument("--step", type=float, help="seconds of each speed that is tried")
    chosen = parser.parse_args()
    count, wall_s = (1, 2.0) if chosen.quick else (10, 15.0)
    wall_s = chosen.step or wall_s
    with ExitStack() as stack:
        server, first = stack.enter_context(stack.enter_context(place("postgresql")).kith("kith"))
        programmes = [Programme(first.home, first.url, f"county-{number}") for number in range(count)]
        county = County(server.port, programmes, settle_county(programmes, server.port, sample=50))
        begun = first_pulls(county)
        burst = Stage(county.rate * BURST, chosen.real or (5 if chosen.quick else 60))
        real, came = county.at("the burst", [burst], 1, seed=99)
        rows, held = climb(county, LADDER[1:3] if chosen.quick else LADDER[1:], wall_s)
        faster = chosen.at or max(1, held)
        quiet, peak = Stage(county.rate, 2 * wall_s * faster), Stage(county.rate * BURST, 2 * wall_s * faster)
        morning, through = county.at("quiet, burst, quiet", [quiet, peak, quiet], faster, seed=100)
        verdict = judge(programmes, county.visitors, Line(server.port))
    lines = heading(len(county.visitors), county.rate, begun)
    lines += [real, *rows, morning, "", *conclusion(held, county.rate), "", *judged(verdict)]
    keep("sync/day", lines, printed_only=chosen.quick)
    sys.exit(bool(verdict.wrong or came.errors or through.errors or came.percentile(0.95) > WANTED_MS))


def conclusion(held: float, rate: float) -> list[str]:
    """Say what the machine holds beside what a replay a hundred times as fast would ask."""
    most = max(1.0, held) * rate * BURST
    return lines_of(
        f"""Highest speed at which 95 of 100 visits in the burst wait {WANTED_MS} ms at most: {max(1.0, held):g} ×,
        which is {most:,.0f} visits a second or {most / rate:,.0f} times the ordinary rhythm. A hundred times real time
        would ask {100 * rate:,.0f} a second of an ordinary hour and {100 * rate * BURST:,.0f} of the burst."""
    )


def judged(verdict: Verdict) -> list[str]:
    """Say what was found at the end."""
    told = lines_of(
        f"""At the end {verdict.writes:,} acknowledged writes were looked for in first pulls of new devices, and
        {verdict.compared:,} devices compared with them: {len(verdict.wrong)} wrong."""
    )
    return [*told, *verdict.wrong[:5]]


def heading(devices: int, rate: float, begun: float) -> list[str]:
    """Say what the table shows."""
    lines = prose(
        f"{devices:,} devices",
        f"""{devices:,} devices in programmes of {CREW * TEAMS_OF_A_PROGRAMME:,}, teams of {CREW}, visit every
        {RHYTHM_S // 60} minutes ({rate:.1f} a second) and in the morning's burst {BURST} times as often
        ({rate * BURST:.0f} a second). Of 100 visits {MIX["idle pull"]} pull, {MIX["manifest"]} ask for the manifest and
        pull if it has changed, {MIX["push and pull"]} push one or two writes and pull in one round trip; one push in
        twenty is sent twice. Visits are due by a seeded plan whether or not the server keeps up; the wait counts from
        then. PostgreSQL with fsync, {WORKERS} workers × {THREADS} threads, everything on this machine, the devices too.
        Devices were enrolled in bulk and pulled for the first time beforehand, {begun:,.0f} a second. Speed: how much
        faster than real time the plan was replayed. Waits in milliseconds.""",
    )
    return [
        *lines,
        "",
        "| what | speed | visits | a second | p50 | p95 | p99 | errors |",
        "|---|---:|---:|---:|---:|---:|---:|---:|",
    ]


if __name__ == "__main__":
    main()
