"""The part of the suite of stores that is about the ledger of time banks."""
# ruff: noqa: S101  (asserts are what a suite of tests is made of)

from dataclasses import replace

from server.domain.ledger import Posted, Posting, TimeAccount, pair, reversed_lines
from server.storage.testing_ledger import TENANT
from server.sync.ports import Store, Work

BANK = "bank"


def account(name: str, floor_min: int = -120, ceiling_min: int = 600, bank_id: str = BANK) -> TimeAccount:
    """Say what an account is like when it is opened: two hours may be owed and ten held."""
    return TimeAccount(name, bank_id, "person", floor_min, ceiling_min, owner_id=f"owner-{name}")


def transfer(name: str, payer: str, receiver: str, minutes: int) -> Posting:
    """Make a transfer of so many minutes."""
    at = "2026-11-21T09:00:00.000Z"
    return Posting(name, "transfer", at, at[:10], pair(0, payer, receiver, minutes, "gardening"))


def opened(work: Work, *names: str) -> None:
    """Open a bank with accounts."""
    work.keep_bank(BANK, closed=False)
    for name in names:
        work.keep_account(account(name))


class BankingSuite:
    """Tests as sentences; each needs an empty store."""

    def test_a_transfer_moves_both_balances_and_is_in_both_statements(self, store: Store) -> None:
        """And all lines sum to 0."""
        with store.write(TENANT) as work:
            opened(work, "a", "b")
            assert work.post(transfer("t1", "a", "b", 90)) is Posted.POSTED
        with store.read(TENANT) as view:
            assert {one.id: one.balance_min for one in view.time_accounts(BANK)} == {"a": -90, "b": 90}
            assert view.line_sums() == {"a": -90, "b": 90}
            assert list(view.unbalanced()) == []
            (mine,) = view.postings("a")
            assert [(line.account_id, line.minutes, line.category) for line in mine.lines] == [("a", -90, "gardening")]
        with store.write(TENANT) as work:
            assert work.posting("t1") == transfer("t1", "a", "b", 90)
            assert work.posting("t2") is None

    def test_no_account_goes_below_its_floor_or_above_its_ceiling(self, store: Store) -> None:
        """What is refused changes nothing."""
        with store.write(TENANT) as work:
            opened(work, "a", "b", "c")
            assert work.post(transfer("t1", "a", "b", 120)) is Posted.POSTED
            assert work.post(transfer("t2", "a", "b", 1)) is Posted.BELOW_FLOOR
            assert work.post(transfer("t3", "c", "b", 121)) is Posted.BELOW_FLOOR
            work.keep_account(account("d", floor_min=-1000))
            assert work.post(transfer("t4", "d", "b", 481)) is Posted.ABOVE_CEILING
            assert work.post(transfer("t5", "d", "b", 480)) is Posted.POSTED
            assert work.post(transfer("t6", "c", "nobody", 1)) is Posted.UNKNOWN_ACCOUNT
        with store.read(TENANT) as view:
            assert {one.id: one.balance_min for one in view.time_accounts()} == {"a": -120, "b": 600, "c": 0, "d": -480}

    def test_the_same_transaction_twice_is_in_the_ledger_once(self, store: Store) -> None:
        """In the same database transaction, and in a later one; also when it would now be refused."""
        with store.write(TENANT) as work:
            opened(work, "a", "b")
            assert [work.post(transfer("t1", "a", "b", 100)) for _ in "12"] == [Posted.POSTED, Posted.REPEATED]
        with store.write(TENANT) as work:
            assert work.post(transfer("t1", "a", "b", 100)) is Posted.REPEATED
            assert work.time_accounts(["b"])["b"].balance_min == 100

    def test_a_transaction_is_taken_back_once(self, store: Store) -> None:
        """By another that names it; what was taken back still stands in both statements."""
        back = replace(transfer("r1", "a", "b", 60), type="reversal", reverses="t1")
        back = replace(back, lines=reversed_lines(back.lines))
        with store.write(TENANT) as work:
            opened(work, "a", "b")
            work.post(transfer("t1", "a", "b", 60))
            assert work.post(back) is Posted.POSTED
            assert work.post(back) is Posted.REPEATED
            assert work.post(replace(back, id="r2")) is Posted.REVERSED_ALREADY
        with store.read(TENANT) as view:
            assert {one.id: one.balance_min for one in view.time_accounts()} == {"a": 0, "b": 0}
            assert [one.id for one in view.postings("a")] == ["r1", "t1"]
            assert [one.reverses for one in view.postings("a")] == ["t1", None]

    def test_nothing_moves_in_a_closed_account_or_bank(self, store: Store) -> None:
        """Opened again, it does."""
        with store.write(TENANT) as work:
            opened(work, "a", "b")
            work.keep_account(replace(account("b"), closed=True))
            assert work.post(transfer("t1", "a", "b", 60)) is Posted.ACCOUNT_CLOSED
            work.keep_account(account("b"))
            work.keep_bank(BANK, closed=True)
            assert work.post(transfer("t1", "a", "b", 60)) is Posted.BANK_CLOSED
            work.keep_bank(BANK, closed=False)
            assert work.post(transfer("t1", "a", "b", 60)) is Posted.POSTED

    def test_one_owner_has_one_account_in_a_bank(self, store: Store) -> None:
        """And perhaps one in another; nobody's accounts are as many as are wanted."""
        with store.write(TENANT) as work:
            opened(work, "a")
            work.keep_bank("other", closed=False)
            assert work.keep_account(replace(account("b"), owner_id="owner-a")) is None
            assert work.keep_account(replace(account("c", bank_id="other"), owner_id="owner-a")) is not None
            for name in "de":
                assert work.keep_account(replace(account(name), owner_id=None)) is not None
            assert work.account_of(BANK, "volunteer", "owner-a") == "a"
            assert work.account_of("other", "volunteer", "owner-b") is None

    def test_a_volunteer_and_an_organisation_with_one_id_are_two_owners(self, store: Store) -> None:
        """And an organisation has one account, whatever its type."""
        with store.write(TENANT) as work:
            opened(work, "a")
            choir = replace(account("b"), type="group", owner_id="owner-a")
            assert work.keep_account(choir) is not None
            assert work.account_of(BANK, "organisation", "owner-a") == "b"
            assert work.account_of(BANK, "volunteer", "owner-a") == "a"
            assert work.keep_account(replace(choir, id="c", type="organisation")) is None

    def test_bounds_give_way_to_the_balance_that_is_there(self, store: Store) -> None:
        """As places do: nobody is in the wrong because a rule was changed."""
        with store.write(TENANT) as work:
            opened(work, "a", "b")
            work.post(transfer("t1", "a", "b", 90))
            kept = [work.keep_account(account(name, floor_min=-30, ceiling_min=30)) for name in "ab"]
            assert [one and (one.floor_min, one.ceiling_min, one.balance_min) for one in kept] == [
                (-90, 30, -90),
                (-30, 90, 90),
            ]
            assert work.post(transfer("t2", "a", "b", 1)) is Posted.BELOW_FLOOR
            assert work.post(transfer("t3", "b", "a", 1)) is Posted.POSTED
