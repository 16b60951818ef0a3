"""A first sync over a bad signal: `python benchmarks/sync/lossy.py [--quick]`.

Promise measured: 5 kB/s, 400 ms, 2 % loss and twenty cuts cost time, and next to no bytes.
"""

import argparse
import sys
import time
from contextlib import ExitStack
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # so that the script runs from anywhere

from benchmarks.support.figures import keep, prose
from benchmarks.support.programme import Enrolled, Programme
from benchmarks.support.records import uuid7, varied_person
from benchmarks.support.resuming import Taking
from benchmarks.support.servers import build_snapshots
from benchmarks.support.sides import place
from benchmarks.support.thin_link import HEADS, Counted, Weather, thin_link

CUTS = 20


def fill(programme: Programme, records: int, seed: int) -> None:
    """Write records through the door and pack them."""
    chance = Random(seed)
    programme.write((uuid7(), varied_person("thin", number, chance)) for number in range(records))
    build_snapshots(programme.home, programme.url)


def first_sync(port: int, one: Enrolled, weather: Weather) -> tuple[Taking, Counted, float]:
    """Sync a new device over the link; give what it took, what was counted and the seconds."""
    with thin_link(port, weather) as link:
        taking = Taking(link.port, one)
        began = time.perf_counter()
        taking.sync()
        return taking, link.counted, (time.perf_counter() - began) * weather.faster


def main() -> None:
    """Sync new devices over the link, and keep the table; ends with 1 when one holds something else than it should."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="500 records, one device, 50 times faster, nothing kept")
    parser.add_argument("--rounds", type=int)
    parser.add_argument("--faster", type=float, help="times that time passes faster on the link")
    chosen = parser.parse_args()
    records, rounds = (500, 1) if chosen.quick else (5_000, chosen.rounds or 5)
    faster = chosen.faster or (50 if chosen.quick else 5)
    with ExitStack() as stack:
        server, programme = stack.enter_context(stack.enter_context(place("sqlite normal")).kith("kith"))
        fill(programme, records, seed=1)
        devices = programme.enrol([(f"phone-{number}", "thin") for number in range(rounds + 1)])
        direct = Taking(server.port, devices[0])
        direct.sync()
        size = sum(direct.sizes())
        lines = heading(records, rounds, size)
        good = True
        for seed, one in enumerate(devices[1:], 1):
            places = sorted(Random(seed).sample(range(2_000, size), CUTS))
            weather = Weather(cuts=places, faster=faster, seed=seed)
            taking, counted, seconds = first_sync(server.port, one, weather)
            good = good and taking.records == direct.records and len(taking.records) == records
            lines.append(_row(seed, taking, counted, seconds, size))
    keep("sync/lossy", lines, printed_only=chosen.quick)
    sys.exit(not good)


def _row(seed: int, taking: Taking, counted: Counted, seconds: float, size: int) -> str:
    wire = counted.down + counted.up + counted.again
    everything = wire + counted.lost + counted.segments * HEADS
    told = [seed, counted.cuts, taking.resumed, len(taking.records), round(seconds), counted.down, counted.up]
    figures = [*(f"{each:,}" for each in told), f"{counted.again:,}", f"{wire / size:.3f}", f"{counted.lost:,}"]
    return f"| {' | '.join(figures)} | {everything / size:.3f} |"


def heading(records: int, rounds: int, size: int) -> list[str]:
    """Say what the table shows."""
    lines = prose(
        "A first sync over a bad signal",
        f"""The Python reference client takes {records:,} records as a snapshot of {size:,} bytes and then pulls, over a
        link of 5 kB/s and 400 ms each way, 2 % of segments lost and sent again, and {CUTS} cuts at seeded places;
        {rounds} devices. Share: everything that reached the phone and that it sent, heads of HTTP included, and what
        was sent again, beside the snapshot (wanted: 1.15 at most). Last column: the same with what was under way when
        the link broke off and never arrived, and with the heads of TCP and IP. Time is the link's own.""",
    )
    columns = (
        "| seed | cuts | resumed | records | seconds | to the phone | from it | again | share | lost in cuts | all |"
    )
    return [*lines, "", columns, "|---:" * 11 + "|"]


if __name__ == "__main__":
    main()
