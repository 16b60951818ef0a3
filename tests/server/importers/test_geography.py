import pytest

from server.importers.geography import district, harvest_geography
from server.importers.problems import SourceError
from tests.server.importers.shared import shared

SOUTHEND = {"lad24_code": "E06000033", "lad24_name": "Southend-on-Sea ", "lat": "51.548379", "lon": "0.711626"}


def test_a_district_is_known_by_its_code_and_has_a_centre():
    row = district(SOUTHEND)
    (put,) = row.puts
    assert (put.id, put.doc["name"]) == ("E06000033", "Southend-on-Sea")
    assert abs(put.doc["easting"] - 588_100) < 300  # Prittlewell, TQ 881 868
    assert abs(put.doc["northing"] - 186_800) < 300
    assert row.repairs == ("spaces",)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"lad24_code": "Essex"}, "no-code"),
        ({"lad24_name": " "}, "no-name"),
        ({"lat": "north"}, "no-position"),
        ({"lat": "0"}, "no-position"),
    ],
)
def test_a_district_without_what_it_needs_is_refused(change, reason):
    assert district({**SOUTHEND, **change}).refused == reason


def test_the_fourteen_districts_of_essex_are_taken(tmp_path):
    found = harvest_geography(shared("essex_geography"))
    assert (found.taken, found.refused) == (14, [])
    assert {key.id for key in found.puts} == {
        "E06000033",
        "E06000034",
        *(f"E070000{number}" for number in range(66, 78)),
    }


def test_a_folder_without_districts_or_with_another_table_is_a_plain_problem(tmp_path):
    with pytest.raises(SourceError, match=r"districts\.csv cannot be read"):
        harvest_geography(tmp_path)
    (tmp_path / "districts_x.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(SourceError, match="has no column lad24_code"):
        harvest_geography(tmp_path)
    (tmp_path / "districts_x.csv").write_bytes(b"lad24_code,lad24_name,lat,lon\n\xff\xfe\n")
    with pytest.raises(SourceError, match="not a table in UTF-8"):
        harvest_geography(tmp_path)
