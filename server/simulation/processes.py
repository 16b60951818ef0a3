"""`kith simulate --processes`: gunicorn, real HTTP and kill -9, then the same questions as in every world."""

import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from random import Random
from types import SimpleNamespace
from typing import Any, cast

from argon2 import PasswordHasher

from server.accounts.manage import NewAccount, add_account
from server.app import make_services
from server.settings import Settings, make_home
from server.simulation import peek
from server.simulation.clocks import Clock
from server.simulation.crashes import FragileStore
from server.simulation.crowd import PASSWORD, Client, run_together
from server.simulation.fleet import Fleet, new_folder
from server.simulation.given import given
from server.simulation.losses import nothing_lost
from server.simulation.model import BrokenError
from server.simulation.oracle import Oracle
from server.simulation.promises import prefix_has_receipts, truth
from server.simulation.stores import postgres
from server.storage.engine import make_engine
from server.storage.migrate import upgrade
from server.sync.canonical import canonical
from server.sync.door import Door
from server.sync.model import Principal

TENANT = "xprocesses"
_CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


@dataclass(frozen=True, slots=True)
class Run:
    """What a run came to. kills : what was killed how often. cuts : syncs that got no answer, of `rounds`."""

    database: str
    mutations: int
    rounds: int
    cuts: int
    kills: dict[str, int] = field(default_factory=dict)


def run_processes(database: str, seed: int, seconds: float, clients: int = 6) -> Run:
    """Let clients work against a real server that is killed at seeded moments, heal, and ask; BrokenError tells."""
    with ExitStack() as stack:
        folder = new_folder()
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        url = stack.enter_context(_database(database, folder))
        people, world = _settle(url, folder, clients, seed)
        fleet = Fleet(url, folder)
        stack.callback(fleet.end)
        fleet.start()
        phones = [_client(fleet, world, principal, number + seed * 100) for number, principal in enumerate(people)]
        _break(fleet, phones, seed, seconds)
        _heal(phones)
        _ask(fleet, world, phones)
        done = len(world.oracle.wishes)
        return Run(database, done, sum(one.rounds for one in phones), sum(one.cuts for one in phones), fleet.kills)


@contextmanager
def _database(kind: str, folder: Any) -> Iterator[str]:
    if kind == "postgresql":
        with postgres(1) as urls:
            yield urls[0]
    else:
        url = f"sqlite:///{folder / 'kith.db'}"
        upgrade(url)
        yield url


def _settle(url: str, folder: Any, count: int, seed: int) -> tuple[list[Principal], Any]:
    """Make accounts and first records; give who is who, and the world as the promises want to see it."""
    settings = Settings(home=folder, database_url=url, models=folder / "models", app=folder / "dist")
    make_home(settings)
    engine = make_engine(url)
    at = make_services(settings, engine, hasher=_CHEAP)
    at.store.ensure_tenant(TENANT)  # type: ignore[attr-defined] # every store can
    Door(at.store, TENANT, at.rules, at.validate, at.now).write(given(TENANT, 2), by="given")
    people = []
    for number in range(count):
        new = NewAccount(TENANT, f"user{number}", f"User {number}", PASSWORD, ["prescriber"], team_ids=["t1"])
        account = add_account(at.accounts, new)
        scopes = at.accounts.grants.scopes(TENANT, account.id)
        people.append(Principal(TENANT, account.username, f"phone-{seed}-{number}", frozenset({"prescriber"}), scopes))
    oracle = Oracle(Clock(), lambda _: 0, at.seal.open)
    oracle.floors[TENANT] = 0
    plan = SimpleNamespace(tenants=(TENANT,))
    store = FragileStore(at.store)
    world = SimpleNamespace(oracle=oracle, plan=plan, store=store, erased=set(), recounted=set(), lock=threading.Lock())
    return people, world


def _client(fleet: Fleet, world: Any, principal: Principal, seed: int) -> Client:
    client = Client(fleet.address, principal, principal.account_id, world.oracle, world.lock, seed)
    client.sign_in()
    client.sync()
    return client


def _break(fleet: Fleet, clients: list[Client], seed: int, seconds: float) -> None:
    roll, until = Random(seed), time.monotonic() + seconds
    working = threading.Thread(target=run_together, args=(clients, seconds))
    working.start()
    while time.monotonic() < until:
        time.sleep(roll.uniform(0.2, 1.0))
        fleet.kill_some(roll)
    working.join()


def _heal(clients: list[Client]) -> None:
    deadline = time.monotonic() + 60
    for _ in range(3):
        for client in clients:
            while not client.sync() or client.phone.holding.waiting():
                if client.broken:
                    raise client.broken[0]
                if time.monotonic() > deadline:
                    raise BrokenError("CONVERGE", f"{client.phone.device} did not come to an end")


def _ask(fleet: Fleet, world: Any, clients: list[Client]) -> None:
    """Ask the promises that need no control over the server's inside."""
    for client in clients:
        if client.broken:
            raise client.broken[0]
        _same_as_the_truth(world, client)
    _same_as_a_fresh_one(fleet, world, clients[0])
    nothing_lost(cast(Any, world))
    _one_receipt_each(world)
    prefix_has_receipts(cast(Any, world), TENANT)


def _same_as_the_truth(world: Any, client: Client) -> None:
    wanted = truth(cast(Any, world), TENANT, client.principal.scopes)
    held = client.phone.holding.records
    if held.keys() != wanted.keys():
        raise BrokenError("NO-SKIP", f"{client.phone.device} differs in {sorted(held.keys() ^ wanted.keys())[:3]}")
    for key, stored in wanted.items():
        if held[key].version != stored.version or canonical(held[key].doc) != canonical(stored.doc):
            raise BrokenError("CONVERGE", f"{client.phone.device} holds another {key}")


def _same_as_a_fresh_one(fleet: Fleet, world: Any, client: Client) -> None:
    principal = Principal(
        TENANT, client.username, f"{client.phone.device}-new", client.principal.roles, client.principal.scopes
    )
    fresh = _client(fleet, world, principal, 0)
    fresh_holds, holds = (
        {key: (one.version, one.doc) for key, one in phone.holding.records.items()}
        for phone in (fresh.phone, client.phone)
    )
    if fresh_holds != holds:
        raise BrokenError("GRANT-BACKFILL", f"a fresh phone differs from {client.phone.device}")


def _one_receipt_each(world: Any) -> None:
    seen: set[tuple[str, str]] = set()
    for row in peek.table(world.store.inner, TENANT, "receipt"):
        at = row["device"], row["mid"]
        if at in seen:
            raise BrokenError("PUSH-EXACTLY-ONCE", f"{at} has two receipts")
        seen.add(at)
    if missing := world.oracle.wishes.keys() - seen:
        raise BrokenError("PUSH-EXACTLY-ONCE", f"{len(missing)} answered mutations have no receipt")
