"""A phone that is full: the made-up county and, for its first prescriber, thousands of records more of every day."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any, Final

from benchmarks.support.records import uuid7, varied_person
from server.demo.county import TENANT
from server.demo.door import open_door
from server.storage.engine import make_engine
from server.storage.sql import SqlStore
from server.sync.door import Put

TEAM: Final = "team-mid"
#: One of the team's districts.
DISTRICT: Final = "E07000070"
#: Records that each further person brings: themselves, a consent, a referral and two notes.
OF_A_PERSON: Final = 5
_NEEDS: Final = ("loneliness", "inactivity", "low_mood", "dementia")


def fill(home: Path, records: int, seed: int = 7) -> None:
    """Add `records` records, rounded down to whole people, to the first team's caseload in the county of `home`."""
    engine = make_engine(f"sqlite:///{home / 'kith.db'}")
    try:
        open_door(SqlStore(engine), TENANT).write(_caseload(records // OF_A_PERSON, Random(seed)), by="benchmark")
    finally:
        engine.dispose()


def fill_directory(home: Path, groups: int) -> None:
    """Have `groups` groups more in a district of the first team: other districts' again, with times and counts."""
    engine = make_engine(f"sqlite:///{home / 'kith.db'}")
    try:
        store = SqlStore(engine)
        with store.read(TENANT) as view:
            kept = {
                kind: {one.key.id: one.doc for one in view.of_kind(kind)}
                for kind in ("asset", "schedule", "place_count")
            }
        open_door(store, TENANT).write(_copies(kept, groups), by="benchmark")
    finally:
        engine.dispose()


def _copies(kept: dict[str, dict[str, Any]], groups: int) -> Iterator[Put]:
    others = sorted(id for id, doc in kept["asset"].items() if doc.get("district") != DISTRICT)[:groups]
    made = {id: uuid7() for id in others}
    for id, copy in made.items():
        yield Put(
            "asset", copy, {**kept["asset"][id], "district": DISTRICT, "location_id": None, "organisation_id": None}
        )
        if id in kept["place_count"]:
            yield Put("place_count", copy, {**kept["place_count"][id], "district": DISTRICT, "item_id": copy})
    for doc in kept["schedule"].values():
        if doc["item_id"] in made:
            yield Put("schedule", uuid7(), {**doc, "district": DISTRICT, "item_id": made[doc["item_id"]]})


def _caseload(people: int, chance: Random) -> Iterator[Put]:
    for number in range(people):
        person, then = uuid7(), datetime.now(UTC) - timedelta(days=chance.randint(0, 400))
        yield Put("person", person, {**varied_person(TEAM, number, chance), "made_up": True})
        yield Put("consent", uuid7(), _of(person, given_on=then.date().isoformat(), method="spoken", keep_record=True))
        referral = uuid7()
        yield Put("referral", referral, _referral(person, then, chance))
        for call in range(2):
            yield Put("note", uuid7(), _note(person, referral, then + timedelta(days=7 * call), chance))


def _of(person: str, **fields: Any) -> dict[str, Any]:
    return {"person_id": person, "team_id": TEAM, **fields}


def _referral(person: str, then: datetime, chance: Random) -> dict[str, Any]:
    needs = sorted(chance.sample(_NEEDS, 2))
    status = chance.choice(("received", "contacted", "shortlisted", "started", "sustained", "closed"))
    return _of(person, needs=needs, main_need=needs[0], received_on=then.date().isoformat(), status=status)


def _note(person: str, referral: str, then: datetime, chance: Random) -> dict[str, Any]:
    text = chance.choice(("Rang: no answer, will try on Tuesday.", "Went to the first session and liked it. " * 4))
    written = then.strftime("%Y-%m-%dT%H:%M:%SZ")
    return _of(person, referral_id=referral, type="call", text=text, written_at=written, author_name="Joan Honeyford")
