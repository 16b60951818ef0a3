"""SEQ-IS-COMMIT-ORDER: who has seen a number has seen all below; a transaction numbers last of all, or not at all."""

import pytest

from server.storage.sql import SqlStore
from server.storage.testing import write
from server.storage.testing_ledger import TENANT
from server.sync.model import Key
from tests.promises.racing import together

pytestmark = pytest.mark.slow


def test_whoever_reads_a_number_reads_every_number_below_it(sql_store: SqlStore) -> None:
    writers, each = 6, 12

    def make(number: int) -> None:
        for count in range(each):
            write(sql_store, [Key("person", f"p{number}-{count}-{one}") for one in range(3)])

    def look() -> list[tuple[int, list[int]]]:
        seen = []
        while not seen or seen[-1][0] < writers * each * 3:
            with sql_store.read(TENANT) as view:
                found = [row.version for row in view.changes(["s"], 0, 999, 0).rows]
                seen.append((view.head().seq, found))
        return seen

    *_, looks = together([*(lambda number=number: make(number) for number in range(writers)), look])
    assert all(found == list(range(1, head + 1)) for head, found in looks)
