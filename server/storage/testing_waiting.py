"""The part of the suite of stores that is about those who wait for a place."""
# ruff: noqa: S101  (asserts are what a suite of tests is made of)

from server.storage.testing_ledger import TENANT
from server.sync.ports import Store
from server.sync.waiting import Waiter

UNTIL = "2026-11-30T17:00:00Z"


class WaitingSuite:
    """Tests as sentences; each needs an empty store."""

    def test_who_waits_keeps_their_order_and_waits_once(self, store: Store) -> None:
        """A second time changes nothing; a person waits under one placement alone."""
        with store.write(TENANT) as work:
            assert list(work.waiters("course")) == []
            assert [work.join_waiters("course", each, f"person of {each}") for each in ("c", "a", "b")] == [True] * 3
            assert work.join_waiters("course", "a", "person of a")
            assert not work.join_waiters("course", "d", "person of a")
            assert not work.join_waiters("other", "a", "person of a")
            assert work.join_waiters("other", "e", "person of a")
            assert [one.placement_id for one in work.waiters("course")] == ["c", "a", "b"]
        with store.write("kent") as work:
            assert list(work.waiters("course")) == []

    def test_whoever_leaves_makes_way_and_comes_back_at_the_end(self, store: Store) -> None:
        """Numbers only grow while somebody waits."""
        with store.write(TENANT) as work:
            for each in ("a", "b", "c"):
                work.join_waiters("course", each, each)
            assert [work.leave_waiters("b"), work.leave_waiters("b")] == [True, False]
            work.join_waiters("course", "b", "b")
            work.offer_waiter("a", UNTIL)
            work.offer_waiter("nobody", UNTIL)
            assert list(work.waiters("course")) == [Waiter("a", 1, UNTIL), Waiter("c", 3), Waiter("b", 4)]
