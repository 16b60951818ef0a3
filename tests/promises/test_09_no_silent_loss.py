"""NO-SILENT-LOSS: every value ever pushed is in a record, a conflict, the quarantine, or was replaced by a reader."""

import json
import random
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest

from server.sync.model import Key, Mutation, Op
from server.sync.ports import Store
from tests.builders import KINDS, NOW, TENANT, Phone, door, person, prescriber, put

TEAMS = ("caseload:team-a", "caseload:team-b")


def kept(store: Store) -> str:
    """All that people can find again: records, tombstones, conflicts, what was refused, what waits."""
    with store.read(TENANT) as view:
        found: list[Any] = [entry.payload for entry in view.quarantined(None)]
        found += [stored.doc for kind in KINDS for stored in view.of_kind(kind)]
        found += [stored.doc for stored in view.records([Key("person", who) for who in "pq"]).values()]
    with store.write(TENANT) as work:
        found += [entry.payload for n in range(3) for entry in work.waiting_of(f"phone-{n}")]
    return json.dumps(found, ensure_ascii=False, default=dict)


@dataclass
class Writer:
    """A phone that shows what it holds with its own unsent edits on top, and remembers whom it overwrote."""

    phone: Phone
    shown: dict[str, dict[str, Any]] = field(default_factory=dict)
    versions: dict[str, int] = field(default_factory=dict)
    outbox: list[Mutation] = field(default_factory=list)

    def pull(self) -> None:
        for row in self.phone.pull().rows:
            if row.kind == "person" and row.op is Op.PUT:
                self.shown[row.id], self.versions[row.id] = json.loads(row.doc or "{}"), row.version
            elif row.kind == "person":
                self.shown.pop(row.id, None)
        for mutation in self.outbox:
            self.shown.setdefault(mutation.id, {}).update(mutation.set)

    def write(self, who: str, name: str, value: str) -> str | None:
        seen = self.shown.get(who, {}).get(name)
        base = self.versions.get(who, 0)
        self.outbox.append(self.phone.mutation("patch", "person", who, base, set={name: value}))
        self.shown.setdefault(who, {})[name] = value
        return seen


@pytest.mark.parametrize("seed", range(4))
def test_no_value_that_was_pushed_is_lost_in_silence(store: Store, seed: int) -> None:
    roll = random.Random(seed)
    for who in ("p", "q"):
        put(store, "person", who, person())
    writers = [Writer(Phone(store, prescriber(f"phone-{n}", TEAMS[: 1 + n % 2]))) for n in range(3)]
    values: list[str] = []
    replaced: set[str | None] = set()
    for step in range(60):
        one = roll.choice(writers)
        one.phone.now = NOW + timedelta(minutes=step)
        who, deed = (
            roll.choice("pq"),
            roll.choice(["write"] * 5 + ["push"] * 3 + ["pull"] * 3 + ["move", "delete", "orphan"]),
        )
        if deed == "write":
            name = roll.choice(["given_name", "what_matters", "phone"])
            values.append(f"v{seed}-{step}")
            replaced.add(one.write(who, name, values[-1]))
        elif deed == "push":
            answer = one.phone.push(*one.outbox)
            one.outbox = [mutation for mutation in one.outbox if mutation.lseq > answer.acked_lseq]
        elif deed == "pull":
            one.pull()
        elif deed == "move":
            door(store).change([(Key("person", who), {"team_id": roll.choice(["team-a", "team-b"])})])
        elif deed == "delete":
            one.outbox.append(one.phone.mutation("delete", "person", who, one.versions.get(who, 0)))
        else:
            values.append(f"v{seed}-{step}")
            child = {"person_id": "nobody", "team_id": "team-a", "needs": ["money"], "received_on": "2026-11-20"}
            one.outbox.append(
                one.phone.mutation("create", "referral", f"r{step}", set={**child, "comment": values[-1]})
            )
    for one in writers:
        one.phone.push(*one.outbox)
    found = kept(store)
    lost = [value for value in values if f'"{value}"' not in found and value not in found and value not in replaced]
    assert lost == [], f"seed {seed}"


def test_a_staff_edit_over_what_a_phone_wrote_is_seen_by_nobody_as_lost(store: Store) -> None:
    """Who writes through the door is shown the record as it is; a phone that did not see that meets a conflict."""
    put(store, "person", "p", person())
    phone = Phone(store, prescriber())
    early = phone.mutation("patch", "person", "p", 1, set={"given_name": "Grace"})
    put(store, "person", "p", person(given_name="Joan"))
    phone.push(early)
    assert all(name in kept(store) for name in ("Grace", "Joan"))
