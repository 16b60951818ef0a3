"""Counts that rankers read: as of today, each referral once, written only where they changed."""

from dataclasses import astuple
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from ml.training.world.dials import dials
from ml.training.world.world import simulate
from server.storage.memory import MemoryStore
from server.storage.sql import SqlStore
from server.storage.testing_tallies import keep
from server.sync.door import Put
from server.sync.model import Key
from server.sync.recounting import Countable, Recounted, Tally, recount
from tests.builders import DISTRICT, NOW, TENANT, Phone, centre, door, place_count, placement

TODAY = date(2026, 11, 21)
COUNTS = ("shown", "chosen", "started", "sustained", "chosen_90d")


def days_ago(days: int) -> str:
    return (NOW - timedelta(days=days)).strftime("%Y-%m-%dT%H:%M:%SZ")


def group(name: str) -> Put:
    doc = {"organisation_id": "org", "name": name, "category": "social_group", "district": DISTRICT}
    return Put("asset", name, doc)


def slate(name: str, referral: str, days: int, *items: str) -> Put:
    lines = [
        {"kind": "asset", "id": item, "position": at, "score": 1.0, "propensity": 1.0} for at, item in enumerate(items)
    ]
    about = {"referral_id": referral, "team_id": "team-a", "ranked_on": "phone", "model_version": "rules"}
    return Put("exposure", name, {**about, "policy": "p", "query": {}, "shown_at": days_ago(days), "items": lines})


def choice(name: str, referral: str, days: int, item: str = "tea", **more: Any) -> Put:
    return Put("placement", name, placement(referral_id=referral, item_id=item, chosen_at=days_ago(days), **more))


def counts(store: Countable, item: str = "tea") -> tuple[int, ...]:
    with store.read(TENANT) as view:
        doc = view.records([Key("place_count", item)])[Key("place_count", item)].doc
    return tuple(doc[name] for name in COUNTS)


def count(store: Countable, now: datetime = NOW) -> Recounted:
    return recount(store, door(store, now), TENANT, now)


def lived(store: Countable) -> None:
    """Two were shown tea and the choir long ago, one chose tea and stayed; another chose it last week."""
    door(store).write(
        [
            group("tea"), group("choir"),
            slate("x-1", "ada", 84, "tea", "choir"), slate("x-2", "bea", 200, "tea"), slate("x-3", "cat", 83, "tea"),
            choice("p-1", "ada", 84, attended=5, status="ended"), choice("p-2", "cat", 7),
        ],
        by="phone-a",
    )  # fmt: skip


def test_items_without_counts_get_them_and_phones_hear_of_it(store: Countable) -> None:
    lived(store)
    phone = Phone(store, centre())
    phone.pull()
    assert count(store) == Recounted(items=2, changed=2)
    assert counts(store) == (2, 1, 1, 1, 2)
    assert counts(store, "choir") == (1, 0, 0, 0, 0)
    heard = {row.id: row.kind for row in phone.pull().rows}
    assert heard == {"tea": "place_count", "choir": "place_count"}


def test_a_second_count_moves_nothing(store: Countable) -> None:
    lived(store)
    count(store)
    with store.read(TENANT) as view:
        before = view.head().seq
    assert count(store) == Recounted(items=2, changed=0)
    with store.read(TENANT) as view:
        assert view.head().seq == before


def test_a_choice_counts_as_lately_for_ninety_days_and_as_settled_from_the_eighty_fourth(store: Countable) -> None:
    door(store).write([group("tea"), choice("p-1", "ada", 0)], by="phone-a")
    seen = []
    for days in (0, 83, 84, 89, 90):
        count(store, NOW + timedelta(days=days))
        seen.append(counts(store))
    lately, both, settled = (0, 0, 0, 0, 1), (0, 1, 0, 0, 1), (0, 1, 0, 0, 0)
    assert seen == [lately, lately, both, both, settled]


def test_only_what_changed_is_written_and_places_stay_as_they_are(store: Countable) -> None:
    lived(store)
    door(store).write([Put("place_count", name, place_count(5, item_id=name)) for name in ("tea", "choir")])
    assert count(store) == Recounted(items=2, changed=2)
    door(store).write([choice("p-3", "dot", 1)], by="phone-a")
    assert count(store) == Recounted(items=2, changed=1)
    with store.read(TENANT) as view:
        doc = view.records([Key("place_count", "tea")])[Key("place_count", "tea")].doc
    assert (doc["places_total"], doc["places_open"], doc["chosen_90d"]) == (5, 5, 3)


def test_what_was_counted_wrongly_or_is_no_more_is_put_right(store: Countable) -> None:
    door(store).write([Put("place_count", "tea", place_count(5, item_id="tea", chosen=9, chosen_90d=4))])
    assert count(store) == Recounted(items=1, changed=1)
    assert counts(store) == (0, 0, 0, 0, 0)


def test_items_that_are_gone_and_tasks_get_no_counts(store: Countable) -> None:
    door(store).write([group("tea"), choice("p-1", "ada", 1), choice("p-2", "ada", 1, item="nowhere")], by="phone-a")
    door(store).write([choice("p-3", "ada", 1, item="errand", item_kind="task")], by="phone-a")
    door(store).remove([Key("asset", "tea")])
    assert count(store) == Recounted(items=0, changed=0)


class Interrupted(MemoryStore):
    """Lets another count to its end between counting and writing."""

    met = False

    def tallies(self, tenant: str, settled: str, lately: str) -> Any:
        found = super().tallies(tenant, settled, lately)
        if not self.met:
            self.met = True
            count(self)
            door(self).write([Put("place_count", "tea", place_count(4, item_id="tea", chosen=1))])
        return found


def test_two_that_count_at_once_take_no_places_away() -> None:
    store = Interrupted()
    lived(store)
    count(store)
    with store.read(TENANT) as view:
        doc = view.records([Key("place_count", "tea")])[Key("place_count", "tea")].doc
    assert doc["places_total"] == 4
    assert count(store).items == 2
    assert counts(store) == (2, 1, 1, 1, 2)


@pytest.mark.slow
def test_a_made_up_year_and_a_half_is_counted_as_the_world_counted_it(sqlite_store: SqlStore) -> None:
    """The world's own ledger went forward day by day and knows nothing of this way to count."""
    documents = simulate(seed=1, referrals=400, dials=dials("rural", None), today=TODAY, prefix="").documents
    for kind in ("exposure", "placement"):
        keep(sqlite_store, kind, *documents[kind].values())
    settled, lately = TODAY - timedelta(days=84), TODAY - timedelta(days=89)
    found = sqlite_store.tallies(TENANT, settled.isoformat(), lately.isoformat())
    told = {Key(doc["item_kind"], item): doc for item, doc in documents["place_count"].items()}
    assert {key: tuple(doc[name] for name in COUNTS) for key, doc in told.items()} == {
        key: astuple(found.get(key, Tally())) for key in told
    }
    assert all(any(doc[name] for doc in told.values()) for name in COUNTS)
