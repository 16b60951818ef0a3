"""Audits of whole versions in made-up worlds, as they are typed."""

import os
from pathlib import Path

import polars as pl
import pytest
from click.testing import CliRunner

from kith import kith
from ml.cli import ml
from ml.files import read_json
from ml.models.registry import Registry
from ml.training.tables import Tables
from ml.training.world import make_world
from server.storage.engine import make_engine
from server.storage.sql import SqlStore
from server.sync.door import Put
from tests.builders import door

pytestmark = pytest.mark.slow
ROOT = Path(__file__).resolve().parents[3]
SHARED = Path(os.environ.get("KITH_SHARED_DATA") or ROOT.parent / "shared" / "data")


def typed(home: Path, *words) -> str:
    found = CliRunner().invoke(ml, [str(word) for word in words], env={"KITH_HOME": str(home), "KITH_MODELS": ""})
    assert found.exit_code == 0, found.output
    return " ".join(found.output.split())


def place(folder, **settings):
    """Make a world and train on it; waits grow on a day in its last twelve weeks when `drift` is turned."""
    make_world(folder / "world", seed=21, referrals=2000, settings=settings)
    typed(folder, "dataset", "--from", folder / "world")
    typed(folder, "train")
    return folder


@pytest.fixture(scope="module")
def quiet(tmp_path_factory):
    return place(tmp_path_factory.mktemp("quiet"))


def kept(home, file):
    return read_json(Registry(home / "models").challenger().folder / file)


def test_quiet_windows_raise_no_alarm_and_a_covariate_that_grows_by_one_deviation_does_at_once(quiet, tmp_path):
    typed(quiet, "drift")
    windows = kept(quiet, "drift.json")["windows"]
    alarms = [one["name"] for window in windows for one in window["columns"] if one["moved"]]
    assert len(windows) >= 5
    assert alarms == []
    grown = place(tmp_path, drift=1.0, drift_days=84.0)
    typed(grown, "drift")
    first = kept(grown, "drift.json")["windows"][-3]
    assert "wait_days" in [one["name"] for one in first["columns"] if one["moved"]]
    assert any("wait_days has moved" in alarm for alarm in kept(grown, "drift.json")["alarms"])


def test_an_audit_against_the_truth_tells_every_group_and_repeats_to_the_byte(quiet):
    folder = Registry(quiet / "models").challenger().folder
    typed(quiet, "fairness", "--truth", quiet / "world")
    before = (folder / "fairness.json").read_bytes()
    said = typed(quiet, "fairness", "--truth", quiet / "world")
    assert (folder / "fairness.json").read_bytes() == before
    found = kept(quiet, "fairness.json")
    assert found["verdict"] in ("green", "amber")
    assert {"protected group", "deprivation", "disabled", "age"} <= {one["characteristic"] for one in found["groups"]}
    assert [one["sides"] for one in found["items"]] == ["untried : tried", "new : old", "small : large"]
    assert found["flip"]["clean"]
    assert "oracle" in found["data"]["inputs"]
    assert "0 other scores, 0 other lists" in said


def test_equality_records_are_read_from_a_table_and_few_people_are_not_shown(quiet, tmp_path):
    people = pl.read_parquet(quiet / "world" / "person.parquet")["id"].to_list()
    codes = [("Jedi" if place % 100 == 99 else "christian" if place % 2 else "none") for place in range(len(people))]
    pl.DataFrame({"person_id": people, "religion": codes}).write_parquet(tmp_path / "equality.parquet")
    typed(quiet, "fairness", "--from", quiet / "world", "--equality", tmp_path / "equality.parquet")
    (religion,) = [one for one in kept(quiet, "fairness.json")["groups"] if one["characteristic"] == "religion"]
    assert religion["suppressed"] == ["Jedi"]
    assert [group["group"] for group in religion["groups"]] == ["christian", "none"]
    assert "religion" in kept(quiet, "fairness.json")["flip"]["flipped"]


def test_deprivation_is_joined_by_area_and_said_not_to_be_told_where_records_name_none(quiet):
    deciles = SHARED / "essex_deprivation" / "imd2025_lsoa21_essex.csv"
    if not deciles.exists():
        pytest.skip("the shared table of deprivation does not lie beside the checkout")
    said = typed(quiet, "fairness", "--from", quiet / "world", "--deprivation", deciles)
    assert "Deprivation cannot be told: no person's record names an LSOA of that file." in said


def test_deprivation_goes_from_an_import_by_way_of_a_live_database_into_the_audit(quiet, tmp_path):
    """Nobody's postcode or area leaves the database; of two people in the poorest fifth nothing is shown."""
    tables = Tables(quiet / "world")
    newest = sorted(tables.documents("exposure"), key=lambda one: one[1]["shown_at"])[-300:]
    whose = {name: doc["person_id"] for name, doc in tables.documents("referral")}
    everybody = dict(tables.documents("person"))
    people = {whose[doc["referral_id"]]: everybody[whose[doc["referral_id"]]] for _, doc in newest}
    homes = sorted({doc["postcode"] for doc in people.values()})
    few = {doc["postcode"] for doc in list(people.values())[-2:]}
    areas = ["E01000001" if home in few else f"E0100000{2 + place % 2}" for place, home in enumerate(homes)]
    rows = [f"{home},{area}" for home, area in zip(homes, areas, strict=True)]
    (tmp_path / "postcodes.csv").write_text("\n".join(["postcode,lsoa21_code", *rows]), encoding="utf-8")
    (tmp_path / "imd.csv").write_text(
        "lsoa21_code,IMD_decile\nE01000001,1\nE01000002,4\nE01000003,10\n", encoding="utf-8"
    )
    live = {"KITH_HOME": str(tmp_path / "home"), "KITH_MODELS": ""}

    def run(*words):
        found = CliRunner().invoke(kith, [str(word) for word in words], env=live)
        assert found.exit_code == 0, found.output

    run("migrate")
    run("tenant", "add", "essex")
    run("import", "deprivation", tmp_path / "imd.csv", tmp_path / "postcodes.csv")
    store = SqlStore(make_engine(f"sqlite:///{tmp_path / 'home' / 'kith.db'}"))
    door(store).write(Put("person", name, doc) for name, doc in people.items())
    run("export", "--tenant", "essex", tmp_path / "tables")
    assert not (tmp_path / "tables" / "person.parquet").exists()
    folders = ("--from", quiet / "world", "--from", tmp_path / "tables")
    typed(quiet, "fairness", *folders)
    (audit,) = [one for one in kept(quiet, "fairness.json")["groups"] if one["characteristic"] == "deprivation"]
    assert audit["source"] == "areas of postcodes"
    assert audit["suppressed"] == ["fifth 1, the most deprived"]
    assert [one["group"][:7] for one in audit["groups"]] == ["fifth 2", "fifth 5"]
    assert {*map(tuple, dict(Tables(tmp_path / "tables").documents("deprivation")).values())} == {("fifth",)}


def test_a_challenger_runs_in_the_shadow_of_what_was_served(quiet):
    champion = Registry(quiet / "models").challenger().name
    typed(quiet, "evaluate")
    typed(quiet, "fairness", "--from", quiet / "world")
    typed(quiet, "promote", "--first")
    typed(quiet, "train", "--seed", 2)
    said = typed(quiet, "shadow", "--any", "--from", quiet / "world", "--newest", 200)
    assert f"in the shadow of {champion} on 200 slates" in said
    found = kept(quiet, "shadow.json")
    assert found["faults"] == {"version": {}, "champion": {}}
    assert found["agreement"]["kendall_tau"] > 0.7
