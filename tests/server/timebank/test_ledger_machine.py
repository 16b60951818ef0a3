"""Whatever is posted in whatever order: the ledger sums to 0, nobody passes a bound, nothing is taken back twice."""

from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from server.domain.ledger import Posted, Posting, TimeAccount, pair, reversed_lines
from server.domain.statement import faults
from server.storage.engine import make_engine
from server.storage.memory import MemoryStore
from server.storage.migrate import upgrade
from server.storage.sql import SqlStore
from server.sync.ports import Store

AT = "2026-11-21T09:00:00.000Z"
NAMES = ("a", "b", "c", "d")
FLOOR, CEILING = -120, 240
_accounts = st.sampled_from(NAMES)
_minutes = st.integers(1, 150)


class Ledger(RuleBasedStateMachine):
    """Does the same in memory and on SQLite, and keeps an account of its own. Each run has a tenant of its own."""

    database: SqlStore
    tenants = count()

    def __init__(self) -> None:
        super().__init__()
        self.tenant = f"tenant-{next(self.tenants)}"
        self.stores: tuple[Store, ...] = (MemoryStore(), self.database)
        self.balances = dict.fromkeys(NAMES, 0)
        self.posted: dict[str, Posting] = {}
        self.reversed: set[str] = set()
        self.number = 0
        for store in self.stores:
            with store.write(self.tenant) as work:
                work.keep_bank("bank", closed=False)
                for name in NAMES:
                    work.keep_account(TimeAccount(name, "bank", "person", FLOOR, CEILING, owner_id=name))

    def post(self, posting: Posting) -> Posted:
        """Post everywhere and see that everybody says the same."""
        answers = []
        for store in self.stores:
            with store.write(self.tenant) as work:
                answers.append(work.post(posting))
        assert len(set(answers)) == 1
        return answers[0]

    def apply(self, posting: Posting) -> None:
        """Post, and say by one's own account whether it had to be taken."""
        after = {name: self.balances[name] + posting.nets.get(name, 0) for name in NAMES}
        low = any(after[name] < FLOOR for name, net in posting.nets.items() if net < 0)
        high = any(after[name] > CEILING for name, net in posting.nets.items() if net > 0)
        answer = self.post(posting)
        assert (answer is Posted.POSTED) == (not low and not high)
        if answer is Posted.POSTED:
            self.balances, self.posted[posting.id] = after, posting

    @rule(payer=_accounts, receivers=st.lists(_accounts, min_size=1, max_size=3, unique=True), minutes=_minutes)
    def transfer(self, payer: str, receivers: list[str], minutes: int) -> None:
        """Move minutes from one to one or several others."""
        others = [one for one in receivers if one != payer]
        lines = [line for n, one in enumerate(others) for line in pair(n, payer, one, minutes, "gardening")]
        if lines:
            self.number += 1
            self.apply(Posting(f"t{self.number}", "transfer", AT, AT[:10], tuple(lines)))

    @precondition(lambda self: self.posted)
    @rule(data=st.data())
    def repeat(self, data: st.DataObject) -> None:
        """Post again what is there."""
        name = data.draw(st.sampled_from(sorted(self.posted)))
        assert self.post(self.posted[name]) is Posted.REPEATED

    @precondition(lambda self: self.posted)
    @rule(data=st.data())
    def reverse(self, data: st.DataObject) -> None:
        """Take something back, perhaps for the second time."""
        name = data.draw(st.sampled_from(sorted(self.posted)))
        self.number += 1
        lines = reversed_lines(self.posted[name].lines)
        back = Posting(f"r{self.number}", "reversal", AT, AT[:10], lines, reverses=name)
        if name in self.reversed:
            assert self.post(back) is Posted.REVERSED_ALREADY
            return
        self.apply(back)
        if back.id in self.posted:
            self.reversed.add(name)

    @invariant()
    def all_adds_up(self) -> None:
        """Nothing is wrong with either ledger, and both have the balances of our own account."""
        assert sum(self.balances.values()) == 0
        for store in self.stores:
            with store.read(self.tenant) as view:
                accounts = view.time_accounts()
                assert list(faults(accounts, view.line_sums(), view.unbalanced())) == []
            assert {one.id: one.balance_min for one in accounts} == self.balances


@pytest.mark.slow
def test_whatever_is_posted_the_ledger_adds_up(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'ledger.db'}"
    upgrade(url)
    engine = make_engine(url, synchronous="normal")
    machine: Any = type("OnThisDatabase", (Ledger,), {"database": SqlStore(engine)})
    calm = settings(max_examples=25, stateful_step_count=20, deadline=None, derandomize=True, database=None,
                    suppress_health_check=list(HealthCheck))  # fmt: skip
    run_state_machine_as_test(machine, settings=calm)
    engine.dispose()
