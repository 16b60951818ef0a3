"""The benchmarks still run: the smallest form of some of them, whose figures are worth nothing."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SMALLEST = {
    "sync/push": ["--database", "sqlite normal", "--clients", "1", "--rounds", "1", "--seconds", "0.05"],
    "sync/lossy": [],
    "sync/skip": ["--database", "postgresql"],
    "dispatch/month": [],
    "dispatch/claims": [],
}


@pytest.mark.slow
@pytest.mark.parametrize("name", SMALLEST)
def test_a_benchmark_runs_in_its_smallest_form(name: str) -> None:
    command = [sys.executable, f"benchmarks/{name}.py", "--quick", *SMALLEST[name]]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=200)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "| " in done.stdout
