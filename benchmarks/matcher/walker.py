"""The phone's engine scores 200 candidates: `python benchmarks/matcher/walker.py [--quick] [--referrals 4000]`.

Promise measured: scoring 200 rows with the walker in Node takes at most 1.5 times what LightGBM takes with one thread;
a pack has at most 100 kB (how it loads at first: `loading.py`). Baseline: `booster.predict(num_threads=1)` on the same
rows and trees, in alternating rounds. Python's walker is timed beside it.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import lightgbm
import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # so that the script runs from anywhere

from benchmarks.support.figures import keep, median, prose, ratios
from ml.features import MONOTONE
from ml.features.people import PEOPLE
from ml.models.artifact import export
from ml.models.ranker import HybridRanker
from ml.models.walker import Pack
from tests.contract.node import find_node
from tests.ml.artifact.models import hybrid, rows
from tests.ml.artifact.test_features_on_the_phone import inputs_of_chance

ROOT = Path(__file__).resolve().parents[2]
CANDIDATES, SLATE = 200, 10
#: Each round times so many calls and takes the middle one, so that neither side is timed cold.
CALLS = 40

#: Answers each line on its input, the name of a pack, with the milliseconds of `calls` scorings and of one loading.
SCRIPT = """
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { loadPack } from "./ranker.mjs";
const doubles = (name) => {
  const bytes = readFileSync(name);
  return new Float64Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
};
for await (const line of createInterface({ input: process.stdin })) {
  const { name, calls } = JSON.parse(line);
  const bytes = readFileSync(`${name}.gz`);
  const before = performance.now();
  const pack = await loadPack(bytes);
  const load = performance.now() - before;
  const all = doubles(`${name}.f64`);
  const columns = pack.familyOf.length;
  const rows = Array.from({ length: all.length / columns }, (_, i) => all.subarray(i * columns, (i + 1) * columns));
  const scores = new Float64Array(rows.length);
  const taken = [];
  for (let call = 0; call < calls; call++) {
    const began = performance.now();
    for (let i = 0; i < rows.length; i++) scores[i] = pack.score(rows[i]);
    taken.push(performance.now() - began);
  }
  taken.sort((a, b) => a - b);
  console.log(JSON.stringify({ score: taken[calls >> 1], load, first: scores[0] }));
}
"""


@dataclass(slots=True)
class Engine:
    """A running Node that scores packs in a folder."""

    folder: Path
    process: Any = None

    def __enter__(self) -> "Engine":
        bundle = [ROOT / "app/node_modules/.bin/rolldown", ROOT / "mobile_contract/typescript/ranker/index.ts"]
        made = ["--file", self.folder / "ranker.mjs", "--format", "esm"]
        subprocess.run([str(find_node()), *bundle, *made], check=True, capture_output=True, cwd=ROOT)
        (self.folder / "engine.mjs").write_text(SCRIPT)
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self) -> None:
        """Start Node."""
        command = [str(find_node()), "engine.mjs"]
        self.process = subprocess.Popen(
            command, cwd=self.folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def stop(self) -> None:
        """End it."""
        self.process.stdin.close()
        self.process.wait(timeout=30)

    def ask(self, name: str, calls: int) -> dict[str, float]:
        """Give the milliseconds of a scoring and of a loading."""
        self.process.stdin.write(json.dumps({"name": name, "calls": calls}) + "\n")
        self.process.stdin.flush()
        answer: dict[str, float] = json.loads(self.process.stdout.readline())
        return answer


@dataclass(slots=True)
class Model:
    """A ranker to time, and what its rounds took in milliseconds."""

    name: str
    booster: lightgbm.Booster
    data: bytes
    rows: np.ndarray
    taken: dict[str, list[float]] = field(
        default_factory=lambda: {name: [] for name in ("lightgbm", "python", "phone")}
    )
    loads: dict[str, list[float]] = field(default_factory=lambda: {name: [] for name in ("python", "warm")})


def models(referrals: int) -> list[Model]:
    """Train the hybrid on slates of chance, by default and with seeds averaged, and take other shapes beside it."""
    return [
        _trained("the hybrid as trained by default", referrals, {}),
        _trained("three seeds averaged", referrals, {"seeds": 3, "trees": 120}),
        _shaped("15 leaves", "numeric", 100),
        _shaped("sets of categories", "categorical", 60),
    ]


def _trained(name: str, referrals: int, parameters: dict[str, Any]) -> Model:
    columns = dict(zip(PEOPLE.inputs, inputs_of_chance(PEOPLE, 1, referrals * SLATE).T, strict=True))
    features = np.clip(np.nan_to_num(PEOPLE.matrix(columns)), -1e6, 1e6)
    liked = features[:, 0] - features[:, 5] / 1e4 + np.random.default_rng(1).normal(size=len(features))
    outcome = np.searchsorted(np.quantile(liked, [0.7, 0.85, 0.93, 0.98]), liked)
    ranker = HybridRanker(monotone=MONOTONE, parameters=parameters)
    ranker.fit(features, outcome, np.full(referrals, SLATE))
    return _model(name, ranker, features)


def _shaped(name: str, shape: str, trees: int) -> Model:
    return _model(name, hybrid(shape, trees=trees), np.nan_to_num(rows(seed=2)))


def _model(name: str, ranker: Any, features: np.ndarray) -> Model:
    told = f"{name}, {ranker.booster_.num_trees()} trees"
    return Model(told, ranker.booster_, export(ranker, version="bench"), features[:CANDIDATES].copy())


def measure(engine: Engine, model: Model, rounds: int) -> None:
    """Time the three engines one after the other, round by round; SystemExit when they disagree."""
    (engine.folder / "pack.gz").write_bytes(model.data)
    model.rows.tofile(engine.folder / "pack.f64")
    pack = Pack.load(model.data)
    for _ in range(rounds):
        model.taken["lightgbm"].append(
            _middle(lambda: model.booster.predict(model.rows, raw_score=True, num_threads=1))
        )
        model.taken["python"].append(_middle(lambda: pack.score(model.rows)))
        answer = engine.ask("pack", CALLS)
        if answer["first"] != pack.score(model.rows[:1])[0]:
            raise SystemExit("the phone's engine gives another score")
        model.taken["phone"].append(answer["score"])
        model.loads["warm"].append(answer["load"])
        model.loads["python"].append(_middle(lambda: Pack.load(model.data), 5))


def _middle(do: Callable[[], object], calls: int = CALLS) -> float:
    taken = []
    for _ in range(calls):
        began = time.perf_counter()
        do()
        taken.append((time.perf_counter() - began) * 1000)
    return median(taken)


def table(measured: list[Model]) -> list[str]:
    """Write what was asked beside what was measured."""
    lines = prose(
        "Scoring 200 candidates, and loading a pack",
        f"""Milliseconds for {CANDIDATES} rows of features, the middle of {CALLS} calls, medians over
        {len(measured[0].taken["phone"])} rounds in which LightGBM with one thread, Python's walker and the phone's
        walker in Node take turns; ratios are round by round with their range. Asked: phone at most 1.5 × LightGBM; a
        pack of at most 100 kB. A pack is loaded when Node is warm; `loading.md` tells of the first time. Every engine
        gave the same bits.""",
    )
    lines += [
        "",
        "| trees | LightGBM ms | phone ms | phone ÷ LightGBM | Python ÷ LightGBM | pack kB | phone loads ms "
        "| Python loads ms |",
        "|---|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for each in measured:
        base, loads = each.taken["lightgbm"], {name: median(values) for name, values in each.loads.items()}
        lines.append(
            f"| {each.name} | {median(base):.2f} | {median(each.taken['phone']):.2f} "
            f"| {ratios(each.taken['phone'], base)} | {ratios(each.taken['python'], base)} "
            f"| {len(each.data) / 1000:.0f} | {loads['warm']:.1f} | {loads['python']:.1f} |"
        )
    return lines


def main() -> None:
    """Train, measure and keep the table; ends with 1 when the phone's walker is slower than was promised."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer rounds and slates, nothing kept")
    parser.add_argument("--referrals", type=int, default=4000)
    chosen = parser.parse_args()
    measured = models(400 if chosen.quick else chosen.referrals)
    with tempfile.TemporaryDirectory(prefix="kith-bench-") as folder, Engine(Path(folder)) as engine:
        for model in measured:
            measure(engine, model, 3 if chosen.quick else 15)
    keep("matcher/walker", table(measured), printed_only=chosen.quick)
    sys.exit(any(median(m.taken["phone"]) > 1.5 * median(m.taken["lightgbm"]) for m in measured))


if __name__ == "__main__":
    main()
