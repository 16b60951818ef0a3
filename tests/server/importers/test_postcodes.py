import pytest

from server.importers.postcodes import harvest_postcodes
from server.sync.model import Key
from tests.server.importers.shared import shared


def table(tmp_path, *rows):
    path = tmp_path / "postcodes.csv"
    path.write_text("\n".join(["postcode,easting,northing,lad_code", *rows]), encoding="utf-8")
    return path


def test_a_sector_in_two_districts_is_two_records(tmp_path):
    rows = ("CM1 3ZZ,566000,207000,E07000070", "CM1 3ZY,565900,207001,E07000068", "CM1 3ZX,566010,207010,E07000070")
    found = harvest_postcodes(table(tmp_path, *rows))
    assert found.puts[Key("postcode_sector", "E07000070.CM1-3")].doc == {
        "district": "E07000070",
        "sector": "CM1 3",
        "units": {"ZX": [566010, 207010], "ZZ": [566000, 207000]},
    }
    assert found.puts[Key("postcode_sector", "E07000068.CM1-3")].doc["units"] == {"ZY": [565900, 207001]}
    assert (found.rows, found.taken) == (3, 3)


def test_rows_that_place_nothing_are_refused_by_name(tmp_path):
    rows = (
        "CM1,1,1,E07000070",
        "CM1 1AA,0,0,E07000070",
        "CM1 1AB,x,1,E07000070",
        "CM1 1AC,1,1,Essex",
        "CM1 1AD,1,1,E07000070",
    )
    found = harvest_postcodes(table(tmp_path, *rows))
    assert [reason for _, reason in found.refused] == ["not-a-postcode", "no-position", "no-position", "no-code"]
    assert found.taken == 1


def test_a_postcode_given_twice_is_folded_and_one_badly_written_is_tidied(tmp_path):
    found = harvest_postcodes(table(tmp_path, "cm11aa,1,1,E07000070", "CM1 1AA,1,1,E07000070"))
    assert (found.taken, found.folded) == (1, 1)
    assert found.repairs == {"postcode-tidied": 1, "repeated-id": 1}


@pytest.mark.slow
def test_every_postcode_of_the_county_is_taken():
    told = []
    found = harvest_postcodes(shared("essex_postcodes/postcodes_essex.csv"), told.append)
    assert (found.rows, found.taken, found.repaired) == (46_844, 46_844, 0)
    assert len(found.puts) == 341
    assert sum(len(put.doc["units"]) for put in found.puts.values()) == 46_844
    assert told == list(range(5_000, 46_844, 5_000))
