"""Figures as they are told: medians with their spread, ratios to a named baseline, and the machine they come from."""

import os
import platform
import sqlite3
import statistics
import sys
import textwrap
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

#: Waiting processes per core above which more than a benchmark is running.
BUSY = 2
RESULTS = Path(__file__).resolve().parents[1] / "results"


def median(values: Sequence[float]) -> float:
    """Give the middle value."""
    return statistics.median(values)


def spread(values: Sequence[float]) -> str:
    """Tell values as their median and their range."""
    return f"{median(values):,.0f} ({min(values):,.0f} to {max(values):,.0f})"


def ratios(ours: Sequence[float], baseline: Sequence[float]) -> str:
    """Tell the median of the ratios round by round, and their range; each round measured both, one after the other."""
    each = [mine / floor for mine, floor in zip(ours, baseline, strict=True)]
    return f"{median(each):.2f} ({min(each):.2f} to {max(each):.2f})"


def quotient(ours: Sequence[float], baseline: Sequence[float]) -> str:
    """Tell how often the median of the baseline goes into ours."""
    share = median(ours) / median(baseline)
    return f"{share:,.0f}" if share >= 10 else f"{share:.2f}"


def machine() -> str:
    """Describe the machine and what it runs, in a line."""
    model = next((line.split(":")[1].strip() for line in _cpu_lines() if line.startswith("model name")), "?")
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    hardware = f"{os.cpu_count()} × {model}, {memory:.0f} GB, {platform.system()}"
    software = f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}"
    return f"{hardware}, {software}, load at the end {os.getloadavg()[0]:.1f}"


def prose(title: str, text: str) -> list[str]:
    """Write a heading and what a table shows, in lines of a page."""
    return [f"# {title}", "", *lines_of(text)]


def lines_of(text: str) -> list[str]:
    """Break a paragraph into lines of a page."""
    return textwrap.wrap(" ".join(text.split()), 118)


def keep(name: str, lines: Sequence[str], *, printed_only: bool = False) -> None:
    """Print a result and write it to ``results/<name>.md``; a busy machine is said to have been busy.

    printed_only : of a smoke, whose figures are worth nothing later.
    """
    busy = os.getloadavg()[0] > BUSY * (os.cpu_count() or 1)
    warning = (
        " **It was busy with other work: trust the ratios more than the rates, and measure again.**" if busy else ""
    )
    told = f"Measured {datetime.now(UTC):%Y-%m-%d %H:%M} UTC on {machine()}.{warning}"
    text = "\n".join([*lines, "", told, ""])
    sys.stdout.write(text)
    sys.stdout.flush()
    if printed_only:
        return
    (RESULTS / name).parent.mkdir(parents=True, exist_ok=True)
    (RESULTS / f"{name}.md").write_text(text, encoding="utf-8")


def _cpu_lines() -> list[str]:
    info = Path("/proc/cpuinfo")
    return info.read_text().splitlines() if info.exists() else []
