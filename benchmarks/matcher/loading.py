"""A phone loads a pack for the first time: `python benchmarks/matcher/loading.py [--quick] [--referrals 4000]`.

Promise measured: a pack loads in 20 ms. Every loading is the first thing that a newly started Node does, compiling
included. Floor: a new Node that hashes and unfolds the same bytes in the same way and looks at none of them.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # so that the script runs from anywhere

from benchmarks.matcher.walker import ROOT, Model, models
from benchmarks.support.figures import keep, median, prose
from tests.contract.node import find_node

#: Of each pack so many first loadings, so that the slow ones show.
FRESH = 41
ASKED = 20.0
Taken = dict[str, list[dict[str, float]]]

#: What each new process does between two looks at the clock.
SIDES = {
    "pack": ('import { loadPack } from "./ranker.mjs";', "await loadPack(bytes);"),
    "floor": (
        """const unfold = async (bytes) => {
  const { readable, writable } = new DecompressionStream("gzip");
  const writer = writable.getWriter();
  const written = Promise.all([writer.write(bytes), writer.close()]);
  const reader = readable.getReader();
  const decoder = new TextDecoder();
  let text = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return written.then(() => text);
    text += decoder.decode(value, { stream: true });
  }
};""",
        'await Promise.all([unfold(bytes), crypto.subtle.digest("SHA-256", bytes)]);',
    ),
}
SCRIPT = """
import {{ readFileSync }} from "node:fs";
{first}
const bytes = new Uint8Array(readFileSync("pack.gz"));
const before = process.cpuUsage();
const began = performance.now();
{then}
const wall = performance.now() - began;
const {{ user, system }} = process.cpuUsage(before);
console.log(JSON.stringify({{ wall, processor: (user + system) / 1000 }}));
"""


def main() -> None:
    """Train, measure and keep the table; ends with 1 when a pack loads more slowly than was promised."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer processes and slates, nothing kept")
    parser.add_argument("--referrals", type=int, default=4000)
    chosen = parser.parse_args()
    measured = models(400 if chosen.quick else chosen.referrals)
    with tempfile.TemporaryDirectory(prefix="kith-bench-") as folder:
        _write_scripts(Path(folder))
        taken = [_loadings(Path(folder), model, 5 if chosen.quick else FRESH) for model in measured]
    lines = table(measured, taken)
    keep("matcher/loading", lines, printed_only=chosen.quick)
    sys.exit(any(median(_of(each["pack"], "wall")) > ASKED for each in taken))


def _write_scripts(folder: Path) -> None:
    bundle = [ROOT / "app/node_modules/.bin/rolldown", ROOT / "mobile_contract/typescript/ranker/index.ts"]
    made = ["--file", folder / "ranker.mjs", "--format", "esm"]
    subprocess.run([str(find_node()), *bundle, *made], check=True, capture_output=True, cwd=ROOT)
    for name, (first, then) in SIDES.items():
        (folder / f"{name}.mjs").write_text(SCRIPT.format(first=first, then=then))


def _loadings(folder: Path, model: Model, count: int) -> Taken:
    """Start Node anew for each loading, for both sides in turn."""
    (folder / "pack.gz").write_bytes(model.data)
    taken: Taken = {name: [] for name in SIDES}
    for _ in range(count):
        for name, found in taken.items():
            command = [str(find_node()), f"{name}.mjs"]
            told = subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True).stdout
            found.append(json.loads(told))
    return taken


def table(measured: list[Model], taken: list[Taken]) -> list[str]:
    """Write what was asked beside what was measured."""
    count = len(taken[0]["pack"])
    about = f"""Milliseconds of the first loading of a pack in each of {count} newly started Nodes: by the clock the
    middle one and the 95th percentile, and the middle one of the processor's time on all threads. Hash,
    unfolding, every check, compiling and laying out of the trees are in it; starting Node and reading its modules are
    not. The floor hashes and unfolds the same bytes with the same streams and looks at none: that is mostly Node's
    fetching of its own streams and hashes, which browsers have ready."""
    lines = [*prose("The first loading of a pack", about), ""]
    lines += [
        "| trees | pack kB | asked | p50 | p95 | processor | floor p50 | floor p95 | floor processor |",
        "|---|" + "---:|" * 8,
    ]
    for model, each in zip(measured, taken, strict=True):
        sides = " | ".join(_line(each[name]) for name in SIDES)
        lines.append(f"| {model.name} | {len(model.data) / 1000:.0f} | ≤ {ASKED:g} | {sides} |")
    return lines


def _line(found: list[dict[str, float]]) -> str:
    wall = _of(found, "wall")
    return f"{median(wall):.1f} | {np.quantile(wall, 0.95):.1f} | {median(_of(found, 'processor')):.1f}"


def _of(found: list[dict[str, float]], what: str) -> list[float]:
    return [one[what] for one in found]


if __name__ == "__main__":
    main()
