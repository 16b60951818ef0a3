"""Seeded worlds: phones, staff and grants at random, healed at the end. The promises are checked on them by name."""

import json
import random
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

from server.sync.door import Put
from server.sync.model import Key, Mutation, Op
from server.sync.ports import Store
from tests.builders import KINDS, NOW, TENANT, Phone, centre, door, person, place_count, placement, prescriber, task
from tests.builders import volunteer as a_volunteer

TEAMS = ("team-a", "team-b")
STEPS = 90


@dataclass(slots=True)
class Held:
    """A phone with what it holds: it pulls, evicts and applies as the protocol says."""

    phone: Phone
    rows: dict[Key, tuple[int, str]] = field(default_factory=dict)

    def pull(self, limit: int) -> Any:
        page = self.phone.pull(limit=limit)
        if page.evict:
            self.rows = {key: kept for key, kept in self.rows.items() if self._still(key, kept[1], page.evict)}
        for row in page.rows:
            key = Key(row.kind, row.id)
            if row.op is Op.PUT:
                self.rows[key] = (row.version, row.doc or "")
            else:
                self.rows.pop(key, None)
        return page

    def _still(self, key: Key, doc: str, lost: tuple[str, ...]) -> bool:
        scopes = KINDS[key.kind].scopes_of(key.id, json.loads(doc))
        return bool(scopes & self.phone.principal.scopes - set(lost))


class World:
    """One random script, the same for every store with the same seed."""

    def __init__(self, store: Store, seed: int) -> None:
        self.store, self.random, self.transcript = store, random.Random(seed), []
        self.now = NOW
        self.devices = [
            *(
                Held(Phone(store, prescriber(f"phone-{team}-{n}", (f"caseload:{team}",))))
                for team in TEAMS
                for n in (1, 2)
            ),
            *(Held(Phone(store, a_volunteer(number))) for number in (1, 2)),
            Held(Phone(store, centre())),
        ]
        self.outbox: dict[str, list[Mutation]] = {held.phone.principal.device_id: [] for held in self.devices}
        names = {"given_name": "Vic", "family_name": "Dale", "centre_id": "centre-a"}
        door(store).write(
            [
                *(Put("volunteer", f"volunteer-{n}", names) for n in (1, 2)),
                *(Put("task", f"task-{n}", task()) for n in range(3)),
                *(Put("task_detail", f"task-{n}", {"task_id": f"task-{n}", "centre_id": "centre-a"}) for n in range(3)),
                Put("place_count", "asset-1", place_count(2)),
                *(
                    Put("placement", f"pl-p{who}-{n}", placement(person_id=f"p{who}", team_id=TEAMS[n]))
                    for who in range(4)
                    for n in range(2)
                ),
            ]
        )

    def run(self) -> None:
        for _ in range(STEPS):
            self.now += timedelta(minutes=self.random.randrange(1, 90))
            held = self.random.choice(self.devices)
            held.phone.now = self.now
            step = self.random.choices([self.write, self.send, self.pull, self.staff, self.grants], [6, 4, 5, 2, 2])[0]
            step(held)
        self.heal()

    def write(self, held: Held) -> None:
        phone, roll = held.phone, self.random
        if "volunteer" in phone.principal.roles:
            name = roll.choice(["claim", "release", "complete"])
            args = {"minutes": 30} if name == "complete" else {}
            made = phone.mutation("command", "task", f"task-{roll.randrange(3)}")
            made = replace(made, command=_command(name, args))
        elif "centre" in phone.principal.roles:
            made = phone.mutation("patch", "task", f"task-{roll.randrange(3)}", self._base(held, "task"))
            made = replace(made, set={"status": roll.choice(["cancelled", "open"]), "minutes": roll.randrange(5, 60)})
        else:
            made = self._casework(held)
        self.outbox[phone.principal.device_id].append(made)

    def _casework(self, held: Held) -> Mutation:
        phone, roll = held.phone, self.random
        team = next(iter(sorted(phone.principal.scopes)), "caseload:team-a").removeprefix("caseload:")
        who = f"p{roll.randrange(4)}"
        needs = ["bsl", "parking"]
        kind = roll.choice(
            ["person", "person", "person", "referral", "placement", "command", "command", "leave", "delete"]
        )
        if kind == "person":
            values = roll.choice([
                {"given_name": roll.choice("ABC")},
                {"what_matters": roll.choice(["Dogs.", "Cats.", ""])},
                {"access_needs": {"add": [roll.choice(needs)], "remove": [roll.choice(needs)]}},
                {"do_not_contact": roll.choice([True, False])},
                {"team_id": roll.choice(TEAMS)},
                {"shoe_size": 41},
            ])  # fmt: skip
            if roll.random() < 0.4:
                plain = {name: value for name, value in values.items() if name != "access_needs"}
                return phone.mutation("create", "person", who, set={**person(team), **plain})
            return phone.mutation("patch", "person", who, self._base(held, "person"), set=values)
        if kind == "referral":
            values = {"person_id": who, "team_id": team, "needs": ["money"], "received_on": "2026-11-20"}
            return phone.mutation("create", "referral", f"r-{who}", set=values)
        if kind == "placement":
            values = placement(referral_id=f"r-{who}", person_id=who, team_id=team)
            return phone.mutation("create", "placement", f"pl-{who}-{roll.randrange(2)}", set=values)
        if kind == "leave":
            if roll.random() < 0.3:
                return phone.mutation("delete", "placement", f"pl-{who}-{roll.randrange(2)}")
            values = {"status": roll.choice(["declined", "ended", "started"])}
            return phone.mutation("patch", "placement", f"pl-{who}-{roll.randrange(2)}", set=values)
        if kind == "delete":
            return phone.mutation("delete", "person", who, self._base(held, "person"))
        name = roll.choice(["offer_place", "accept_place", "decline_place"])
        return phone.mutation("command", "placement", f"pl-{who}-{roll.randrange(2)}", command=_command(name, {}))

    def _base(self, held: Held, kind: str) -> int:
        versions = [version for key, (version, _) in held.rows.items() if key.kind == kind]
        return max(versions, default=0)

    def send(self, held: Held) -> None:
        """Push, and sometimes lose the answer and push again, or send only some."""
        phone = held.phone
        waiting = self.outbox[phone.principal.device_id]
        part = waiting[: self.random.randrange(1, 5)]
        for _ in range(self.random.choice([1, 1, 2])):
            answer = phone.push(*part)
            self.transcript.append(answer)
        self.outbox[phone.principal.device_id] = [made for made in waiting if made.lseq > answer.acked_lseq]

    def pull(self, held: Held) -> None:
        page = held.pull(self.random.choice([1, 1, 3, 100]))
        self.transcript.append(replace(page, cursor=""))

    def staff(self, _held: Held) -> None:
        who = f"p{self.random.randrange(4)}"
        doc = person(self.random.choice(TEAMS), given_name=self.random.choice("DEF"))
        self.transcript.append(door(self.store, self.now).write([Put("person", who, doc)], by="desk"))

    def grants(self, held: Held) -> None:
        if "prescriber" in held.phone.principal.roles:
            scopes = frozenset(f"caseload:{team}" for team in TEAMS if self.random.random() < 0.6)
            held.phone.principal = replace(held.phone.principal, scopes=scopes)

    def heal(self) -> None:
        for held in self.devices:
            while self.outbox[held.phone.principal.device_id]:
                self.send(held)
        for held in self.devices:
            while self.pull(held) or self.transcript[-1].more:
                pass


def _command(name: str, args: dict[str, Any]) -> Any:
    from server.sync.model import Command

    return Command(name, args)


def truth(store: Store, scopes: frozenset[str]) -> dict[Key, tuple[int, dict[str, Any]]]:
    """What a phone with these scopes must hold, by a plain query."""
    with store.read(TENANT) as view:
        every = [stored for kind in KINDS for stored in view.of_kind(kind)]
    return {
        stored.key: (stored.version, dict(stored.doc))
        for stored in every
        if KINDS[stored.key.kind].scopes_of(stored.key.id, stored.doc) & scopes
    }


def contents(store: Store, kind: str) -> list[Any]:
    """Everything of a kind, and what was refused."""
    with store.read(TENANT) as view:
        return [*view.of_kind(kind), *view.quarantined()]
