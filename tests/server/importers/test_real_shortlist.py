"""The story on real input, as far as the server goes: a referral from a real practice gets a true shortlist."""

from datetime import date
from math import hypot

import pytest

from server.importers.steps import import_essex
from server.recommend import Request, candidates_in, shortlist
from server.sync.model import Key
from tests.server.importers.shared import shared

TODAY = date(2026, 11, 21)
PRACTICE = Key("organisation", "practice.F81011")  # in Kelvedon
PERSON = {
    "team_id": "t", "given_name": "Ada", "family_name": "Madeup", "age_band": "65_74", "languages": ["en"],
    "travel": "car", "max_km": 10, "audience": "anyone", "availability": [], "access_needs": [], "online_ok": True,
    "group_preference": "any",
}  # fmt: skip
REFERRAL = {
    "person_id": "p", "team_id": "t", "referrer_organisation_id": PRACTICE.id, "needs": ["learning", "loneliness"],
    "main_need": "learning", "urgency": "routine", "received_on": "2026-11-20", "status": "received",
}  # fmt: skip


@pytest.mark.slow
def test_a_referral_from_a_real_practice_is_offered_real_libraries_at_their_true_distance(site):
    reports = import_essex(shared(), site, lambda *_: None)
    assert [report.harvest.rows for report in reports] == [14, 46_844, 99, 209, 819, 738]
    home = site.postcodes().find(site.held([PRACTICE])[PRACTICE].doc["postcode"])
    with site.store.read(site.tenant) as view:
        candidates = candidates_in(view, {f"directory:{home.district}", "directory:county"})
    slate = shortlist(None, Request("r1", REFERRAL, {**PERSON, **home.fields()}, candidates, TODAY))
    docs = {item.id: item.doc for item in candidates}
    placed = [item for item in slate.items if item.distance_km is not None]
    assert any(docs[item.id]["category"] == "library" and item.next_session for item in placed)
    for item in placed:
        metres = hypot(docs[item.id]["easting"] - home.easting, docs[item.id]["northing"] - home.northing)
        assert item.distance_km == pytest.approx(metres / 1000, abs=0.001)
    unplaced = [item for item in slate.items if docs[item.id]["easting"] is None]
    assert unplaced
    assert all(item.distance_km is None for item in unplaced)
