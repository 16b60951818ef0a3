"""A shortlist of 300 candidates on the phone's engine: `python benchmarks/shortlist.py [--referrals 4000]`.

Promise measured: how long a phone takes from documents to a slate with reasons (inputs, rules, features, trees,
explanations), in Chromium at full speed and slowed down four times. Baselines: LightGBM's own predict with one thread
on the same 300 rows, ready-made features, no reasons; and the server's shortlist in Python.
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import lightgbm
import numpy as np
import polars

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # so that the script runs from anywhere

from benchmarks.support.figures import keep
from ml.models.registry import Version
from ml.models.walker import Pack
from ml.training.first import train_first_model
from server.recommend import Candidate, Request, shortlist

ROOT = Path(__file__).resolve().parents[1]
CANDIDATES, REPEATS, ASKED = 300, 5, 20
TODAY = "2026-11-21"

#: Loads the ranker and times each request: `time(requests)` gives milliseconds.
PAGE = """<!doctype html><meta charset="utf-8"><script type="module">
import { loadPack, shortlist } from "./ranker.js";
const read = async (name) => (await fetch(name)).arrayBuffer();
const pack = await loadPack(new Uint8Array(await read("pack.bin")));
const requests = JSON.parse(new TextDecoder().decode(await read("requests.json")));
window.time = (repeats) => {
  const taken = [];
  for (let round = -1; round < repeats; round++)
    for (const request of requests) {
      const began = performance.now();
      const slate = shortlist({ ...request, pack, packAgeDays: 0 });
      if (round >= 0) taken.push(performance.now() - began);
      window.slates = { ...window.slates, [request.referralId]: slate.items.map((item) => item.id) };
    }
  return taken;
};
window.ready = true;
</script>"""

Asked = dict[str, Any]


def main() -> None:
    """Train a ranker, time it on every engine, see that the slates agree, and keep the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--referrals", type=int, default=4000, help="in the made-up world the ranker learns from")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="kith-bench-") as folder:
        home = Path(folder)
        make_world(home / "world", chosen.referrals)
        version = train_first_model(home / "world", home / "models")
        asked = requests(home / "world")
        phone = on_phone(home / "site", version, asked)
        keep("shortlist", table(phone, on_server(version, asked), version, chosen.referrals))


def make_world(folder: Path, referrals: int) -> None:
    """Make a world with the workbench's own command."""
    command = [sys.executable, "-m", "kith", "ml", "world", "--seed", "1", "--referrals", str(referrals)]
    subprocess.run([*command, "--dial", "additive", "--out", str(folder)], cwd=ROOT, check=True, capture_output=True)


def requests(world: Path) -> list[Asked]:
    """Choose referrals with their people, each beside the same 300 candidates."""
    candidates = _candidates(world)
    people = dict(_documents(world, "person"))
    chosen = _documents(world, "referral")[:: max(1, len(_documents(world, "referral")) // ASKED)][:ASKED]
    return [
        {
            "referralId": id,
            "referral": doc,
            "person": people[doc["person_id"]],
            "candidates": candidates,
            "today": TODAY,
        }
        for id, doc in chosen
    ]


def _candidates(world: Path) -> list[Asked]:
    times: dict[str, list[Asked]] = {}
    for _, doc in _documents(world, "schedule"):
        times.setdefault(doc["item_id"], []).append(doc)
    counts = dict(_documents(world, "place_count"))
    items = [(kind, id, doc) for kind in ("asset", "opportunity", "task") for id, doc in _documents(world, kind)]
    step = max(1, len(items) // CANDIDATES)
    return [
        {"kind": kind, "id": id, "doc": doc, "schedules": times.get(id, []), "place_count": counts.get(id)}
        for kind, id, doc in items[::step][:CANDIDATES]
    ]


def _documents(world: Path, kind: str) -> list[tuple[str, Asked]]:
    path = world / f"{kind}.parquet"
    if not path.exists():
        return []
    return [(id, json.loads(doc)) for id, doc in polars.read_parquet(path).select("id", "doc").iter_rows()]


def on_phone(site: Path, version: Version, asked: Sequence[Asked]) -> dict[str, Any]:
    """Time the phone's ranker in Chromium at full speed and slowed down; give milliseconds and the slates."""
    from playwright.sync_api import sync_playwright

    site.mkdir()
    bundle = [str(ROOT / "app/node_modules/.bin/rolldown"), str(ROOT / "mobile_contract/typescript/ranker/index.ts")]
    subprocess.run([*bundle, "--file", str(site / "ranker.js"), "--format", "esm"], check=True, capture_output=True)
    (site / "index.html").write_text(PAGE, encoding="utf-8")
    (site / "pack.bin").write_bytes(version.pack_path.read_bytes())
    (site / "requests.json").write_text(json.dumps(asked), encoding="utf-8")
    with _serving(site) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        page = browser.new_page()
        page.goto(address)
        page.wait_for_function("window.ready === true")
        slow = page.context.new_cdp_session(page)
        found: dict[str, Any] = {"version": browser.version}
        for rate in (1, 4):
            slow.send("Emulation.setCPUThrottlingRate", {"rate": rate})
            found[f"{rate}×"] = page.evaluate(f"window.time({REPEATS})")
        found["slates"] = page.evaluate("window.slates")
        browser.close()
    return found


@contextmanager
def _serving(folder: Path) -> Iterator[str]:
    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            """Keep quiet."""

    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder))) as http:
        threading.Thread(target=http.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{http.server_port}/index.html"
        http.shutdown()


def on_server(version: Version, asked: Sequence[Asked]) -> dict[str, Any]:
    """Time the server's shortlist, and LightGBM's predict with one thread on as many rows."""
    pack = Pack.load(version.pack_path.read_bytes())
    candidates = [Candidate(**each) for each in asked[0]["candidates"]]
    slates: dict[str, list[str]] = {}

    def one(request: Asked) -> None:
        made = Request(
            request["referralId"], request["referral"], request["person"], candidates, date.fromisoformat(TODAY)
        )
        slates[request["referralId"]] = [item.id for item in shortlist(pack, made).items]

    booster = lightgbm.Booster(model_file=str(version.folder / "model.txt"))
    rows = np.random.default_rng(1).normal(size=(CANDIDATES, booster.num_feature()))
    return {
        "shortlist": _times(one, asked),
        "predict": _times(lambda _: booster.predict(rows, num_threads=1, raw_score=True), asked),
        "slates": slates,
    }


def _times(do: Callable[[Asked], object], asked: Sequence[Asked]) -> list[float]:
    taken = []
    for round_ in range(-1, REPEATS):
        for request in asked:
            began = time.perf_counter()
            do(request)
            if round_ >= 0:
                taken.append((time.perf_counter() - began) * 1000)
    return taken


def table(phone: dict[str, Any], server: dict[str, Any], version: Version, referrals: int) -> list[str]:
    """Write the result; SystemExit when phone and server do not show the same slates."""
    if phone["slates"] != server["slates"]:
        raise SystemExit("the phone and the server show different slates")
    floor = statistics.median(server["predict"])
    size = version.pack_path.stat().st_size / 1000
    lines = [
        "# A shortlist of 300 candidates",
        "",
        "Milliseconds from documents to a slate of ten with reasons and exclusions;",
        f"{ASKED} referrals, {REPEATS} times each, after a first round to warm up.",
        f"The ranker learnt from {referrals:,} made-up referrals; its pack has {size:.0f} kB.",
        "Baseline: LightGBM's predict, one thread, 300 ready-made rows, at full speed.",
        "Phone and server showed the same slates.",
        "",
        "| engine | fastest ms | median ms | 95th percentile | median ÷ baseline |",
        "|---|---:|---:|---:|---:|",
    ]
    for name, taken in (
        ("LightGBM predict, one thread (baseline)", server["predict"]),
        ("server, Python", server["shortlist"]),
        (f"phone engine, Chromium {phone['version']}", phone["1×"]),
        ("phone engine, slowed down 4×", phone["4×"]),
    ):
        middle = statistics.median(taken)
        lines.append(
            f"| {name} | {min(taken):.2f} | {middle:.2f} | {np.percentile(taken, 95):.2f} | {middle / floor:.1f} |"
        )
    return lines


if __name__ == "__main__":
    main()
