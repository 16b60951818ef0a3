"""NO-SKIP: any poller, any interleaving of committing writers, ends with exactly the committed visible set."""

import threading
import time

import pytest

from server.storage.sql import SqlStore
from tests.builders import TENANT, Phone, person, prescriber
from tests.promises.racing import together

pytestmark = pytest.mark.slow

#: How long writers write, in seconds.
WHILE_S = 2.5


class RolledBackError(Exception):
    """Breaks a transaction off after its numbers were taken."""


def test_a_phone_that_pulls_all_the_time_misses_nothing_of_what_many_write(sql_store: SqlStore) -> None:
    end = time.monotonic() + WHILE_S
    puller = Phone(sql_store, prescriber("puller"))
    seen: dict[str, int] = {}
    writing = threading.Event()
    writing.set()

    def write(number: int) -> int:
        phone = Phone(sql_store, prescriber(f"phone-{number}"))
        count = 0
        while time.monotonic() < end:
            mutations = [
                phone.mutation("create", "person", f"p-{number}-{count + extra}", set=person()) for extra in range(3)
            ]
            edit = phone.mutation("patch", "person", f"p-{number}-{count}", set={"phone": str(count)})
            phone.push(*mutations, edit)
            count += 3
            if count % 4 == 0:
                break_off(number)
        return count

    def break_off(number: int) -> None:
        try:
            with sql_store.write(TENANT) as work:
                work.numbers(7)
                raise RolledBackError
        except RolledBackError:
            pass

    def pull() -> None:
        last, done = 0, False
        while not done:
            was_over = not writing.is_set()
            page = puller.pull(limit=20)
            done = was_over and page.consistent
            for row in page.rows:
                assert row.version > last, "numbers come in order of commit"
                assert row.version > seen.get(row.id, 0), "nothing comes twice"
                last = seen[row.id] = row.version

    def write_all() -> list[int]:
        try:
            return together([lambda number=number: write(number) for number in range(8)])
        finally:
            writing.clear()

    counts, _ = together([write_all, pull])
    with sql_store.read(TENANT) as view:
        truth = {stored.key.id: stored.version for stored in view.of_kind("person")}
    assert len(truth) == sum(counts) > 50
    assert seen == truth
