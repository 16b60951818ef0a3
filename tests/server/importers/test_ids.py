import re

from mobile_contract.kind import ID_PATTERN
from server.importers.ids import part_id, record_id, slug


def test_a_uuid_stands_as_it_is_whatever_the_source_is_called():
    raw = "D6D6A846-d290-5b9d-b513-f182b3c930f8"
    assert record_id("a", raw) == record_id("b", raw) == ("d6d6a846-d290-5b9d-b513-f182b3c930f8", ())


def test_any_other_id_belongs_to_its_source():
    assert record_id("council", "17") == ("council.17", ())
    assert record_id("charity", "17") == ("charity.17", ())


def test_an_id_that_no_record_can_have_is_replaced_by_one_that_stays_the_same():
    first, repairs = record_id("council", "services/17 & 18")
    assert re.fullmatch(ID_PATTERN, first)
    assert repairs == ("id-made",)
    assert record_id("council", "services/17 & 18")[0] == first
    assert record_id("council", "services/17 & 19")[0] != first


def test_a_part_of_a_long_id_still_fits():
    whole = "x" * 60
    assert re.fullmatch(ID_PATTERN, part_id(whole, "mon.1"))
    assert part_id(whole, "mon.1") != part_id(whole, "mon.2")
    assert part_id("a", "mon.1") == "a.mon.1"


def test_a_slug_is_plain():
    assert slug("St. Martin's Square") == "st-martin-s-square"
