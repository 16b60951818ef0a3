"""Schemathesis walks the whole OpenAPI document against a real server: every check, every phase, links included.

`KITH_WALK_EXAMPLES=200 python -m pytest tests/faults/test_openapi_walk.py` is the long form.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.faults.furnished import PASSWORD, furnish
from tests.faults.phones import Phone
from tests.system.server import ROOT, Server, free_port

pytestmark = pytest.mark.slow

SEED = 20261122
DECISIONS = 40
EXAMPLES = os.environ.get("KITH_WALK_EXAMPLES", "4")
LIMIT_S = 3600 if "KITH_WALK_EXAMPLES" in os.environ else 280


@pytest.fixture
def walked_server(tmp_path: Path):
    server = Server(tmp_path, free_port(), extra={"KITH_LOG_LEVEL": "WARNING"})
    furnish(server)
    server.kith("snapshots", "build", "--min-rows", "1")
    furnish_further(server.start())
    yield server
    server.stop()


def furnish_further(server: Server) -> None:
    """Give people something to decide about: conflicts, and changes that were refused."""
    one, two = Phone(server.url, device="one").sign_in(), Phone(server.url, device="two").sign_in()
    made = one.create(DECISIONS)
    one.push_until_done()
    base = max(receipt["version"] for receipt in one.acked.values())
    for phone in (one, two):
        for record in made:
            phone.edit("person", record, base=base, set={"given_name": f"Ada {phone.device}"})
            phone.edit("person", record, base=base, set={"max_km": "far"})
        phone.push_until_done()


@pytest.mark.timeout(LIMIT_S + 20)
def test_no_request_that_the_document_allows_or_forbids_is_answered_otherwise_than_it_says(walked_server, tmp_path):
    own = {"SCHEMATHESIS_HOOKS": "tests.faults.walking", "KITH_WALK_URL": walked_server.url}
    done = subprocess.run(
        [
            str(Path(sys.executable).with_name("schemathesis")),
            "--config-file", str(Path(__file__).with_name("schemathesis.toml")),
            "run", f"{walked_server.url}/v1/openapi.json",
            "--checks", "all", "--phases", "examples,coverage,fuzzing,stateful", "--max-examples", EXAMPLES,
            "--seed", str(SEED), "--generation-database", "none", "--no-color", "--continue-on-failure",
        ],
        cwd=tmp_path, env={**os.environ, **own, "KITH_WALK_PASSWORD": PASSWORD, "PYTHONPATH": str(ROOT)},
        capture_output=True, text=True, timeout=LIMIT_S, check=False,
    )  # fmt: skip
    print(done.stdout[-20000:])
    assert done.returncode == 0, done.stdout[-20000:] + done.stderr
    tested = re.search(r"Tested: (\d+)", done.stdout)
    selected = re.search(r"Selected: (\d+)/(\d+)", done.stdout)
    assert tested
    assert selected
    assert tested[1] == selected[1] == selected[2], "some address was not walked"
    log = (tmp_path / "server.log").read_text()
    assert '"level":"error"' not in log, log[-4000:]
