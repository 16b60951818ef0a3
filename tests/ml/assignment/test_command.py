"""`kith ml assign`, on tables that are small enough to share out by hand."""

import json

import pytest
from click.testing import CliRunner

from ml.cli.group import ml
from ml.training.tables import write_table

PLACE = {"easting": 570_000, "northing": 206_000, "district": "E07000070"}
GROUP = PLACE | {"category": "social_group", "cost_pence": 0, "languages": ["en"]}


@pytest.fixture
def tables(tmp_path):
    """Three wait for two groups with a place each; a fourth has been placed, a fifth was never ranked."""

    def write(kind, **docs):
        write_table(tmp_path / "tables" / f"{kind}.parquet", [(name, 1, doc) for name, doc in docs.items()])

    asked = {"needs": ["loneliness"], "main_need": "loneliness", "status": "received"}
    write("referral", **{
        name: asked | {"person_id": name.replace("r", "p"), "received_on": day}
        for name, day in (("r1", "2026-11-01"), ("r2", "2026-10-01"), ("r3", "2026-11-10"), ("r4", "2026-09-01"),
                          ("r5", "2026-11-12"), ("r6", "2026-12-01"))
    })  # fmt: skip
    write("person", **{f"p{n}": PLACE | {"languages": ["en"], "max_km": 5} for n in (1, 2, 4)})
    write("exposure", **{
        f"x{n}": {"referral_id": "r3", "shown_at": f"2026-11-1{n}T09:00:00Z", "query": {"needs_mask": need}}
        for n, need in ((1, 1 << 9), (2, 1))
    })  # fmt: skip
    write("placement", pl={"referral_id": "r4", "status": "accepted"}, old={"referral_id": "r1", "status": "declined"})
    write("asset", a=GROUP | {"name": "Tea"}, b=GROUP | {"name": "Chat"})
    write("place_count", a={"places_open": 1}, b={"places_open": 1})
    return tmp_path / "tables"


def run(tables, tmp_path, *more):
    out = tmp_path / "out.json"
    asked = ["assign", "--from", str(tables), "--today", "2026-11-20", "--registry", str(tmp_path / "none")]
    done = CliRunner().invoke(ml, [*asked, "--out", str(out), *more])
    assert done.exit_code == 0, done.output
    return out.read_bytes(), done.output


def test_those_who_waited_longest_of_equals_are_proposed_for_and_nobody_is_placed(tables, tmp_path):
    before = {path: path.read_bytes() for path in tables.iterdir()}
    written, said = run(tables, tmp_path)
    told = json.loads(written)
    assert [each["referral_id"] for each in told["proposals"]] == ["r2", "r1"]
    assert {each["item_id"] for each in told["proposals"]} == {"a", "b"}
    assert (told["waiting"], told["waiting_and_never_ranked"], told["without_a_proposal"]) == (3, 1, 1)
    assert "A person decides about each" in said
    assert {path: path.read_bytes() for path in tables.iterdir()} == before


def test_the_same_tables_give_the_same_bytes_and_say_which_they_were(tables, tmp_path):
    first, _ = run(tables, tmp_path)
    assert run(tables, tmp_path)[0] == first
    told = json.loads(first)
    assert len(told["tables"]["referral"][0]) == 64
    assert told["pack"]["version"] == "rules"


def test_a_missing_table_is_told_in_a_sentence(tmp_path):
    done = CliRunner().invoke(ml, ["assign", "--from", str(tmp_path), "--today", "2026-11-20"])
    assert (done.exit_code, done.output.strip()) == (1, f"Error: There is no table referral.parquet in {tmp_path}.")
