"""The part of the suite of stores that is about employers' allowances."""
# ruff: noqa: S101  (asserts are what a suite of tests is made of)

from server.storage.testing_ledger import TENANT
from server.sync.allowance import Allowance, AllowanceUse
from server.sync.ports import Store

_YEAR = "2026-04-01"


def _use(name: str, minutes: int, year: str = _YEAR) -> AllowanceUse:
    return AllowanceUse(name, "firm", year, minutes)


class AllowanceSuite:
    """Tests as sentences; each needs an empty store."""

    def test_no_more_of_an_allowance_is_used_than_is_granted(self, store: Store) -> None:
        """What does not fit changes nothing; what is not granted cannot be used."""
        with store.write(TENANT) as work:
            assert work.allowance("firm", _YEAR) is None
            assert not work.take_allowance(_use("early", 1))
            assert work.grant_allowance("firm", _YEAR, 600) == Allowance(600, 0)
            assert [work.take_allowance(_use(name, 300)) for name in "abc"] == [True, True, False]
            assert work.allowance("firm", _YEAR) == Allowance(600, 600)
            assert not work.take_allowance(_use("other year", 1, "2027-04-01"))
        with store.write("kent") as work:
            assert work.allowance("firm", _YEAR) is None

    def test_a_use_counts_once_and_is_given_back_once(self, store: Store) -> None:
        """By its id."""
        with store.write(TENANT) as work:
            work.grant_allowance("firm", _YEAR, 600)
            assert [work.take_allowance(_use("a", 400)), work.take_allowance(_use("a", 400))] == [True, True]
            assert [work.free_allowance("a"), work.free_allowance("a")] == [_use("a", 400), None]
            assert work.allowance("firm", _YEAR) == Allowance(600, 0)

    def test_a_grant_is_never_less_than_what_is_used(self, store: Store) -> None:
        """An employer who grants less later takes nothing back that was promised."""
        with store.write(TENANT) as work:
            work.grant_allowance("firm", _YEAR, 600)
            work.take_allowance(_use("a", 400))
            assert work.grant_allowance("firm", _YEAR, 100) == Allowance(400, 400)
            assert not work.take_allowance(_use("b", 1))
