"""The reference clients on a real live process: poked they sync at once, without it they poll."""

import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from mobile_contract.python import Phone, Pokes, http_stream, http_transport
from tests.server.accounts.doorway import PASSWORD
from tests.server.live.place import Place

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[3]
PERSON = {"team_id": "t1", "given_name": "Ada", "family_name": "Quill", "made_up": True}


@pytest.fixture
def place(tmp_path: Path, sqlite_url: str) -> Iterator[Place]:
    made = Place(tmp_path / "home", sqlite_url, {"KITH_POLL_SECONDS": "600"})
    for username in ("amina", "bola"):
        made.add(username, "t1")
    made.start()
    yield made
    made.server.stop()
    made.store.engine.dispose()


def phone(place: Place, username: str) -> Phone:
    made = Phone(http_transport(place.server.url), f"{username}-phone")
    made.sign_in(username, PASSWORD)
    return made


def test_the_python_client_is_poked_and_goes_on_polling_when_the_live_process_is_gone(place):
    amina, bola = phone(place, "amina"), phone(place, "bola")
    stop, synced = threading.Event(), threading.Condition()

    def tell() -> None:
        with synced:
            synced.notify_all()

    def wait_for(record_id: str) -> None:
        with synced:
            assert synced.wait_for(lambda: bola.read("person", record_id) is not None, 20), record_id

    live = Pokes(bola, http_stream(place.server.url), random.Random(1).random)
    follower = threading.Thread(target=live.follow, args=(stop, tell))
    follower.start()
    for number in range(3):  # polls are ten minutes apart
        amina.create("person", PERSON, f"poked-{number}")
        amina.sync()
        wait_for(f"poked-{number}")
    os.kill(place.server.live_pid(), signal.SIGKILL)
    amina.create("person", PERSON, "unpoked")
    amina.sync()
    wait_for("unpoked")
    stop.set()
    amina.create("person", PERSON, "the-last-word")
    amina.sync()
    follower.join(timeout=30)
    assert not follower.is_alive()


def test_the_typescript_client_is_poked(place):
    beside = Path(sys.executable).with_name("node")
    node = shutil.which("node") or (str(beside) if beside.exists() else None)
    if node is None or not (ROOT / "app" / "node_modules").is_dir():
        pytest.skip("needs Node and app/node_modules: make setup brings both")
    began = time.monotonic()
    done = subprocess.run(
        [node, str(ROOT / "mobile_contract" / "typescript" / "run_tests.mjs"), "live/pokes"],
        cwd=ROOT, env=os.environ | {"KITH_LIVE_SERVER": place.server.url, "KITH_PASSWORD": PASSWORD},
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-4000:]
    assert "skipped 0" in done.stdout
    assert time.monotonic() - began < 50
