"""A course under concurrency: real threads on real databases, never overbooked, nobody lost between place and queue."""

from collections import Counter

import pytest

from server.storage.sql import SqlStore
from server.sync.door import Put
from tests.builders import TENANT, Phone, door, placement
from tests.promises.racing import together
from tests.server.events.test_courses import COURSE, worker

pytestmark = pytest.mark.slow
NAMES = [f"p{number:02}" for number in range(12)]


def test_twelve_phones_enrol_and_some_leave_at_once_and_no_place_is_given_twice(sql_store: SqlStore) -> None:
    places = [Put("placement", name, placement(person_id=f"person of {name}".replace(" ", "-"))) for name in NAMES]
    course = Put("course", "course-1", {**COURSE, "places": 4})
    door(sql_store).write([Put("asset", "asset-1", {"name": "Kitchen", "category": "cooking"}), course, *places])
    phones = {name: Phone(sql_store, worker(f"phone-{name}")) for name in NAMES}

    def enrol(name: str) -> None:
        phones[name].command("enrol", "placement", name, course_id="course-1")

    together([lambda name=name: enrol(name) for name in NAMES])
    with sql_store.read(TENANT) as view:
        docs = {each.key.id: each.doc for each in view.of_kind("placement")}
    assert Counter(doc["place_held"] for doc in docs.values()) == {"accepted": 4, "waiting": 8}
    assert sorted(doc["waiting_position"] for doc in docs.values() if doc["waiting_position"]) == list(range(1, 9))

    leaving = [name for name, doc in docs.items() if doc["place_held"] == "accepted"][:2]
    leaving += [name for name, doc in docs.items() if doc["waiting_position"] in (1, 5)]
    together([lambda name=name: phones[name].command("decline_place", "placement", name) for name in leaving])
    with sql_store.read(TENANT) as view:
        docs = {each.key.id: each.doc for each in view.of_kind("placement")}
        (count,) = view.of_kind("place_count")
    assert Counter(doc["place_held"] for doc in docs.values()) == {"accepted": 2, "offered": 2, "waiting": 4, "none": 4}
    assert sorted(doc["waiting_position"] for doc in docs.values() if doc["waiting_position"]) == [1, 2, 3, 4]
    assert (count.doc["places_open"], count.doc["waiting"]) == (0, 4)
