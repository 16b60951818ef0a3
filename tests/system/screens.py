"""Walk through the app on one phone after another, picture every screen and let axe look at it.

``python -m tests.system.screens [--home FOLDER] [--out FOLDER] [WALK ...]`` makes a demonstration county in a temporary
folder unless it is given one that `kith demo` has prepared; each walk gets a copy of it, so that the county stays as
it was. Without names, all walks are taken and pictures of screens that are no more are removed.
"""

import argparse
import sys
import tempfile
from pathlib import Path

from tests.system.pictures import shrink
from tests.system.server import ROOT, Server, copy_home, free_port
from tests.system.studio import Studio, studio
from tests.system.walks import all_walks


def main() -> int:
    """Make the pictures and say what was found; 1 when anything was."""
    arguments = _arguments()
    arguments.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="kith-screens-") as made:
        folder = Path(made)
        home = arguments.home or _county(folder / "county")
        seen = [_walk(name, home, folder, arguments.out) for name in arguments.walks or all_walks()]
    taken = {name for one in seen for name in one.taken}
    shrink(arguments.out)
    if not arguments.walks:
        _remove_others(arguments.out, taken)
    found = [line for one in seen for line in one.found]
    sys.stdout.write("\n".join([*found, f"{len(taken)} screens in {arguments.out}, {len(found)} findings", ""]))
    return 1 if found else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("walks", nargs="*", choices=[[], *all_walks()], help="which walks to take; all without")
    parser.add_argument("--home", type=Path, help="a folder that `kith demo` has prepared")
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "screens")
    return parser.parse_args()


def _county(home: Path) -> Path:
    home.mkdir()
    Server(home, free_port()).kith("demo")
    return home


def _walk(name: str, home: Path, folder: Path, out: Path) -> Studio:
    server = Server(copy_home(home, folder / name / "home"), free_port()).start()
    try:
        with studio(server, folder / name / "phones", out) as place:
            all_walks()[name](place)
    finally:
        server.stop()
    return place


def _remove_others(out: Path, taken: set[str]) -> None:
    for picture in out.glob("*.png"):
        if picture.stem.removesuffix("-desktop") not in taken:
            picture.unlink()


if __name__ == "__main__":
    sys.exit(main())
