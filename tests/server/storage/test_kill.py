"""A process killed in mid-push: what it acknowledged is there, what it did not is not there by half."""

import signal
import subprocess
import sys

import pytest

from server.storage.engine import make_engine
from server.storage.sql import SqlStore
from tests.builders import TENANT, Phone, person, prescriber

pytestmark = pytest.mark.slow

PROGRAM = """
import sys
from server.storage.engine import make_engine
from server.storage.sql import SqlStore
from tests.builders import Phone, person, prescriber

phone = Phone(SqlStore(make_engine(sys.argv[1])), prescriber())
while True:
    names = [f"p{phone.lseq + n}" for n in range(5)]
    answer = phone.push(*[phone.mutation("create", "person", name, set=person()) for name in names])
    print(answer.acked_lseq, flush=True)
"""


@pytest.mark.parametrize("database", ["sqlite_url", "postgres_url"])
def test_a_server_killed_in_mid_push_loses_nothing_that_it_acknowledged(
    database: str, request: pytest.FixtureRequest
) -> None:
    url = request.getfixturevalue(database)
    store = SqlStore(make_engine(url))
    sure = 0
    for pushes in (4, 8, 12):  # the first of which repeat what the life before has pushed
        told = kill_after(url, pushes)
        acked, records, head, receipts = state(store)
        assert acked >= told
        assert acked == records == head == receipts, "each push is there whole or not at all"
        sure = max(sure, acked)
    phone = Phone(store, prescriber(), lseq=sure, made=sure)
    assert phone.create("person", "after", **person()).version == sure + 1


def kill_after(url: str, pushes: int) -> int:
    """Let a process push until it has acknowledged that many, then kill it without a warning."""
    process = subprocess.Popen([sys.executable, "-c", PROGRAM, url], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    acked = [int(process.stdout.readline()) for _ in range(pushes)][-1]
    process.send_signal(signal.SIGKILL)
    process.communicate()
    return acked


def state(store: SqlStore) -> tuple[int, int, int, int]:
    with store.read(TENANT) as view:
        acked, records, head = view.acked_lseq("phone-a"), len(list(view.of_kind("person"))), view.head().seq
    with store.write(TENANT) as work:
        receipts = work.receipts("phone-a", [f"phone-a-m{n}" for n in range(1, acked + 99)])
    return acked, records, head, len(receipts)
