"""Walk docs/tutorials/retrain.md: run its commands in order in an empty folder, and compare what they print.

`python -m tests.ml.tutorial.walk` runs it and writes what was printed into the page.
"""

import difflib
import os
import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from tests.system.server import ROOT

PAGE = ROOT / "docs" / "tutorials" / "retrain.md"
#: A block of commands with what they print, if the page shows it.
_STEP = re.compile(r"^```sh\n(?P<commands>.*?)^```\n(?:\n```text\n(?P<prints>.*?)^```\n)?", re.MULTILINE | re.DOTALL)
#: Figures and hashes differ from machine to machine in their last places; the words around them do not.
_FIGURE = re.compile(r"\b\d{4}-\d\d-\d\d(?:-[0-9a-f]{8})?\b|\b[0-9a-f]{8,64}\b|[-+]?\d+(?:[.,:]\d+)*")


@dataclass(frozen=True)
class Step:
    """Commands of the page and what it says they print, None where it says nothing."""

    commands: str
    prints: str | None


def steps(text: str) -> list[Step]:
    """The steps of a page in order."""
    return [Step(found["commands"], found["prints"]) for found in _STEP.finditer(text)]


def run(step: Step, folder: Path) -> str:
    """Run a step in `folder` and return what it prints; AssertionError when it fails."""
    told = {name: value for name, value in os.environ.items() if not name.startswith("KITH_")}
    path = os.pathsep.join((str(Path(sys.executable).parent), os.environ.get("PATH", "")))
    done = subprocess.run(
        ["sh", "-e"], input=step.commands, cwd=folder, capture_output=True, text=True, timeout=280,
        env=told | {"PATH": path, "KITH_HOME": "here", "PYTHONPATH": str(ROOT), "COLUMNS": "120", "TERM": "dumb"},
    )  # fmt: skip
    assert done.returncode == 0, f"{step.commands}{done.stdout}{done.stderr}"
    return tidy(done.stdout + done.stderr)


def tidy(printed: str) -> str:
    """What was printed without blank ends of lines and blank lines at either end."""
    return "\n".join(line.rstrip() for line in printed.strip("\n").splitlines()) + "\n"


def alike(printed: str, shown: str) -> float:
    """How alike two outputs are word by word, 0 to 1, every figure and hash taken for the same."""
    one, other = (_FIGURE.sub("#", text).split() for text in (printed, shown))
    return difflib.SequenceMatcher(None, one, other, autojunk=False).ratio()


def rewrite() -> None:
    """Write what the commands print now into the page."""
    text = PAGE.read_text("utf-8")
    with tempfile.TemporaryDirectory() as folder:
        PAGE.write_text(_STEP.sub(lambda found: _told(found, Path(folder)), text), "utf-8")


def _told(found: re.Match[str], folder: Path) -> str:
    printed = run(Step(found["commands"], None), folder)
    shown = f"\n```text\n{printed}```\n" if found["prints"] is not None else ""
    return f"```sh\n{found['commands']}```\n{shown}"


if __name__ == "__main__":
    rewrite()
