"""The world: one script played on one store, with everybody's phones, a network and an oracle."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from random import Random
from typing import Any

from mobile_contract.python.transport import ProblemError
from mobile_contract.schemas import KINDS
from mobile_contract.validate import validate
from server.simulation import peek
from server.simulation.clocks import Clock
from server.simulation.crashes import FragileStore
from server.simulation.deeds import DEEDS
from server.simulation.given import given
from server.simulation.heard import Made
from server.simulation.model import BrokenError, CutError, Deed, PhoneDiedError, Plan
from server.simulation.network import CLEAR, Network
from server.simulation.oracle import Oracle
from server.simulation.phones import SimPhone
from server.simulation.server import Server
from server.simulation.trace import Trace
from server.sync.compaction import compact
from server.sync.door import Door, Put
from server.sync.model import Key, Mutation, Principal
from server.sync.ports import Store

#: How often everybody syncs after the world has healed, before quiet is due.
HEAL_ROUNDS = 6


class World:
    """Plays a plan on a store; `heal` ends the breaking, and promises.py asks what came of it."""

    def __init__(self, plan: Plan, store: Store) -> None:
        self.plan = plan
        self.clock = Clock()
        self.trace = Trace(self.clock)
        self.store = FragileStore(store)
        self.oracle = Oracle(self.clock, self._head, self._opened)
        self.server = Server(self.store, self.clock, self.trace, self.oracle, plan.accounts, plan.phones)
        self.network = Network(self.server, self.trace, self.clock)
        accounts = {account.id: account for account in plan.accounts}
        self.phones = [SimPhone(phone, accounts[phone.account], self.clock) for phone in plan.phones]
        self.syncing: set[str] = set()
        self.backups: dict[str, Any] = {}
        self.ever: set[tuple[str, str, str, str]] = set()
        self.recounted: set[tuple[str, str, str]] = set()
        self.erased: set[tuple[str, str, str]] = set()
        for tenant in plan.tenants:
            self.oracle.floors[tenant] = 0
            self.write(tenant, given(tenant, 1 + plan.seed % 2), by="given")
        for phone in self.phones:
            self.boot(phone)

    def _head(self, tenant: str) -> int:
        with self.store.inner.read(tenant) as view:
            return view.head().seq

    def _opened(self, cursor: str) -> Any:
        return self.server.seal.open(cursor)

    def boot(self, phone: SimPhone) -> None:
        """Start a phone with what its disk holds, and sign it in if it never was."""
        phone.boot(self.network.line(phone.name, old=bool(phone.plan.unknown)), self.network.files(phone.name))
        if phone.holding.session is None:
            scopes = self.server.principal(phone.name).scopes
            known = {"scopes": sorted(scopes), "tenant": phone.account.tenant}
            phone.holding.session = {"refresh_token": "r", "access_token": "", **known}
            phone.holding.scopes = scopes

    # ── the breaking ──

    def run(self) -> None:
        """Do every deed of the script."""
        for deed in self.plan.deeds:
            self.do(deed)

    def do(self, deed: Deed) -> None:
        """Do one deed; what dies in it comes back before the next."""
        self.clock.pass_s(deed.pause_s)
        self.trace.deed = deed.number
        phone = self.phones[deed.who % len(self.phones)]
        roll = phone.roll = self.network.roll = Random(deed.seed)
        self.network.weather, self.network.meanwhile = CLEAR, self.interlude
        with self.watched(phone):
            DEEDS[deed.name].do(self, phone, roll, deed.number)
        self.store.fuse = None
        phone.battery.at = 0

    @contextmanager
    def watched(self, phone: SimPhone) -> Iterator[None]:
        """Let a phone fail as phones do: no answer, a refusal, a crash."""
        try:
            yield
        except (CutError, ProblemError) as error:
            self.trace.note(phone.name, "stopped:", error.slug if isinstance(error, ProblemError) else "no answer")
            if isinstance(error, ProblemError) and error.remedy == "wipe":
                phone.wiped = True
        except PhoneDiedError as step:
            self.trace.note(phone.name, "died", "after" if phone.battery.after else "before", "keeping:", step)
            phone.deaths += 1
            self.boot(phone)

    def interlude(self) -> None:
        """Let another phone sync while one waits for its answer."""
        others = [phone for phone in self.phones if phone.name not in self.syncing and not phone.wiped]
        if not others:
            return
        weather, meanwhile, fuse = self.network.weather, self.network.meanwhile, self.store.fuse
        self.network.weather, self.network.meanwhile, self.store.fuse = CLEAR, None, None
        other = self.network.roll.choice(others)
        other.roll, roll = Random(self.network.roll.getrandbits(32)), self.network.roll
        with self.watched(other):
            self.sync(other)
        self.network.weather, self.network.meanwhile, self.network.roll = weather, meanwhile, roll
        self.store.fuse = fuse

    def pull_between(self, other: SimPhone) -> None:
        """Let a phone that only looks pull in the middle of another's transaction."""
        weather, meanwhile, fuse, roll = self.network.weather, self.network.meanwhile, self.store.fuse, other.roll
        self.network.weather, self.network.meanwhile, self.store.fuse = CLEAR, None, None
        self.network.no_pushes = True
        with self.watched(other):
            self.sync(other)
        self.network.weather, self.network.meanwhile, self.store.fuse, other.roll = weather, meanwhile, fuse, roll
        self.network.no_pushes = False

    # ── what deeds are made of ──

    def sync(self, phone: SimPhone) -> None:
        """Let a phone sync once."""
        self.trace.note(phone.name, "syncs,", len(phone.holding.outbox), "waiting")
        self.syncing.add(phone.name)
        try:
            report = phone.client.sync()
        finally:
            self.syncing.discard(phone.name)
        phone.lost |= set(report.evicted)
        if report.retaken:
            raise BrokenError("VERIFY", f"{phone.name} does not hold what it should of {report.retaken}")
        told = [f"{result['outcome']} v{result['version']}" for result in report.results]
        self.trace.note(phone.name, "synced:", report.pulled, "rows", *told, *(f"lost {one}" for one in report.evicted))

    def make(self, phone: SimPhone, mid: str | None, *what: Any) -> None:
        """Remember when a phone made a mutation."""
        if mid is not None:
            self.oracle.made[mid] = Made(phone.name, self.clock.ms, phone.clock.error_s * 1000)
            self.trace.note(phone.name, f"makes {mid}:", *what)

    def latest(self, phone: SimPhone) -> str:
        """Name the latest mutation in a phone's outbox."""
        return next(reversed(phone.holding.outbox))

    def write(self, tenant: str, puts: list[Put], by: str) -> None:
        """Write through the door, as staff and importers do."""
        door = Door(self.store, tenant, KINDS, validate, self.clock)
        first = self._head(tenant) + 1
        door.write(puts, by=by)
        for put in puts:
            self.oracle.wrote(tenant, put.kind, put.id, put.doc, first)

    def act(self, tenant: str, mutation: Mutation, by: tuple[str, str]) -> None:
        """Let somebody act at the server itself. by : their role, and the scope that they have."""
        role, scope = by
        who = Principal(tenant, role, role, frozenset({role}), frozenset({scope}))
        verdict = Door(self.store, tenant, KINDS, validate, self.clock).act(mutation, who)
        self.trace.note(role, mutation.command and mutation.command.name, mutation.id, verdict.outcome.value)

    def remember_scopes(self, tenant: str) -> None:
        """Note which records the feed shows in which scopes, before anything forgets it."""
        self.ever |= {(tenant, row["scope"], row["kind"], row["id"]) for row in peek.table(self.store, tenant, "feed")}

    def doc(self, tenant: str, kind: str, record_id: str) -> dict[str, Any] | None:
        """Read a record as it is on the server."""
        key = Key(kind, record_id)
        with self.store.inner.read(tenant) as view:
            found = view.records([key]).get(key)
        return dict(found.doc) if found and not found.deleted else None

    def back_up(self, tenant: str) -> None:
        """Make a backup of a tenant."""
        self.backups[tenant] = peek.back_up(self.store, tenant), self.oracle.remembered(tenant)
        self.trace.note("world", "backup of", tenant, "at", self._head(tenant))

    def restore(self, tenant: str) -> None:
        """Go back to the latest backup of a tenant, if there is one."""
        if tenant in self.backups:
            self.clock.pass_s(1)  # no two restores fall on one microsecond
            self.remember_scopes(tenant)
            backup, remembered = self.backups[tenant]
            peek.restore(self.store, tenant, backup, self.clock.now)
            there = {(row["device"], row["mid"]) for row in peek.table(self.store, tenant, "receipt")}
            self.oracle.rewind(tenant, remembered, there)
            with self.store.inner.read(tenant) as view:
                self.oracle.floors[tenant] = view.head().floor
            self.store.latest.pop(tenant, None)
            self.trace.note("world", "restored", tenant, "to the backup, now at", self._head(tenant))

    def compact(self, tenant: str) -> None:
        """Clear traces away, up to where the feed is now."""
        self.remember_scopes(tenant)
        done = compact(self.store.inner, tenant, self.clock.now, timedelta(0))  # type: ignore[arg-type] # all ours can
        self.oracle.floors[tenant] = done.floor
        self.trace.note("world", "compacted", tenant, "up to", done.floor, done.collected, "traces gone")

    # ── the healing ──

    def heal(self) -> None:
        """Mend the network and let everybody sync until nobody has anything to say."""
        self.trace.deed = 0
        self.trace.note("world", "heals")
        self.network.weather, self.network.meanwhile, self.store.fuse = CLEAR, None, None
        for letter in list(self.network.mail):
            self.network.arrive(letter)
        heads: list[int] = []
        for _ in range(HEAL_ROUNDS):
            for phone in self.phones:
                if not phone.wiped:
                    with self.watched(phone):
                        self.sync(phone)
            heads.append(self._head(self.plan.tenants[0]))
            if len(heads) > 1 and heads[-1] == heads[-2] and not any(self._busy(phone) for phone in self.phones):
                return
        busy = [phone.name for phone in self.phones if self._busy(phone)]
        raise BrokenError("CONVERGE", f"after {HEAL_ROUNDS} rounds {busy} still have something to say")

    def _busy(self, phone: SimPhone) -> bool:
        return not phone.wiped and bool(phone.holding.waiting())

    def fresh(self, phone: SimPhone) -> SimPhone:
        """Give the person of a phone a new one and let it sync."""
        name = f"{phone.name}-new"
        plan = replace(phone.plan, device=name, page_rows=50, error_s=0, unknown={})
        self.server.devices.setdefault(name, type(self.server.devices[phone.name])(phone.plan.account))
        made = SimPhone(plan, phone.account, self.clock)
        self.boot(made)
        made.client.sync()
        return made
