"""1,000 transfers at once among 50 accounts on PostgreSQL: `python benchmarks/timebank/transfers.py [--quick]`.

Promise measured: whatever meets, the ledger sums to 0, nobody goes below the floor, and no deadlock surfaces.
"""

import argparse
import random
import sys
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from threading import Barrier
from time import perf_counter

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # so that the script runs from anywhere

from sqlalchemy import select, text

from benchmarks.support.figures import keep, median, prose, ratios
from benchmarks.support.postgres import new_database, postgres
from mobile_contract.schemas import KINDS
from mobile_contract.validate import validate
from server.domain.ledger import Posted, Posting, pair
from server.domain.statement import faults
from server.storage.engine import make_engine
from server.storage.migrate import upgrade
from server.storage.sql import SqlStore
from server.storage.tables import time_account, time_bank
from server.storage.work import SqlWork
from server.sync.decisions.banks import new_bank
from server.sync.door import Door, Put
from server.sync.model import Command, Mutation, Outcome, Principal, Push
from server.sync.ports import ClashError
from server.sync.push import push

TENANT, BANK, DAY = "county", "bank", "2026-11-21"
ACCOUNTS, CONNECTIONS, FLOOR_MIN = 50, 20, -120
#: How often a transfer of the ledger alone is tried again when the database broke it off, as a push is.
ATTEMPTS = 8

#: Makes one transfer between two accounts, and says whether the ledger took it and how often it began again.
Transfer = Callable[[SqlStore, int, int, str, str, int], tuple[bool, int]]
Lock = Callable[[SqlWork, str, str], None]


@dataclass(slots=True)
class Came:
    """What came of a round. surfaced : transfers that failed for another reason than a bound."""

    seconds: float = 0.0
    taken: int = 0
    refused: int = 0
    again: int = 0
    surfaced: int = 0
    lowest: int = 0
    wrong: list[str] = field(default_factory=list)
    deadlocks: int = 0


def no_lock(_work: SqlWork, _payer: str, _receiver: str) -> None:
    """Leave locking to the ledger: accounts in the order of their ids."""


def bank_lock(work: SqlWork, _payer: str, _receiver: str) -> None:
    """Lock the bank's one row, so that its transfers go one after the other."""
    mine = (time_bank.c.tenant == work.tenant, time_bank.c.bank_id == BANK)
    work.connection.execute(select(time_bank.c.closed).where(*mine).with_for_update())


def as_they_come(work: SqlWork, payer: str, receiver: str) -> None:
    """Lock who pays and then who receives, whatever their ids are."""
    for account_id in (payer, receiver):
        mine = (time_account.c.tenant == work.tenant, time_account.c.account_id == account_id)
        work.connection.execute(select(time_account.c.closed).where(*mine).with_for_update())


def posted(
    lock: Lock, store: SqlStore, worker: int, number: int, payer: str, receiver: str, minutes: int
) -> tuple[bool, int]:
    """Post in the ledger alone."""
    at = datetime.now(UTC).isoformat(timespec="milliseconds")
    lines = pair(0, payer, receiver, minutes, "gardening")
    posting = Posting(f"t-{worker}-{number}", "transfer", at, DAY, lines)
    for attempt in range(ATTEMPTS):
        try:
            with store.write(TENANT) as work:
                lock(work, payer, receiver)
                return work.post(posting) is Posted.POSTED, attempt
        except ClashError:
            continue
    raise ClashError("tried too often")


def pushed(store: SqlStore, worker: int, number: int, payer: str, receiver: str, minutes: int) -> tuple[bool, int]:
    """Push the command as a broker's device does: receipt, balances, entries and feed in the same transaction."""
    device = f"desk-{worker}"
    who = Principal(TENANT, device, device, frozenset({"broker"}), frozenset({f"timebank:{BANK}"}))
    args = {"to_account_id": receiver, "minutes": minutes, "category": "gardening", "day_on": DAY}
    command, now = Command("transfer", args), datetime.now(UTC)
    mutation = Mutation(f"{device}-{number:06d}", number + 1, "account", payer, "command", command=command)
    asked = Push(device, now.isoformat(), 5, (mutation,))
    (answer,) = push(asked, who, store=store, rules=KINDS, validate=validate, now=now).results
    if answer.problem is not None and answer.problem.slug != "below-floor":
        raise ClashError(answer.problem.slug)
    return answer.outcome is Outcome.APPLIED, 0


SIDES: Mapping[str, Transfer] = {
    "Kith's ledger alone": partial(posted, no_lock),
    "*one lock a bank*, ledger alone": partial(posted, bank_lock),
    "*locks as they come*, ledger alone": partial(posted, as_they_come),
    "Kith, the whole push": pushed,
}


def opened(url: str) -> SqlStore:
    """Open a bank with 50 members, each of whom may owe two hours."""
    upgrade(url)
    store = SqlStore(make_engine(url))
    store.ensure_tenant(TENANT)
    rules = {"name": "Bank", "district": "county", "floor_min": FLOOR_MIN, "made_up": True}
    door = Door(store, TENANT, KINDS, validate, lambda: datetime.now(UTC))
    door.write([*new_bank(BANK, rules, f"{DAY}T09:00:00Z"), *(_member(number) for number in range(ACCOUNTS))])
    return store


def _member(number: int) -> Put:
    whose = {"owner_kind": "volunteer", "owner_id": f"v-{number}", "volunteer_id": f"v-{number}", "name": f"V {number}"}
    told = {"bank_id": BANK, "type": "person", "floor_min": FLOOR_MIN, "opened_at": f"{DAY}T09:00:00Z"}
    return Put("account", f"a-{number:02d}", {**told, **whose, "made_up": True})


def measure(url: str, transfer: Transfer, transfers: int) -> Came:
    """Let 20 connections make so many transfers of up to an hour at once, and look into the ledger afterwards."""
    store, came, start = opened(url), Came(), Barrier(CONNECTIONS + 1)
    with ThreadPoolExecutor(CONNECTIONS) as pool:
        each = transfers // CONNECTIONS
        working = [pool.submit(_work, store, transfer, worker, each, start) for worker in range(CONNECTIONS)]
        start.wait()
        began = perf_counter()
        parts = [one.result() for one in working]
        came.seconds = perf_counter() - began
    for part in parts:
        came.taken, came.refused = came.taken + part.taken, came.refused + part.refused
        came.again, came.surfaced = came.again + part.again, came.surfaced + part.surfaced
    _look(store, came)
    return came


def _work(store: SqlStore, transfer: Transfer, worker: int, count: int, start: Barrier) -> Came:
    chance, came = random.Random(worker), Came()
    start.wait()
    for number in range(count):
        payer, receiver = (f"a-{one:02d}" for one in chance.sample(range(ACCOUNTS), 2))
        try:
            taken, again = transfer(store, worker, number, payer, receiver, chance.randint(1, 60))
        except ClashError:
            came.surfaced += 1
            continue
        came.taken, came.refused, came.again = came.taken + taken, came.refused + (not taken), came.again + again
    return came


def _look(store: SqlStore, came: Came) -> None:
    with store.read(TENANT) as view:
        accounts = view.time_accounts()
        came.wrong = list(faults(accounts, view.line_sums(), view.unbalanced()))
        came.lowest = min(one.balance_min for one in accounts)
    with store.engine.connect() as connection:
        connection.execute(text("SELECT pg_stat_clear_snapshot()"))
        counted = "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"
        came.deadlocks = int(connection.execute(text(counted)).scalar_one())
    store.engine.dispose()


def row(name: str, rounds: Sequence[Came], baseline: Sequence[Came]) -> str:
    """Write the line of the table."""
    rates, floor = ([one.taken / one.seconds for one in each] for each in (rounds, baseline))
    sums = ("sum 0" if not any(one.wrong for one in rounds) else "**does not add up**", min(o.lowest for o in rounds))
    totals = [sum(getattr(one, what) for one in rounds) for what in ("refused", "deadlocks", "again", "surfaced")]
    figures = " | ".join(f"{total:,}" for total in totals)
    return f"| {name} | {median(rates):,.0f} | {ratios(rates, floor)} | {sums[0]}, lowest {sums[1]} | {figures} |"


def main() -> None:
    """Measure every side in alternating rounds and keep the table; ends with 1 when Kith broke its promise."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="100 transfers, one round, nothing kept")
    quick = parser.parse_args().quick
    transfers, rounds = (100, 1) if quick else (1_000, 5)
    came: dict[str, list[Came]] = {name: [] for name in SIDES}
    with postgres() as port:
        for number in range(rounds):
            for place, (name, transfer) in enumerate(SIDES.items()):
                came[name].append(measure(new_database(port, f"side_{place}_{number}"), transfer, transfers))
    baseline = came["*one lock a bank*, ledger alone"]
    lines = heading(transfers, rounds)
    lines += [row(name, each, baseline) for name, each in came.items()]
    keep("timebank/transfers", lines, printed_only=quick)
    ours = [one for name, each in came.items() if name.startswith("Kith") for one in each]
    sys.exit(any(one.wrong or one.surfaced or one.lowest < FLOOR_MIN for one in ours))


def heading(transfers: int, rounds: int) -> list[str]:
    """Say what the table shows."""
    about = f"""Asked: sum 0, no account below its floor ({FLOOR_MIN} minutes), no deadlock surfaced. {transfers:,}
    transfers of 1 to 60 minutes among {ACCOUNTS} accounts, from {CONNECTIONS} connections at once, on PostgreSQL with
    every commit on disk; {rounds} alternating round(s), each in a database of its own. A transfer that would pass the
    floor is refused by name and changes nothing. Baseline: one lock on the bank's row, so that its transfers go one
    after the other. *Locks as they come* takes who pays before who receives, whatever their ids: what the database then
    breaks off as a deadlock begins again."""
    columns = "| side | transfers a second | to the baseline | ledger | refused | deadlocks | begun again | surfaced |"
    return [*prose("Transfers at once", about), "", columns, "|---|---:|---:|---|---:|---:|---:|---:|"]


if __name__ == "__main__":
    main()
