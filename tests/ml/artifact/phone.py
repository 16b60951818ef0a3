"""The phone's engine, run by Node on files of numbers; `ranker/tests/engine.ts` says which."""

import json
import subprocess
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from ml.features.feature_set import FeatureSet
from tests.contract.node import MODULES, find_node

ROOT = Path(__file__).parents[3]
ENGINE = ROOT / "mobile_contract/typescript/ranker/tests/engine.ts"


def present() -> bool:
    """Whether Node and the bundler are here."""
    return find_node() is not None and (MODULES / "rolldown").is_dir()


class Phone:
    """Jobs in a folder, all run by one process.

    home : an empty folder, made if it is not there.
    """

    def __init__(self, home: Path) -> None:
        self.jobs = home / "jobs"
        self.jobs.mkdir(parents=True)
        self.script = home / "engine.mjs"
        bundle = [MODULES / ".bin" / "rolldown", ENGINE, "--file", self.script, "--format", "esm", "--platform", "node"]
        subprocess.run([str(find_node()), *bundle], check=True, capture_output=True, cwd=ROOT)

    def ask_scores(self, job: str, pack: bytes, rows: np.ndarray) -> None:
        """Have rows of features scored by a pack."""
        self._write(job, "rows.f64", rows)
        (self.jobs / job / "pack.json.gz").write_bytes(pack)

    def ask_features(self, job: str, features: FeatureSet, inputs: np.ndarray) -> None:
        """Have the features of inputs worked out; columns as in `features.inputs`."""
        self._write(job, "inputs.f64", inputs)
        told = {
            "inputs": features.inputs,
            "tables": {name: table.tolist() for name, table in features.tables.items()},
            "values": list({**features.values, **features.rule_values, **features.reason_values}.items()),
            "features": [feature.program for feature in features.features],
            "rules": [rule.excludes for rule in features.rules],
        }
        (self.jobs / job / "set.json").write_text(json.dumps(told))

    def ask_verdicts(self, job: str, files: Sequence[bytes], rows: np.ndarray) -> None:
        """Have files judged that may be packs."""
        self._write(job, "rows.f64", rows)
        (self.jobs / job / "damaged.bin").write_bytes(b"".join(files))
        (self.jobs / job / "damaged.json").write_text(json.dumps([len(each) for each in files]))

    def run(self) -> None:
        """Run every job."""
        ran = subprocess.run([str(find_node()), self.script, self.jobs], capture_output=True, text=True, timeout=280)
        assert ran.returncode == 0, ran.stdout[-4000:] + ran.stderr[-4000:]

    def answer(self, job: str, name: str) -> np.ndarray:
        """Return the numbers that a job wrote."""
        return np.fromfile(self.jobs / job / f"{name}.f64")

    def verdicts(self, job: str) -> list[str]:
        """Return what became of each file."""
        return json.loads((self.jobs / job / "verdicts.json").read_text())

    def _write(self, job: str, name: str, numbers: np.ndarray) -> None:
        (self.jobs / job).mkdir()
        np.ascontiguousarray(numbers, dtype=np.float64).tofile(self.jobs / job / name)


def bits(numbers: np.ndarray) -> bytes:
    """Return the bytes of numbers, with one NaN for all: which NaN it is depends on the processor."""
    return np.where(np.isnan(numbers), np.nan, numbers).tobytes()
