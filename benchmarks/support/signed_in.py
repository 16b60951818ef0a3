"""One phone of the made-up county, signed in at a server of its own: what the benchmarks of the app measure."""

import argparse
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.system.people import sign_in
from tests.system.phone import Phone, phones
from tests.system.server import Server, copy_home, free_port


def wanted(about: str | None, rounds: int) -> argparse.Namespace:
    """Read what the command line asks for: home, a prepared folder or none, and rounds."""
    parser = argparse.ArgumentParser(description=about)
    parser.add_argument("--home", type=Path, help="a folder that `kith demo` has prepared")
    parser.add_argument("--rounds", type=int, default=rounds)
    return parser.parse_args()


@contextmanager
def signed_in(username: str, prepared: Path | None, fill: Callable[[Path], None]) -> Iterator[Phone]:
    """Sign one of the demonstration's people in, whose county `fill` has filled; server and phone end afterwards."""
    with tempfile.TemporaryDirectory(prefix="kith-app-") as made:
        folder = Path(made)
        server = Server(folder / "home", free_port())
        if prepared:
            copy_home(prepared, server.home)
        else:
            server.home.mkdir()
            server.kith("demo")
        fill(server.home)
        server.start()
        try:
            with phones(folder / "phones", server.url) as shop:
                phone = shop.new(username)
                sign_in(phone, username, server.sign_ins()[username]["password"])
                yield phone
        finally:
            server.stop()
