"""Claims on one task board: `python benchmarks/dispatch/claims.py [--quick] [--rate 200] [--clients 500]`.

Promise measured: 200 claims a second by 500 volunteers on one board of tasks, through HTTP on PostgreSQL, are answered
within 250 ms at the 95th percentile, and each task has one winner.
"""

import argparse
import secrets
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any, Final

import orjson
from sqlalchemy import insert, select

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # so that the script runs from anywhere

from benchmarks.support.figures import keep, prose
from benchmarks.support.line import Line, request
from benchmarks.support.postgres import new_database, postgres
from benchmarks.support.programme import Programme
from benchmarks.support.records import uuid7
from benchmarks.support.servers import kith_server
from mobile_contract.version import CURRENT
from server.storage.engine import writing
from server.storage.tables import scope_grant, task_claim
from server.sync.door import Put

DISTRICT: Final = "E07000070"
#: Volunteers who want the same task at about the same time.
RIVALS: Final = 4
#: Seconds in which every client connects for the first time.
_FIRST_S: Final = 3.0


class Town(Programme):
    """A programme whose devices belong to volunteers."""

    def _account(self, one: str, team: str) -> dict[str, Any]:
        facts = {"team_ids": [], "districts": [DISTRICT], "centre_ids": []}
        return super()._account(one, team) | {"roles": ["volunteer"], "facts": facts, "volunteer_id": one}

    def _grant(self, one: str, _team: str) -> dict[str, Any]:
        return super()._grant(one, _team) | {"scope": f"tasks:{DISTRICT}"}

    def let_in(self, names: Sequence[str]) -> list["Volunteer"]:
        """Enrol a phone for each volunteer, with a record of their own."""
        enrolled = self.enrol([(name, "") for name in names])
        own = [self._grant(name, "") | {"scope": f"volunteer:{name}"} for name in names]
        with writing(self.engine) as connection:
            connection.execute(insert(scope_grant), own)
        person = {"centre_id": "centre-a", "given_name": "Made", "family_name": "Up", "made_up": True}
        self._door().write(Put("volunteer", name, person) for name in names)
        return [Volunteer(one.id, one.headers) for one in enrolled]

    def post(self, names: Sequence[str]) -> None:
        """Put tasks on the board, each with a private part."""
        task = {
            "name": "Made-up shopping", "type": "shopping", "category": "home_help", "centre_id": "centre-a",
            "district": DISTRICT, "minutes": 30, "window_from_at": "2026-01-01T09:00:00Z",
            "window_until_at": "2199-01-01T09:00:00Z",
        }  # fmt: skip
        detail = {"centre_id": "centre-a", "name": "Made Up", "address": "1 Made-up Lane"}
        self._door().write(Put("task", name, task) for name in names)
        self._door().write(Put("task_detail", name, detail | {"task_id": name}) for name in names)

    def winners(self) -> dict[str, str]:
        """Give who has each task, as the constraint in the database knows it."""
        with writing(self.engine) as connection:
            return {row.task_id: row.volunteer_id for row in connection.execute(select(task_claim))}


@dataclass(slots=True)
class Volunteer:
    """A phone that claims tasks over a connection of its own.

    began : when each claim did, by the clock of this process; took : seconds each; won : tasks.
    """

    name: str
    headers: dict[str, str]
    line: Line | None = None
    lseq: int = 0
    began: list[float] = field(default_factory=list)
    took: list[float] = field(default_factory=list)
    won: list[str] = field(default_factory=list)
    outcomes: Counter[str] = field(default_factory=Counter)

    def claim(self, task: str, port: int) -> None:
        """Push a claim and hear what became of it."""
        self.line = self.line or Line(port)
        self.lseq += 1
        now = time.time()
        mutation = {
            "mid": uuid7(), "lseq": self.lseq, "kind": "task", "id": task, "op": "command", "base": 0, "set": {},
            "hlc": f"{int(now * 1000):013}-0000-{self.name}",
            "command": {"name": "claim", "args": {}, "valid_until": None},
        }  # fmt: skip
        sent = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(now))
        body = {"device": self.name, "sent_at": sent, "schema": CURRENT, "mutations": [mutation]}
        asked = request("POST", "/v1/sync/push", orjson.dumps(body), self.headers)
        began = time.perf_counter()
        (result,) = self.line.expect(asked).json()["results"]
        self.began.append(began)
        self.took.append(time.perf_counter() - began)
        self.outcomes[result["outcome"] if not result.get("problem") else _slug(result["problem"])] += 1
        if result["outcome"] == "applied":
            self.won.append(task)


def _quantile(ordered: Sequence[float], share: float) -> float:
    """Give a quantile of seconds in milliseconds, 0 of none."""
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] * 1000 if ordered else 0.0


def _slug(problem: dict[str, Any]) -> str:
    return str(problem["type"]).rpartition("/")[2]


def main() -> None:
    """Claim at a steady rate, check that each task has one winner, and keep the figures."""
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--rate", type=float, default=200.0, help="Claims a second, all clients together.")
    given.add_argument("--clients", type=int, default=500)
    given.add_argument("--seconds", type=float, default=30.0)
    given.add_argument("--quick", action="store_true", help="The smallest form, whose figures are worth nothing.")
    asked = given.parse_args()
    if asked.quick:
        asked.rate, asked.clients, asked.seconds = 20.0, 8, 2.0
    with postgres() as port, tempfile.TemporaryDirectory(prefix="kith-claims-") as folder:
        home = Path(folder)
        town = Town(home, new_database(port, "claims"))
        with kith_server(home, town.url) as serving:
            volunteers = town.let_in([f"v-{secrets.token_hex(4)}-{n}" for n in range(asked.clients)])
            tasks = [f"task-{n:05}" for n in range(max(1, int(asked.rate * asked.seconds / RIVALS)))]
            town.post(tasks)
            before = serving.cpu_s()
            late = claim_all(volunteers, tasks, asked.rate, serving.port)
            used = serving.cpu_s() - before
        report(volunteers, tasks, town.winners(), (late, used), asked)


def claim_all(volunteers: Sequence[Volunteer], tasks: Sequence[str], rate: float, port: int) -> float:
    """Let volunteers claim, each task by several at once, at an even rate; give how late the last began, seconds."""
    wanted = [task for task in tasks for _ in range(RIVALS)]
    plans: list[list[tuple[float, str]]] = [[] for _ in volunteers]
    order = list(range(len(volunteers)))
    Random(11).shuffle(order)
    for number, task in enumerate(wanted):
        plans[order[number % len(order)]].append((number / rate, task))
    began, late = time.perf_counter() + 1.0, [0.0]

    def run(volunteer: Volunteer, plan: Sequence[tuple[float, str]]) -> None:
        for at, task in plan:
            time.sleep(max(0.0, began + at - time.perf_counter()))
            late[0] = max(late[0], time.perf_counter() - began - at)
            volunteer.claim(task, port)

    threads = [threading.Thread(target=run, args=pair) for pair in zip(volunteers, plans, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return late[0]


def report(
    volunteers: Sequence[Volunteer], tasks: Sequence[str], winners: dict[str, str], run: tuple[float, float], asked: Any
) -> None:
    """Keep the page; SystemExit when a task has not exactly one winner.

    run : how late the last claim began, and the processor time that the server used, seconds.
    """
    took = sorted(seconds for one in volunteers for seconds in one.took)
    first = min(began for one in volunteers for began in one.began)
    settled = sorted(
        seconds for one in volunteers for began, seconds in zip(one.began, one.took, strict=True)
        if began - first > _FIRST_S
    )  # fmt: skip
    told = Counter(task for one in volunteers for task in one.won)
    alone = all(told[task] == 1 and task in winners for task in tasks)
    right = all(winners[task] == one.name for one in volunteers for task in one.won)
    outcomes = sum((one.outcomes for one in volunteers), Counter())
    p50, p95, p99 = (_quantile(took, share) for share in (0.5, 0.95, 0.99))
    late, used = run
    text = f"""{len(volunteers)} volunteers on kept connections claim {len(tasks):,} tasks of one board at
        {asked.rate:g} claims a second, each task wanted by {RIVALS} at about the same time, through HTTP on PostgreSQL
        with fsync. Clients and server share the machine."""
    lines = [
        *prose("Claims on one board", text), "",
        "| promise | asked | measured |", "|---|---|---|",
        f"| answered, 95th percentile | ≤ 250 ms | {p95:.0f} ms (median {p50:.0f}, 99th {p99:.0f}) |",
        f"| winners of each task | 1 | {'1 each' if alone and right else 'NOT 1'} |",
        "",
        f"Outcomes: {', '.join(f'{count:,} {name}' for name, count in sorted(outcomes.items()))}.",
        f"A claim began at most {late * 1000:.0f} ms late. Once all are connected, from second {_FIRST_S:g} on,",
        f"95 of 100 take at most {_quantile(settled, 0.95):.0f} ms. The server's processes used "
        f"{used / len(took) * 1000:.1f} ms of processor time a claim.",
    ]  # fmt: skip
    keep("dispatch/claims", lines, printed_only=asked.quick)
    if not alone or not right or set(outcomes) - {"applied", "task-already-claimed"}:
        sys.exit("A task has not exactly one winner, or a claim was answered otherwise.")


if __name__ == "__main__":
    main()
