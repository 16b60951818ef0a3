"""Fuzz push: spoiled bodies must never break the server, nor change a record that they do not name.

``python -m tests.faults.fuzz_push --bodies 50000 --seed 1`` runs the long form and prints what was seen.
"""

import argparse
import json
import random
import sys
import tempfile
import uuid
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import select
from werkzeug.test import TestResponse

from mobile_contract.version import CURRENT, OLDEST
from server.storage.migrate import upgrade
from server.storage.tables import record
from server.sync.door import Put
from tests.builders import DISTRICT, task
from tests.faults.bodies import Body, spoil
from tests.server.api.house import PERSON, TENANT, House, Phone, make_house

OURS = [f"person-{number}" for number in range(4)]
THEIRS = "person-of-another-team"
TASKS = [f"task-{number}" for number in range(4)]
CHANGED = {"applied", "merged", "conflict"}
#: Records that follow from others: each says in one of these fields whom it follows.
FOLLOWING = {"conflict": ("record_id",), "claim": ("task_id",), "place_count": ("item_id",), "task_detail": ()}


class BrokenError(AssertionError):
    """Something happened that must not; the body that did it is in the message."""


@dataclass
class Fuzz:
    """A server, its phones, and a seeded source of bodies. seen : answers by status and outcome."""

    house: House
    chance: random.Random
    phones: list[Phone] = field(default_factory=list)
    seen: "Counter[str]" = field(default_factory=Counter)
    waiting: set[str] = field(default_factory=set)
    versions: dict[tuple[str, str], int] = field(default_factory=dict)
    acked: "Counter[str]" = field(default_factory=Counter)

    def prepare(self) -> None:
        """Put a few records there, and let three people sign in."""
        self.house.add("amina")
        self.house.add("vera", roles=["volunteer"], team_ids=[], volunteer_id="volunteer-1", districts=[DISTRICT])
        self.phones = [self.house.phone("amina", "phone-1"), self.house.phone("amina", "phone-2")]
        self.phones.append(self.house.phone("vera", "phone-3"))
        people = [Put("person", one, PERSON) for one in OURS]
        tasks = [Put("task", one, task()) for one in TASKS]
        details = [Put("task_detail", one, {"task_id": one, "centre_id": "centre-a"}) for one in TASKS]
        self.house.write(*people, Put("person", THEIRS, {**PERSON, "team_id": "t2"}), *tasks, *details)
        self._changed()

    def step(self) -> None:
        """Send one spoiled body and look at what it did."""
        phone = self.chance.choice(self.phones)
        raw = spoil(self._body(phone), self.chance)
        answer = self._send(phone, raw, combined=self.chance.random() < 0.2)
        self.seen[str(answer.status_code)] += 1
        if answer.status_code >= 500:
            raise BrokenError(f"{answer.status_code} {answer.get_data()[:300]!r} for {raw[:3000]!r}")
        told = answer.json.get("push", answer.json) if answer.status_code == 200 else {}
        self.acked[phone.device] = told.get("acked_lseq", self.acked[phone.device])
        self._judge(raw, told.get("results", []))

    def _send(self, phone: Phone, raw: bytes, *, combined: bool) -> TestResponse:
        """Send a body as a push, or as the first half of a combined sync."""
        headers = phone.headers | {"Content-Type": "application/json"}
        if not combined:
            return phone.client.post("/v1/sync/push", data=raw, headers=headers)
        both = b'{"push":' + raw + b',"pull":{"cursor":null,"limit":1}}'
        return phone.client.post("/v1/sync", data=both, headers=headers)

    def _judge(self, raw: bytes, results: list[dict[str, Any]]) -> None:
        sent: dict[str, list[Body]] = defaultdict(list)
        for one in _mutations(raw):
            if isinstance(one.get("mid"), str):
                sent[one["mid"]].append(one)
        named: set[str] = set()
        for result in results:  # one a mutation, in their order: two may have one mid and say different things
            self.seen[result["outcome"]] += 1
            mutation = sent[result["mid"]].pop(0) if sent[result["mid"]] else {}
            if result["outcome"] in CHANGED:
                named.add(str(mutation.get("id")))
            if result["outcome"] == "deferred":
                self.waiting.add(str(mutation.get("id")))
        for (kind, record_id), doc in self._changed().items():
            subjects = {record_id, *(doc.get(name) for name in FOLLOWING.get(kind, ()))}
            if not subjects & (named | self.waiting) or record_id == THEIRS:
                raise BrokenError(f"{kind} {record_id} changed, unnamed, after {raw[:3000]!r}")

    def _changed(self) -> dict[tuple[str, str], dict[str, Any]]:
        """Give the records whose version is another than at the last look."""
        with self.house.services.store.engine.connect() as connection:
            newest = max(self.versions.values(), default=0)
            rows = connection.execute(
                select(record.c.kind, record.c.id, record.c.version, record.c.doc)
                .where(record.c.tenant == TENANT, record.c.version > newest)
            ).all()  # fmt: skip
        changed = {(row.kind, row.id): json.loads(row.doc) for row in rows}
        self.versions.update({(row.kind, row.id): row.version for row in rows})
        return changed

    def _body(self, phone: Phone) -> Body:
        first = self.acked[phone.device] + 1
        mutations = [self._mutation(phone, first + number) for number in range(self.chance.randint(1, 5))]
        return phone.push_body(*mutations, schema=self.chance.randint(OLDEST, CURRENT))

    def _mutation(self, phone: Phone, lseq: int) -> Body:
        mid = str(uuid.UUID(int=self.chance.getrandbits(128), version=4))
        op, kind, record_id, given = self.chance.choice(self._deeds())
        base = self.chance.choice([0, 1, 5, 1000])
        return phone.mutation(kind, record_id, lseq=lseq, mid=mid, op=op, base=base, **given)

    def _deeds(self) -> list[tuple[str, str, str, Body]]:
        new, ours, job = f"new-{self.chance.randrange(10**9)}", self.chance.choice(OURS), self.chance.choice(TASKS)
        note = {"person_id": ours, "team_id": "t1", "type": "call", "text": "Rang."}
        note |= {"written_at": "2026-11-21T09:00:00Z"}
        photo = {"person_id": ours, "team_id": "t1", "owner_kind": "person", "owner_id": ours, "purpose": "photo"}
        photo |= {"media_type": "image/png", "bytes": 1000}
        claim = {"command": {"name": "claim", "args": {}, "valid_until": "2026-12-01T00:00:00Z"}}
        return [
            ("create", "person", new, {"set": {**PERSON, "languages": ["en"], "max_km": 3}}),
            ("create", "note", new, {"set": note}),
            ("create", "attachment", new, {"set": photo}),
            ("create", "note", new, {"set": {**note, "person_id": f"missing-{self.chance.randrange(50)}"}}),
            ("patch", "person", ours, {"set": {"given_name": "Bea", "languages": {"add": ["pl"], "remove": ["en"]}}}),
            ("patch", "person", ours, {"set": {"do_not_contact": True, "what_matters": "Walking."}}),
            ("patch", "person", THEIRS, {"set": {"given_name": "Eve"}}),
            ("delete", "person", new, {}),
            ("command", "task", job, claim),
            ("patch", "task", job, {"set": {"status": "cancelled"}}),
        ]


def _mutations(raw: bytes) -> list[Body]:
    """Read the mutations of a body as leniently as anybody might."""
    try:
        body = json.loads(raw.decode("utf-8-sig", "surrogatepass"))
    except (ValueError, RecursionError):
        return []
    found = body.get("mutations") if isinstance(body, dict) else None
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def run(folder: Path, url: str, seed: int, bodies: int) -> "Counter[str]":
    """Send `bodies` spoiled bodies; BrokenError at the first that does harm."""
    fuzz = Fuzz(make_house(folder, url), random.Random(seed))
    fuzz.prepare()
    for number in range(bodies):
        if number % 2000 == 1999:  # tokens end, phones do not
            fuzz.phones = [
                fuzz.house.phone("vera" if one.device == "phone-3" else "amina", one.device) for one in fuzz.phones
            ]
        fuzz.step()
    fuzz.house.services.reads.write()  # before the folder goes
    return fuzz.seen


def main() -> None:
    """Run the long form from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bodies", type=int, default=50_000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/kith.db"
        upgrade(url)
        seen = run(Path(folder), url, asked.seed, asked.bodies)
    sys.stdout.write(f"{asked.bodies} bodies, seed {asked.seed}: nothing broke. {dict(seen.most_common())}\n")


if __name__ == "__main__":
    main()
