import re

import numpy as np

from ml.training.world.places import DISTRICTS, district_documents, neighbourhoods, sector_documents
from tests.ml.world.contract import faults

PLACES = neighbourhoods(np.random.default_rng(1))


def test_the_fourteen_districts_are_there_under_their_codes():
    assert len({district.code for district in DISTRICTS}) == 14
    assert district_documents()["E07000071"]["name"] == "Colchester"
    assert district_documents()["E06000034"]["name"] == "Thurrock"


def test_no_postcode_could_be_anybodys():
    # Royal Mail uses neither Q, V nor X as the first letter of a postcode
    postcodes = [place.postcode(unit) for place in PLACES for unit in place.units]

    assert all(re.fullmatch(r"QE\d{1,2} \d[A-Z]{2}", postcode) for postcode in postcodes)
    assert len(set(postcodes)) == len(postcodes)


def test_a_phone_finds_an_address_in_its_districts_table():
    place = PLACES[8]
    address = place.draw(np.random.default_rng(2))
    sector = sector_documents(PLACES)[f"{place.district.code}.{place.outward}-{place.sector}"]

    assert sector["units"][address["postcode"][-2:]] == [address["easting"], address["northing"]]
    assert address["postcode"].startswith(sector["sector"])


def test_district_and_sector_documents_keep_the_contract():
    assert not faults({"district": district_documents(), "postcode_sector": sector_documents(PLACES)})


def test_every_neighbourhood_has_its_own_name():
    assert len({place.name for place in PLACES}) == len(PLACES)
