"""Reasons, over thousands of candidates of which anything may be unknown."""

import random

import numpy as np
import pytest

from ml.features import FEATURES
from ml.features.families import FAMILIES
from ml.features.rules import RULES
from ml.inputs import CANDIDATE_INPUTS, QUERY_INPUTS
from ml.models.artifact import packed, rules_document
from ml.models.walker import Pack
from server.recommend import shortlist
from server.recommend.golden.vectors import world
from server.recommend.reasons import explain, said
from tests.server.recommend.made import group, request

SEED = 20261122
HOSTILE = (float("nan"), 0.0, 0.0, 1.0, 1.0, 2.0, 5.0, 14.0, 41.0, 300.0, 4e5, 2.0**30 + 1)


def rows(count):
    """Half of them a golden pair of which any input may be lost, half of hostile numbers."""
    chance = random.Random(SEED)
    documents = world()
    for number in range(count):
        if number % 2:
            yield {name: chance.choice(HOSTILE) for name in (*QUERY_INPUTS, *CANDIDATE_INPUTS)}
        else:
            pair = chance.choice(documents["referrals"])["query"] | chance.choice(documents["candidates"])["inputs"]
            yield {name: value for name, value in pair.items() if chance.random() < 0.8}


def known_of(ranker, inputs):
    return ranker.known({name: np.array([value]) for name, value in inputs.items()})


def added(ranker, **by_family):
    """What each feature added, when each family of `by_family` added so much with its first feature."""
    given = dict(by_family)
    return [given.pop(family, 0.0) for _, family, _ in ranker.document["features"]]


@pytest.mark.slow
def test_no_reason_and_no_change_ever_says_that_something_is_not_known():
    ranker, texts = Pack.rules(), set()
    for inputs in rows(700):
        known = known_of(ranker, inputs)
        for family in FAMILIES:
            for sign in (1.0, -1.0):
                why = explain(ranker, known, added(ranker, **{family.name: sign}))
                texts |= {reason.text for reason in why.reasons} | {why.change or "."}
    assert len(texts) > 100
    for text in texts:
        assert text.endswith(".")
        assert not {"unknown", "nothing", "nan", "inf", "None"} & set(text.replace(".", "").replace(":", "").split())
        assert "{" not in text


@pytest.mark.slow
def test_every_rule_that_excludes_can_be_said_from_what_excluded():
    ranker, tried = Pack.rules(), set()
    for inputs in rows(1500):
        known = known_of(ranker, inputs)
        place = int(ranker.first_rule(known)[0])
        if place >= 0:
            tried.add(place)
            if all(value < 1e6 for value in inputs.values()):  # a mask of codes that nobody knows has no words
                assert said(RULES[place].text, known) is not None, (RULES[place].name, inputs)
    assert len(tried) >= len(RULES) - 2


def test_a_line_has_at_most_four_reasons_for_it_and_one_against():
    ranker = Pack.rules()
    slate = shortlist(None, request(group("g", cost_pence=0, group_size=8, counts=None)))
    known = known_of(ranker, slate.query | slate.items[0].inputs)
    every = {family.name: 1.0 for family in FAMILIES}
    for_it = explain(ranker, known, added(ranker, **every)).reasons
    assert len(for_it) == 4
    against = explain(ranker, known, added(ranker, **dict.fromkeys(every, -1.0))).reasons
    assert len(against) == 1


def test_what_hardly_mattered_is_no_reason_but_is_counted():
    ranker = Pack.rules()
    known = known_of(ranker, {"cost_pence": 0.0, "wait_days": 14.0, "next_days": 2.0, "kind": 0.0})
    why = explain(ranker, known, added(ranker, cost=1.0, time=0.04, places=-0.04))
    assert [reason.text for reason in why.reasons] == ["Free."]
    assert why.contributions == {"cost": 1.0, "time": 0.04, "places": -0.04}


def test_a_strong_reason_against_hides_none_for_it():
    ranker = Pack.rules()
    known = known_of(ranker, {"cost_pence": 0.0, "wait_days": 14.0, "kind": 0.0})
    told = explain(ranker, known, added(ranker, cost=0.1, places=-9.0)).reasons
    assert [reason.text for reason in told] == ["Free.", "About 14 days to wait."]


@pytest.mark.parametrize(
    ("contribution", "told"), [(1.0, []), (-1.0, ["About 14 days to wait."])], ids=["for", "against"]
)
def test_a_wait_speaks_only_against(contribution, told):
    ranker = Pack.rules()
    known = known_of(ranker, {"kind": 0.0, "wait_days": 14.0, "places_open": 8.0, "places_total": 20.0})
    assert [each.text for each in explain(ranker, known, added(ranker, places=contribution)).reasons] == told


def test_a_lift_is_only_spoken_of_when_it_is_known_how_far_it_is():
    ranker = Pack.rules()
    bus_to = {"kind": 0.0, "online": 0.0, "at_home": 0.0, "max_km": 20.0, "home_easting": 0.0, "home_northing": 0.0}
    far = explain(ranker, known_of(ranker, bus_to | {"easting": 9e3, "northing": 0.0}), added(ranker, distance=-1.0))
    assert [reason.text for reason in far.reasons] == ["9.0 km away, about 53 minutes each way."]
    assert far.change == "If they could get a lift."
    untold = explain(ranker, known_of(ranker, bus_to), added(ranker, distance=-1.0))
    assert untold.reasons == []
    assert untold.change is None


@pytest.mark.parametrize(
    ("counts", "contribution", "told"),
    [
        ((60, 41, 31, 23), 1.0, ["Of 41 people pointed here, 31 started and 23 stayed."]),
        ((60, 41, 31, 23), -1.0, []),
        ((60, 41, 31, 9), 1.0, ["Of 41 people pointed here, 31 started."]),
        ((60, 41, 31, 9), -1.0, ["Of 31 people who started, only 9 stayed."]),
        ((60, 41, 9, 9), -1.0, ["Of 41 people pointed here, only 9 started."]),
        ((60, 4, 4, 4), 1.0, []),
        ((60, 4, 4, 4), -1.0, ["Seldom chosen so far."]),
        ((3, 1, 1, 1), 1.0, []),
        ((3, 1, 1, 1), -1.0, ["New here: little is known yet of how it goes."]),
    ],
)
def test_how_it_went_for_others_is_told_when_it_speaks_that_way(counts, contribution, told):
    ranker = Pack.rules()
    names = ("shown", "chosen", "started", "sustained")
    known = known_of(ranker, dict(zip(names, map(float, counts), strict=True)))
    assert [each.text for each in explain(ranker, known, added(ranker, history=contribution)).reasons] == told


def texts(given, **by_family):
    ranker = Pack.rules()
    reasons = explain(ranker, known_of(ranker, given), added(ranker, **by_family)).reasons
    return [reason.text for reason in reasons]


@pytest.mark.parametrize("sign", [1.0, -1.0], ids=["for", "against"])
@pytest.mark.parametrize(
    ("family", "given"),
    [
        ("setting", {"kind": 0.0, "online": 0.0, "at_home": 0.0}),
        ("kind", {"kind": 0.0, "referral_only": 1.0}),
        ("kind", {"kind": 0.0, "referral_only": 0.0, "wait_days": 0.0}),
        ("group", {"kind": 0.0, "wanted_group": 0.0, "group_size": 1.0}),
        ("group", {"kind": 0.0, "wanted_group": 0.0}),
        ("places", {"kind": 0.0, "wait_days": 0.0}),
        ("language", {"spoken_mask": 1.0, "languages_mask": 1.0}),
        ("language", {"spoken_mask": 1.0}),
        ("time", {"kind": 2.0, "next_days": 0.0}),
        ("time", {"kind": 0.0}),
    ],
)
def test_a_fact_that_is_neither_good_nor_bad_news_is_no_reason(family, given, sign):
    assert texts(given, **{family: sign}) == []


@pytest.mark.parametrize(
    ("family", "given", "told"),
    [
        ("places", {"places_open": 14.0, "places_total": 20.0, "wait_days": 0.0}, "Places open: 14."),
        ("cost", {"cost_pence": 0.0}, "Free."),
        ("setting", {"at_home": 1.0, "online": 0.0}, "Someone comes to their home."),
        ("distance", {"at_home": 1.0, "online": 0.0}, "Nowhere to travel to."),
        ("time", {"kind": 0.0, "next_days": 0.0}, "Next session today."),
    ],
)
def test_what_the_card_shows_is_a_reason_only_when_it_weighs_most(family, given, told):
    assert texts(given, **{family: 1.0, "language": -2.0}) == [told]
    assert texts(given, **{family: 1.0, "language": -2.0, "access": 3.0}) == []
    assert texts(given, **{family: -1.0}) == []


@pytest.mark.parametrize(
    ("metres", "told"),
    [(0.0, "Very near."), (499.0, "Very near."), (500.0, "Within reach: 0.5 km away, about 7 minutes.")],
)
def test_a_place_round_the_corner_is_very_near_and_never_too_far(metres, told):
    walk_to = {"online": 0.0, "at_home": 0.0, "travel": 0.0, "home_easting": 0.0, "home_northing": 0.0}
    given = walk_to | {"easting": metres, "northing": 0.0}
    assert texts(given, distance=1.0) == [told]
    assert texts(given, distance=-1.0) == []


def test_a_sentence_of_a_newer_pack_gives_way_to_one_that_can_be_said():
    document = rules_document()
    for family in document["families"]:
        family[1] = [[1, "{wait_days|a_newer_format} to wait.", 0], [1, "Plain.", 0]]
    document["rules"] = [
        [name, program, "{wait_days|a_newer_format}.", None] for name, program, _, _ in document["rules"]
    ]
    slate = shortlist(Pack.load(packed(document)), request(group("g"), group("old", status="closed")))
    assert {reason.text for reason in slate.items[0].reasons} == {"Plain."}
    assert slate.excluded[0].text == "It does not fit what was recorded."


def test_every_feature_belongs_to_a_family_that_can_speak():
    assert {feature.family for feature in FEATURES} == {family.name for family in FAMILIES}
