from math import hypot

import pytest

from server.importers.places import Clues, Place, Postcodes, locate, tidy_postcode

CHELMSFORD = Place("E07000070", "CM1 1AB", 570_600, 206_900)
TABLE = Postcodes(
    [
        CHELMSFORD,
        Place("E07000070", "CM1 1AD", 570_650, 206_950),
        Place("E07000072", "IG10 1AA", 542_000, 196_000),
        Place("E07000070", "CM1 3ZZ", 566_000, 207_000),
        Place("E07000068", "CM1 3ZY", 565_900, 207_000),
    ]
)
# 51.7336 N, 0.4691 E lies in Chelmsford, a few hundred metres from CM1 1AB
NEARBY = {"latitude": 51.7336, "longitude": 0.4691}


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("CM1 1AB", ("CM1 1AB", ())),
        ("cm11ab", ("CM1 1AB", ("postcode-tidied",))),
        (" SS14  1EE ", ("SS14 1EE", ("postcode-tidied",))),
        ("ABC 1234", (None, ("postcode-dropped",))),
        ("", (None, ())),
    ],
)
def test_a_postcode_is_written_the_usual_way(raw, expected):
    assert tidy_postcode(raw) == expected


def test_a_known_postcode_decides():
    assert locate(Clues("cm1 1ab"), TABLE) == (CHELMSFORD, ("postcode-tidied",))


def test_coordinates_far_from_the_postcode_are_reported_and_not_believed():
    place, repairs = locate(Clues("CM1 1AB", 51.9, 0.9), TABLE)
    assert place == CHELMSFORD
    assert repairs == ("position-disagrees",)


def test_without_a_known_postcode_the_coordinates_decide_and_the_nearest_postcode_names_the_district():
    place, repairs = locate(Clues("", **NEARBY), TABLE)
    assert place.district == "E07000070"
    assert hypot(place.easting - 570_600, place.northing - 206_900) < 1_000
    assert repairs == ("position-from-coordinates", "district-from-nearest")


def test_coordinates_far_from_every_postcode_are_shown_across_the_county():
    place, repairs = locate(Clues("BS1 4DJ", 51.4496, -2.5811), TABLE)
    assert (place.district, place.postcode) == ("county", "BS1 4DJ")
    assert place.easting == pytest.approx(359_700, abs=200)  # Bristol Temple Meads, ST 597 724
    assert "district-unknown" in repairs


def test_without_a_position_no_distance_can_be_shown():
    place, repairs = locate(Clues("IG10 1HD"), TABLE)
    assert place == Place("E07000072", "IG10 1HD")
    assert repairs == ("position-unknown", "district-from-sector")


def test_a_sector_in_two_districts_names_neither():
    place, repairs = locate(Clues("CM1 3AA"), TABLE)
    assert place == Place("county", "CM1 3AA")
    assert repairs == ("position-unknown", "district-unknown")


def test_impossible_coordinates_are_dropped():
    place, repairs = locate(Clues("ABC 1234", 100, 101), TABLE)
    assert place == Place("county")
    assert repairs == ("postcode-dropped", "position-dropped", "position-unknown", "district-unknown")


def test_the_table_is_read_back_from_its_documents():
    again = Postcodes.from_sectors([{"district": "E07000070", "sector": "CM1 1", "units": {"AB": [570_600, 206_900]}}])
    assert again.find("CM1 1AB") == CHELMSFORD
    assert len(again) == 1
