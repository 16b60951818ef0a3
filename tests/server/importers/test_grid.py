from math import hypot, radians

import pytest

from server.importers.grid import easting_northing, project
from tests.server.importers.shared import rows_of, shared


def test_the_worked_example_of_the_ordnance_survey_comes_out_to_the_millimetre():
    # Guide to coordinate systems, annex C.1: 52°39'27.2531" N, 1°43'4.5177" E
    lat, lon = radians(52 + 39 / 60 + 27.2531 / 3600), radians(1 + 43 / 60 + 4.5177 / 3600)
    easting, northing = project(lat, lon)
    assert (round(easting, 3), round(northing, 3)) == (651409.903, 313177.270)


def test_the_greenwich_observatory_lies_where_its_map_shows_it():
    # Flamsteed House, TQ 3888 7733, a published grid reference good to 10 m
    easting, northing = easting_northing(51.47782, -0.00148)
    assert hypot(easting - 538885, northing - 177330) < 25


@pytest.mark.parametrize("place", [(100.0, 101.0), (0.0, 0.0), (51.5, 3.0), (48.9, 0.0), (float("nan"), 0.0)])
def test_a_position_outside_great_britain_is_refused(place):
    with pytest.raises(ValueError, match="outside Great Britain"):
        easting_northing(*place)


def test_every_postcode_of_the_county_comes_out_within_ten_metres():
    rows = rows_of(shared("essex_postcodes/postcodes_essex.csv"))
    apart = [
        hypot(easting - int(row["easting"]), northing - int(row["northing"]))
        for row in rows[::7]
        for easting, northing in [easting_northing(float(row["lat"]), float(row["lon"]))]
    ]
    assert len(apart) > 6_000
    assert max(apart) <= 10
