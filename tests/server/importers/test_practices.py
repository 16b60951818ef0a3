import pytest

from server.importers.places import Place, Postcodes
from server.importers.practices import harvest_practices, practice, title
from tests.server.importers.shared import shared

TABLE = Postcodes([Place("E07000069", "SS7 4EA", 576_000, 189_000)])
ROW = {"ods_code": "F81001", "name": "DR KHAN & PARTNERS", "postcode": "SS7 4EA", "lat": "51.570733", "lon": "0.548167",
       "lad_code": "E07000069"}  # fmt: skip


def test_a_practice_is_an_organisation_under_its_ods_code():
    (put,) = practice(ROW, TABLE).puts
    assert (put.kind, put.id) == ("organisation", "practice.F81001")
    assert (put.doc["type"], put.doc["ods_code"], put.doc["name"]) == ("practice", "F81001", "Dr Khan & Partners")
    assert (put.doc["easting"], put.doc["district"]) == (576_000, "E07000069")


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("THE EDEN SURGERIES", "The Eden Surgeries"),
        ("HOUSE OF THE ROSES GP PRACTICE", "House of the Roses GP Practice"),
        ("ST. MARTIN'S SURGERY", "St. Martin's Surgery"),
        ("BURNHAM-ON-CROUCH SURGERY", "Burnham-on-Crouch Surgery"),
        ("McKenzie House", "McKenzie House"),
    ],
)
def test_a_name_in_capitals_is_written_as_people_write_it(raw, expected):
    assert title(raw)[0] == expected


@pytest.mark.parametrize(("change", "reason"), [({"ods_code": "?"}, "no-code"), ({"name": ""}, "no-name")])
def test_a_practice_without_code_or_name_is_refused(change, reason):
    assert practice({**ROW, **change}, TABLE).refused == reason


def test_a_practice_outside_the_table_is_placed_by_its_coordinates():
    row = practice(ROW, Postcodes([]))
    assert row.puts[0].doc["easting"] is not None
    assert "position-from-coordinates" in row.repairs


def test_the_practices_of_essex_are_taken_each_with_a_place():
    found = harvest_practices(shared("essex_nhs_organisations/gp_practices_essex.csv"), Postcodes([]))
    assert (found.taken, found.refused) == (209, [])
    assert all(put.doc["district"] and put.doc["easting"] for put in found.puts.values())
