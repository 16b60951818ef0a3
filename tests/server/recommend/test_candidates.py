import pytest

from mobile_contract.schemas import KINDS
from server.recommend import UnknownReferralError, candidates_in, recommend
from server.sync.model import Head, Key, Principal, Stored
from tests.server.recommend.made import MONDAYS, PERSON, REFERRAL, TODAY, group

ASKER = Principal("t", "a", "d", frozenset({"prescriber"}), frozenset({"caseload:t-1", "directory:E07000070"}))


class Shelf:
    """Records in memory."""

    def __init__(self, *records):
        self.all = {Key(kind, record_id): doc for kind, record_id, doc in records}

    def head(self):
        return Head(1, "epoch-1")

    def mark(self, scopes):
        return 1, 1

    def in_scopes(self, kind, scopes):
        return [
            Stored(key, 1, doc, {})
            for key, doc in self.all.items()
            if key.kind == kind and KINDS[kind].scopes_of(key.id, doc) & set(scopes)
        ]

    def held(self, keys, scopes):
        return frozenset(key for key in keys if KINDS[key.kind].scopes_of(key.id, self.all[key]) & set(scopes))

    def records(self, keys):
        return {key: Stored(key, 1, self.all[key], {}) for key in keys if key in self.all}


def shelf(**changes):
    here = {"district": "E07000070"}
    return Shelf(
        ("referral", "r-1", REFERRAL | changes),
        ("person", "p-1", PERSON),
        ("asset", "g", dict(group("g").doc) | here),
        ("asset", "elsewhere", dict(group("elsewhere").doc) | {"district": "E07000071"}),
        ("schedule", "s", MONDAYS | here | {"item_kind": "asset", "item_id": "g"}),
        ("place_count", "g", here | {"item_kind": "asset", "item_id": "g", "places_open": 2}),
    )


def test_candidates_are_what_the_asker_may_see_with_times_and_counts():
    only = candidates_in(shelf(), ASKER.scopes)
    assert [(each.kind, each.id, len(each.schedules), each.place_count["places_open"]) for each in only] == [
        ("asset", "g", 1, 2)
    ]


def test_a_referral_of_ones_own_gets_a_slate():
    slate = recommend(shelf(), ASKER, "r-1", pack=None, today=TODAY)
    assert [item.id for item in slate.items] == ["g"]
    assert slate.items[0].places_open == 2


@pytest.mark.parametrize("changes", [{"team_id": "t-2"}, {"person_id": "nobody"}])
def test_another_teams_referral_and_a_lost_person_are_unknown(changes):
    with pytest.raises(UnknownReferralError):
        recommend(shelf(**changes), ASKER, "r-1", pack=None, today=TODAY)


def test_a_referral_that_is_not_there_is_unknown():
    with pytest.raises(UnknownReferralError):
        recommend(shelf(), ASKER, "r-9", pack=None, today=TODAY)
