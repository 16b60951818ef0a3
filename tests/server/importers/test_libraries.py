import pytest

from server.importers.libraries import harvest_libraries, library
from server.importers.places import Place, Postcodes
from server.sync.model import Key
from tests.server.importers.shared import shared

TABLE = Postcodes([Place("E07000066", "SS14 1EE", 570_600, 188_600), Place("E07000072", "IG10 1AA", 542_000, 196_000)])
ROW = {
    "Local authority": "Essex County Council", "Library name": "Basildon Library", "Address 1": "The Basildon Centre",
    "Address 2": "Basildon ", "Address 3": "Essex", "Postcode": "SS14 1EE", "Year closed": "", "lat": "51.57091",
    "lon": "0.454689", "lad_code": "E07000066", "Email address": "basildon.library@example.org", "URL": "",
    "Co-located with": "",
}  # fmt: skip
ID = "library.basildon-library.SS14-1EE"


def take(**fields):
    return library({**ROW, **fields}, TABLE, {"Thurrock Council": "E06000034"})


def docs(kind, row):
    return {put.id: put.doc for put in row.puts if put.kind == kind}


def test_a_library_is_a_venue_with_its_building_and_its_council():
    row = take()
    asset = docs("asset", row)[ID]
    assert (asset["category"], asset["cost_pence"], asset["address"]) == (
        "library",
        0,
        "The Basildon Centre, Basildon, Essex",
    )
    assert (asset["district"], asset["easting"]) == ("E07000066", 570_600)
    assert docs("location", row)[asset["location_id"]]["organisation_id"] == "council.essex-county-council"
    assert docs("organisation", row)["council.essex-county-council"]["district"] == "county"


def test_a_council_whose_libraries_lie_in_one_district_belongs_to_it():
    row = take(**{"Local authority": "Thurrock Council"})
    assert docs("organisation", row)["council.thurrock-council"]["district"] == "E06000034"


def test_each_span_of_opening_is_a_weekly_time_whether_staffed_or_not():
    hours = {"Monday staffed hours": "10:00-13:00,14:00-17:00", "Tuesday staffed hours": "09:00-12:00",
             "Tuesday unstaffed hours": "12:00-19:00"}  # fmt: skip
    times = docs("schedule", take(**hours)).values()
    assert {(one["weekday"], one["from_time"], one["until_time"]) for one in times} == {
        ("mon", "10:00", "13:00"),
        ("mon", "14:00", "17:00"),
        ("tue", "09:00", "19:00"),
    }


def test_hours_that_cannot_be_read_are_dropped_and_the_rest_kept():
    row = take(**{"Monday staffed hours": "all day", "Tuesday staffed hours": "10:00-12:00"})
    assert len(docs("schedule", row)) == 1
    assert "hours-dropped" in row.repairs


def test_a_closed_library_is_refused_with_the_reason():
    assert take(**{"Year closed": "2015"}).refused == "closed"


def test_a_library_whose_postcode_is_in_no_table_lies_in_its_sectors_district_without_a_position():
    row = take(Postcode="IG10 1HD", lat="", lon="", lad_code="")
    (asset,) = docs("asset", row).values()
    assert (asset["district"], asset["easting"]) == ("E07000072", None)
    assert asset["repairs"] == ["district-from-sector", "position-unknown"]


def test_a_library_without_a_known_postcode_is_placed_by_its_coordinates():
    (asset,) = docs("asset", take(Postcode="")).values()
    assert asset["easting"] == pytest.approx(570_300, abs=500)


def test_a_name_that_does_not_say_library_is_given_the_word():
    (asset,) = docs("asset", take(**{"Library name": "Broomfield"})).values()
    assert asset["name"] == "Broomfield Library"


def test_the_libraries_of_essex_are_taken_but_for_the_closed_ones():
    found = harvest_libraries(shared("essex_libraries"), Postcodes([]))
    assert (found.rows, found.taken) == (99, 96)
    assert sorted(found.refused) == [
        ("Friars SS3 9UU", "closed"), ("Thorpedene SS3 9NW", "closed"), ("Wickford Library SS12 0AG", "closed"),
    ]  # fmt: skip
    assert Key("asset", "library.loughton-library.IG10-1HD") in found.puts
