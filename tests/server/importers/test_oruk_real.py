import json
from collections import Counter
from functools import cache

import pytest

from mobile_contract.validate import validate
from server.importers.oruk.pages import page_of
from server.importers.oruk.record import Origin
from server.importers.oruk.services import harvest_services
from server.importers.places import Postcodes
from tests.server.importers.shared import shared

ORIGIN = Origin("feed", Postcodes([]))


@cache
def harvest(name):
    return harvest_services(page_of(json.loads(shared(name).read_text(encoding="utf-8"))).items, ORIGIN)


def breaches(found):
    return [
        (put.kind, put.id, errors) for put in found.puts.values() if (errors := validate(put.kind, put.doc, False)[1])
    ]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("letter", "rows", "taken", "folded", "organisations"), [("a", 819, 817, 1, 594), ("b", 738, 738, 0, 239)]
)
def test_a_real_dirty_feed_is_taken_whole_but_for_what_has_no_name(letter, rows, taken, folded, organisations):
    found = harvest(f"oruk_feed_shapes/feed_{letter}_openplace_v2.json")
    assert (found.rows, found.taken, found.folded) == (rows, taken, folded)
    assert [reason for _, reason in found.refused] == ["no-name"] * (rows - taken - folded)
    assert Counter(key.kind for key in found.puts) == {"asset": taken, "organisation": organisations}
    assert breaches(found) == []


def test_the_defects_that_were_counted_in_the_real_feed_are_the_repairs_that_are_reported():
    found = harvest("oruk_feed_shapes/feed_a_openplace_v2.json")
    assert found.repairs["several-emails"] == 4
    # 15 rows of the feed were never assured; one of them is folded into a row of the same id that was
    assert found.repairs["never-assured"] == 14
    assert "email-dropped" not in found.repairs


def test_no_markup_is_left_in_any_description():
    for letter in "ab":
        for put in harvest(f"oruk_feed_shapes/feed_{letter}_openplace_v2.json").puts.values():
            text = put.doc.get("description") or ""
            assert not any(mark in text for mark in ("<p", "</", "<br", "&nbsp;", "&amp;"))


@pytest.mark.parametrize("mock", ["Default", "Warn", "Test", "Fail"])
@pytest.mark.parametrize("file", ["service_list", "service_full"])
def test_the_official_validators_examples_become_sound_records(mock, file):
    found = harvest(f"oruk_schemas/validator-mocks/V3.0-UK-{mock}/{file}.json")
    assert found.taken >= 1
    assert found.rows == found.taken + found.folded
    assert breaches(found) == []
