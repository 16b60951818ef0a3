"""The part of the suite of stores that is about a hub's stock."""
# ruff: noqa: S101  (asserts are what a suite of tests is made of)

from server.storage.testing_ledger import TENANT
from server.sync.ports import Store
from server.sync.stock import Held, Stock


class StockSuite:
    """Tests as sentences; each needs an empty store."""

    def test_stock_is_the_sum_of_its_movements_and_never_below_nothing(self, store: Store) -> None:
        """A movement that would go below changes nothing."""
        with store.write(TENANT) as work:
            assert work.stock("tins") is None
            assert [work.move_stock("tins", change) for change in (5, -3, -3, -2)] == [True, True, False, True]
            assert work.stock("tins") == Stock(0, 0)
            assert not work.move_stock("tins", 1_000_000_001)
        with store.write("kent") as work:
            assert not work.move_stock("tins", -1)

    def test_what_is_held_cannot_be_taken_by_others(self, store: Store) -> None:
        """A hold counts once, and ends once."""
        held = Held("r1", "tins", 2, "2026-11-30T17:00:00Z")
        with store.write(TENANT) as work:
            work.move_stock("tins", 3)
            assert [work.hold_stock(held), work.hold_stock(held)] == [True, True]
            assert not work.hold_stock(Held("r2", "tins", 2, held.until_at))
            assert work.stock("tins") == Stock(3, 2)
            assert [work.move_stock("tins", -2), work.move_stock("tins", -1)] == [False, True]
            assert [work.free_stock("r1"), work.free_stock("r1"), work.free_stock("r2")] == [held, None, None]
            assert work.stock("tins") == Stock(2, 0)

    def test_holds_that_have_lapsed_are_named(self, store: Store) -> None:
        """Of one item, in order."""
        with store.write(TENANT) as work:
            for item in ("tins", "cots"):
                work.move_stock(item, 9)
            for name, item, day in (("b", "tins", 1), ("a", "tins", 2), ("c", "tins", 9), ("d", "cots", 1)):
                work.hold_stock(Held(name, item, 1, f"2026-11-0{day}T09:00:00Z"))
            lapsed = work.lapsed_stock("tins", "2026-11-05T09:00:00Z")
            assert [held.reservation_id for held in lapsed] == ["a", "b"]
