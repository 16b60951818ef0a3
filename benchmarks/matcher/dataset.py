"""A data set of a long log, made, loaded, learned from: `python benchmarks/matcher/dataset.py [--exposures 1000000]`.

Promise measured: 1,000,000 exposures of ten lines fit in 4 GB of memory.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # so that the script runs from anywhere

from benchmarks.support.figures import keep, prose
from ml.inputs import CANDIDATE_INPUTS, QUERY_INPUTS

SHOWN = 10
#: Different lines and queries, from which slates are drawn.
LINES, QUERIES = 5_000, 1_000
DAYS = 730
START = datetime(2024, 1, 1, 8, tzinfo=UTC)
SCHEMA = pa.schema([("id", pa.string()), ("version", pa.int64()), ("doc", pa.string())])
ASKED_GB = 4.0

#: What each child process does; {0} is the folder of the log, {1} that of the set.
MAKING = "from ml.cli import ml; ml(['dataset', '--from', {0!r}, '--out', {1!r}])"
LOADING = (
    "from pathlib import Path; from ml.training.groups import Dataset;"
    "made = Dataset.load(Path({1!r})); print(made.features.shape, made.sha256[:12])"
)
TRAINING = "from ml.cli import ml; ml(['train', '--data', {1!r}, '--recipe', {2!r}, '--out', {1!r} + '-version'])"
#: Their number takes time and no memory.
TREES = 10
FLOOR = (
    "import orjson, pyarrow.parquet as pq;"
    "file = pq.ParquetFile({0!r} + '/exposure.parquet', buffer_size=1 << 20, pre_buffer=False);"
    "print(sum(len(orjson.loads(text)['items']) for batch in file.iter_batches(1000, columns=['doc'])"
    " for text in batch.column(0).to_pylist()))"
)


def main() -> None:
    """Write a log, make a data set of it in a process of its own, load it in another, and keep the figures."""
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--exposures", type=int, default=100_000)
    given.add_argument("--seed", type=int, default=11)
    given.add_argument("--print-only", action="store_true", help="Do not keep the page.")
    asked = given.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        log, made, recipe = (Path(scratch) / name for name in ("log", "set", "recipe.json"))
        recipe.write_text(json.dumps({"trees": {"trees": TREES}}))
        write_log(log, asked.exposures, asked.seed)
        told = [
            (name, *in_child(code.format(str(log), str(made), str(recipe))))
            for name, code in (("floor", FLOOR), ("making", MAKING), ("loading", LOADING), ("training", TRAINING))
        ]
        size = [sum(file.stat().st_size for file in folder.iterdir()) / 1e9 for folder in (log, made)]
    keep("matcher/dataset", page(asked.exposures, told, size), printed_only=asked.print_only)


def in_child(code: str) -> tuple[float, float]:
    """Run Python `code` in a process of its own; the processor's seconds that it took, and its peak memory in GB."""
    child = subprocess.Popen([sys.executable, "-c", code], cwd=Path(__file__).resolve().parents[2])
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise SystemExit(f"a child ended with {child.returncode}")
    return used.ru_utime + used.ru_stime, used.ru_maxrss * 1024 / 1e9


def page(exposures: int, told: list[tuple[str, float, float]], size: list[float]) -> list[str]:
    """Write the result as lines of a page."""
    seconds = {name: took for name, took, _ in told}
    memory = {name: peak for name, _, peak in told}
    text = f"""`kith ml dataset` on a made-up log of {exposures:,} exposures of {SHOWN} lines, {size[0]:.1f} GB of
        Parquet that is not in the order of time, with features, labels and the quality report; the set has
        {size[1]:.1f} GB. Each line is a process of its own with its peak of resident memory and the processor time of
        all its threads. Training is `kith ml train` with {TREES} trees, whose number changes the time and not the
        memory: its own fit and three on two thirds each for the chances. The floor reads the same log once and parses
        its JSON."""
    limit = f"≤ {ASKED_GB:g} GB" if exposures >= 1_000_000 else "-"
    rows = [
        ("making the data set", "making", limit),
        ("loading it, with its hash", "loading", limit),
        ("loading it and learning from it", "training", limit),
        ("floor: parsing the log once", "floor", "-"),
    ]
    lines = [f"| {what} | {asked} | {memory[name]:.2f} GB | {seconds[name]:,.0f} s |" for what, name, asked in rows]
    ratio = f"Making took {seconds['making'] / seconds['floor']:.1f} times as long as the floor."
    heading = ["| | memory asked | peak | processor |", "|---|---|---|---|"]
    return [*prose("A data set of a long log", text), "", *heading, *lines, "", ratio]


def write_log(folder: Path, exposures: int, seed: int) -> None:
    """Write exposures and a placement for most of them, in the order of ids that say nothing of time."""
    print(f"seed {seed}: writing {exposures:,} exposures")
    folder.mkdir()
    rng = np.random.default_rng(seed)
    minutes = rng.integers(0, DAYS * 24 * 60, exposures)
    picks = rng.integers(0, LINES, (exposures, SHOWN))
    chosen = np.minimum(rng.geometric(0.3, exposures) - 1, SHOWN)
    _write(folder / "exposure.parquet", _exposures(rng, minutes, picks), 5_000)
    _write(folder / "placement.parquet", _placements(rng, minutes, picks, chosen), 20_000)


def _exposures(rng: np.random.Generator, minutes: np.ndarray, picks: np.ndarray) -> Iterator[tuple[str, str]]:
    lines = [_inputs(rng, CANDIDATE_INPUTS) for _ in range(LINES)]
    asked = [_inputs(rng, QUERY_INPUTS) for _ in range(QUERIES)]
    for number, (minute, picked) in enumerate(zip(minutes.tolist(), picks, strict=True)):
        items = ",".join(
            f'{{"id":"asset-{line:05}-{position}","inputs":{lines[line]},"kind":"asset","position":{position},'
            f'"propensity":0.9777777777777777,"score":{1 - position / SHOWN}}}'
            for position, line in enumerate(picked.tolist())
        )
        yield (
            f"exposure-{number:07}",
            f'{{"excluded":[],"items":[{items}],"model_version":"2026-01-01-0","pack_sha256":"{"0" * 64}",'
            f'"policy":"ranked-swap10","query":{asked[number % QUERIES]},"ranked_on":"phone",'
            f'"referral_id":"referral-{number:07}","shown_at":"{_instant(minute)}","team_id":"team-1","unshown":[]}}',
        )


def _placements(
    rng: np.random.Generator, minutes: np.ndarray, picks: np.ndarray, chosen: np.ndarray
) -> Iterator[tuple[str, str]]:
    attended = rng.integers(0, 9, len(minutes)).tolist()
    for number in np.flatnonzero(chosen < SHOWN).tolist():
        minute, position = int(minutes[number]), int(chosen[number])
        document = {
            "referral_id": f"referral-{number:07}",
            "exposure_id": f"exposure-{number:07}",
            "item_kind": "asset",
            "item_id": f"asset-{picks[number, position]:05}-{position}",
            "chosen_at": _instant(minute + 20),
            "status": "ended",
            "attended": attended[number],
            "outcome_on": _instant(minute + 40 * 24 * 60)[:10],
            "wellbeing_gain": "unknown",
            "reason": None,
        }
        yield f"placement-{number:07}", json.dumps(document)


def _inputs(rng: np.random.Generator, names: tuple[str, ...]) -> str:
    values = rng.integers(0, 1000, len(names)).tolist()
    large = {"easting": 570_000, "northing": 200_000, "home_easting": 570_000, "home_northing": 200_000}
    small = {"kind": 1, "category": 20, "travel": 5, "wanted_group": 4, "urgency": 2, "online": 2, "at_home": 2}
    told = {
        name: large.get(name, 0) + (value % small[name] if name in small else value)
        for name, value in zip(names, values, strict=True)
    }
    return json.dumps(told, sort_keys=True, separators=(",", ":"))


def _instant(minute: int) -> str:
    return (START + timedelta(minutes=minute)).isoformat().replace("+00:00", "Z")


def _write(path: Path, records: Iterator[tuple[str, str]], group: int) -> None:
    with pq.ParquetWriter(path, SCHEMA, compression="zstd") as writer:
        waiting: list[tuple[str, str]] = []
        for record in records:
            waiting.append(record)
            if len(waiting) == group:
                writer.write_table(_table(waiting))
                waiting = []
        if waiting:
            writer.write_table(_table(waiting))


def _table(records: list[tuple[str, str]]) -> pa.Table:
    ids, documents = zip(*records, strict=True)
    return pa.table([list(ids), list(range(len(ids))), list(documents)], schema=SCHEMA)


if __name__ == "__main__":
    main()
