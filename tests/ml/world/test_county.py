from collections import Counter
from datetime import date, datetime, timedelta

import pytest
from click.testing import CliRunner

from ml.training.world import make_county
from ml.training.world.cli import world
from ml.training.world.write import read_documents
from tests.ml.world.contract import dangling, faults, not_telling

TODAY = date(2026, 11, 21)


@pytest.fixture(scope="module")
def county(tmp_path_factory):
    folder = tmp_path_factory.mktemp("county")
    make_county(folder, 1, TODAY, history=400)
    return read_documents(folder)


@pytest.mark.slow
def test_the_county_keeps_the_contract_and_says_that_it_is_made_up(county):
    assert faults(county) == {}
    assert dangling(county) == []
    assert not_telling(county) == []


def test_there_is_as_much_as_was_promised(county):
    assert len(county["district"]) == 14
    assert len(county["asset"]) >= 300
    assert len({asset["category"] for asset in county["asset"].values()}) >= 12
    assert len(county["opportunity"]) >= 60
    assert len(county["volunteer"]) == 150
    assert len(county["person"]) == len(county["consent"]) == len(county["referral"]) == 400
    assert len({person["team_id"] for person in county["person"].values()}) >= 4
    assert sum(one.get("type") == "practice" for one in county["organisation"].values()) >= 14


def test_open_tasks_lie_in_the_coming_fortnight_each_with_its_private_part(county):
    first, last = f"{TODAY + timedelta(days=1)}", f"{TODAY + timedelta(days=15)}"

    assert len(county["task"]) >= 120
    assert county["task"].keys() == county["task_detail"].keys()
    assert all(task["status"] == "open" for task in county["task"].values())
    assert all(first <= task["window_from_at"] < task["window_until_at"] < last for task in county["task"].values())


def test_a_task_tells_the_public_neither_name_nor_address(county):
    for key, task in county["task"].items():
        detail = county["task_detail"][key]
        assert "postcode" not in task
        assert task["easting"] % 100 == task["northing"] % 100 == 0
        assert detail["name"] not in str(task)


def test_the_volunteers_with_sign_ins_live_where_their_tasks_are(county):
    homes = [county["volunteer"][f"volunteer-{number:03d}"]["district"] for number in range(3)]
    tasks = Counter(task["district"] for task in county["task"].values())

    assert homes == ["E07000070", "E07000070", "E07000071"]
    assert tasks["E07000070"] >= 5


def test_every_sector_of_the_peoples_postcodes_is_there(county):
    sectors = {one["sector"] for one in county["postcode_sector"].values()}

    assert all(person["postcode"][:-2] in sectors for person in county["person"].values())


def test_nothing_was_written_or_shown_after_today(county):
    tomorrow = f"{TODAY + timedelta(days=1)}"

    assert all(one["written_at"] < tomorrow for one in county["note"].values())
    assert all(one["shown_at"] < tomorrow for one in county["exposure"].values())
    assert all(one.get("outcome_on", "") < tomorrow for one in county["placement"].values())


def test_some_referrals_wait_for_somebody_today(county):
    recent = f"{TODAY - timedelta(days=30)}"
    waiting = [one for one in county["referral"].values() if one["received_on"] > recent]

    assert len(waiting) >= 5


def test_the_command_makes_a_world_and_says_what_it_made(tmp_path):
    done = CliRunner().invoke(world, ["--referrals", "60", "--seed", "8", "--dial", "hard", "--out", str(tmp_path)])

    assert done.exit_code == 0, done.output
    assert "a made-up history of 60 referrals" in done.output
    assert (tmp_path / "oracle" / "candidates.parquet").exists()


def test_a_world_ends_on_the_day_asked_for(tmp_path):
    done = CliRunner().invoke(world, ["--referrals", "50", "--today", "2025-06-30", "--out", str(tmp_path)])

    assert done.exit_code == 0, done.output
    exposures = read_documents(tmp_path)["exposure"].values()
    assert max(datetime.fromisoformat(one["shown_at"]).date() for one in exposures) < date(2025, 6, 30)
