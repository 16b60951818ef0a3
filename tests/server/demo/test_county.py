from datetime import UTC, datetime
from pathlib import Path

import polars
import pytest

from mobile_contract.schemas import KINDS
from mobile_contract.validate import validate
from server.demo.county import ORDER, TENANT, CountyError, NotDemoError, is_loaded, load_county
from server.demo.courses import open_course
from server.demo.door import open_door
from server.demo.doorstep import made_up_doorstep
from server.demo.fieldwork import made_up_fieldwork
from server.demo.helping import made_up_help
from server.demo.recruiting import made_up_recruiting
from server.demo.training import made_up_training
from server.demo.upkeep import made_up_upkeep
from server.domain.statement import faults
from server.sync.door import Door, Put
from server.sync.model import Key
from server.sync.ports import Store
from tests.server.demo.conftest import TODAY


def door(store: Store, tenant: str = TENANT) -> Door:
    store.ensure_tenant(tenant)
    return open_door(store, tenant)


def held(store: Store) -> dict[Key, dict[str, object]]:
    with store.read(TENANT) as view:
        return {record.key: dict(record.doc) for kind in ORDER for record in view.of_kind(kind)}


def of_the_course(store: Store) -> set[Key]:
    """Name what the demonstration adds of a group with a course."""
    kinds = ("asset", "schedule", "course", "placement", "attendance")
    with store.read(TENANT) as view:
        return {one.key for kind in kinds for one in view.of_kind(kind) if one.key.id.startswith("songs-")}


@pytest.mark.slow
def test_the_county_comes_in_whole(store, hamlet):
    written = load_county(hamlet, store, door(store))

    districts = polars.read_parquet(hamlet / "district.parquet").height
    files = sum(polars.read_parquet(path).height for path in hamlet.glob("*.parquet"))
    bank = 1 + 1 + 3 + 2  # itself, its pot, three members, a choir and its account
    work = [*made_up_fieldwork(TODAY), *made_up_doorstep(TODAY), *made_up_upkeep(TODAY), *made_up_help(TODAY)]
    made_up = len([*work, *made_up_recruiting(TODAY), *made_up_training(TODAY)])
    courses = len(of_the_course(store))
    reports = 1  # of the round that is over
    assert written.created == files + 1 + 2 * 3 * districts + bank + made_up + reports + courses
    assert {key.kind for key in held(store)} == set(ORDER)


@pytest.mark.slow
def test_each_district_has_offers_of_a_time_bank_that_say_they_are_made_up(store, hamlet):
    load_county(hamlet, store, door(store))
    with store.read(TENANT) as view:
        offers = [record.doc for record in view.of_kind("offer") if record.key.id.startswith("offer-")]
        districts = [record.key.id for record in view.of_kind("district")]
        banks = {record.key.id for record in view.of_kind("organisation")}
    assert sorted(doc["district"] for doc in offers) == sorted(districts * 3)
    assert all(doc["made_up"] and "Made up" in doc["description"] and doc["bank_id"] in banks for doc in offers)


def test_made_up_volunteers_hold_made_up_trainings_and_one_waits_for_the_centre(store, hamlet):
    for _ in range(2):
        load_county(hamlet, store, door(store))
        with store.read(TENANT) as view:
            one = view.records([Key("volunteer", "newcomer-1")])[Key("volunteer", "newcomer-1")].doc
        assert [(each["training_id"], each["until_on"]) for each in one["trained"]] == [
            ("induction", None), ("lifting", "2026-12-01"),
        ]  # fmt: skip


def test_the_time_bank_has_exchanged_and_one_exchange_waits(store, hamlet):
    load_county(hamlet, store, door(store))
    with store.read(TENANT) as view:
        accounts = view.time_accounts("time-bank")
        assert list(faults(accounts, view.line_sums(), view.unbalanced())) == []
        balances = {one.id: one.balance_min for one in accounts if one.balance_min}
        states = [one.doc["status"] for one in view.of_kind("exchange")]
    # by hand: 60 in and 60 out, 90 in; 60 out, 90 in, a gift of 30, 90 out; 90 out and 60 in; the gift
    assert balances == {"time-000": 90, "time-001": -90, "time-002": -30, "time-choir": 30}
    assert sorted(states) == ["confirmed", "proposed", "proposed", "settled", "settled", "settled", "settled"]


def test_a_course_has_more_people_than_places_and_a_session_is_off(store):
    people = {f"p{n}": {"team_id": "team-mid", "given_name": "Ada", "family_name": f"{n}"} for n in range(6)}
    asked = {"team_id": "team-mid", "needs": ["loneliness"], "received_on": "2026-11-01"}
    referrals = {f"r{n}": {**asked, "person_id": f"p{n}"} for n in range(6)}
    at_nine = Door(store, TENANT, KINDS, validate, lambda: datetime(2026, 11, 21, 9, tzinfo=UTC))
    store.ensure_tenant(TENANT)
    at_nine.write([Put("person", *one) for one in people.items()])
    at_nine.write([Put("referral", *one) for one in referrals.items()])
    for _ in range(2):
        open_course(at_nine, referrals, TODAY)
        with store.read(TENANT) as view:
            places = [one.doc["place_held"] for one in view.of_kind("placement")]
            off = [one.doc["cancelled_on"] for one in view.of_kind("schedule")]
            told = [one.doc["status"] for one in view.of_kind("notice")]
        assert places == ["accepted", "accepted", "accepted", "waiting", "waiting", "none"]
        assert off == [["2026-12-02"]]
        assert told == ["active"] * 6


def test_loading_again_moves_nothing(store, hamlet):
    load_county(hamlet, store, door(store))
    before, seq = held(store), store.heads()[TENANT].seq
    again = load_county(hamlet, store, door(store))

    assert store.heads()[TENANT].seq == seq
    assert (again.created, again.changed) == (0, 0)
    assert held(store) == before


def test_places_are_counted_and_those_of_earlier_choices_are_taken(store, hamlet):
    load_county(hamlet, store, door(store))
    records = held(store)
    placements = [doc for key, doc in records.items() if key.kind == "placement" and not key.id.startswith("songs-")]
    taken = [doc["item_id"] for doc in placements]

    assert {doc["place_held"] for doc in placements} == {"accepted"}
    for item in taken:
        counts = records[Key("place_count", item)]
        assert (counts["places_total"], counts["places_open"]) == (9, 9 - taken.count(item))


def test_a_county_is_loaded_only_when_its_last_records_are_there(memory, hamlet, tmp_path):
    assert not is_loaded(memory)
    for path in hamlet.glob("*.parquet"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    (tmp_path / "measure.parquet").write_bytes(b"half a file")

    with pytest.raises(CountyError, match=r"measure\.parquet cannot be read"):
        load_county(tmp_path, memory, door(memory))
    assert not is_loaded(memory)

    load_county(hamlet, memory, door(memory))
    assert is_loaded(memory)


def test_a_load_that_was_cut_short_is_finished_by_the_next(memory, hamlet):
    class PulledPlugError(Exception):
        pass

    def pull_the_plug(words, done, total):
        if "person" in words:
            raise PulledPlugError

    with pytest.raises(PulledPlugError):
        load_county(hamlet, memory, door(memory), tell=pull_the_plug)
    assert held(memory)
    assert not is_loaded(memory)

    load_county(hamlet, memory, door(memory))
    assert is_loaded(memory)


def test_a_programme_of_another_name_is_refused(memory, hamlet):
    with pytest.raises(NotDemoError, match="not into essex-west"):
        load_county(hamlet, memory, door(memory, "essex-west"), "essex-west")


def test_a_programme_with_real_records_is_refused_and_left_alone(memory, hamlet):
    door(memory).write([Put("organisation", "real", {"name": "A real charity"})])

    with pytest.raises(NotDemoError, match="not made up"):
        load_county(hamlet, memory, door(memory))
    assert held(memory).keys() == {Key("organisation", "real")}


def test_a_missing_folder_is_said_in_a_sentence(memory, tmp_path: Path):
    with pytest.raises(CountyError, match=r"Delete the folder .* and try again"):
        load_county(tmp_path / "nowhere", memory, door(memory))


@pytest.mark.slow
def test_the_whole_county_comes_into_a_real_database(sqlite_store, county):
    assert load_county(county, sqlite_store, door(sqlite_store)).created > 4000
