import pytest

from ml.models.artifact import packed
from ml.models.calibration import in_tenths
from ml.models.walker import Pack
from mobile_contract.schemas import SCHEMAS
from server.recommend import exposure, shortlist
from server.recommend.explore import explored
from server.recommend.golden.vectors import pack
from tests.server.recommend.made import group, request


def ids(slate):
    return [item.id for item in slate.items]


def unexplored(size):
    """An id whose slate is not swapped."""
    return next(f"r-{i}" for i in range(100) if explored(f"r-{i}", size) == list(range(size)))


def swapped(size):
    return next(f"r-{i}" for i in range(1000) if explored(f"r-{i}", size) != list(range(size)))


def test_a_better_answer_comes_first_and_a_tie_goes_by_id():
    far = group("far", easting=573_000)
    slate = shortlist(None, request(far, group("near-b"), group("near-a"), referral_id=unexplored(3)))
    assert ids(slate) == ["near-a", "near-b", "far"]
    assert slate.items[0].score == slate.items[1].score > slate.items[2].score
    assert [item.position for item in slate.items] == [0, 1, 2]


def test_an_explored_slate_has_two_neighbours_swapped_and_says_how_likely_that_was():
    near, far = group("near"), group("far", easting=573_000)
    slate = shortlist(None, request(near, far, referral_id=swapped(2)))
    assert ids(slate) == ["far", "near"]
    assert [item.propensity for item in slate.items] == pytest.approx([0.1, 0.1], abs=1e-9)
    assert slate.items[0].score < slate.items[1].score


def test_the_order_of_the_candidates_does_not_matter():
    many = [group(f"g-{i}", northing=206_000 + 100 * i) for i in range(20)]
    assert shortlist(None, request(*many)) == shortlist(None, request(*reversed(many)))


def test_a_slate_holds_ten_unless_told():
    many = [group(f"g-{i:02}") for i in range(20)]
    assert len(shortlist(None, request(*many)).items) == 10
    assert len(shortlist(None, request(*many, limit=3)).items) == 3


def test_what_was_eligible_and_not_shown_is_named_in_order_of_rank():
    many = [group(f"g-{i:02}", northing=206_000 + 100 * i) for i in range(14)]
    slate = shortlist(None, request(*many, group("old", status="closed"), limit=10, referral_id=unexplored(10)))
    assert ids(slate) + [item.id for item in slate.unshown] == [f"g-{i:02}" for i in range(14)]
    shown = exposure(slate, referral_id="r", team_id="t", shown_at="2026-11-21T09:00:00Z", ranked_on="server")
    assert shown["unshown"] == [{"kind": "asset", "id": f"g-{i}"} for i in (10, 11, 12, 13)]


def test_no_more_than_the_contract_takes_are_named_as_not_shown():
    many = [group(f"g-{i:03}") for i in range(215)]
    slate = shortlist(None, request(*many))
    shown = exposure(slate, referral_id="r", team_id="t", shown_at="2026-11-21T09:00:00Z", ranked_on="server")
    assert (len(slate.items), len(slate.unshown)) == (10, 200)
    assert SCHEMAS["exposure"]().load(shown)["unshown"] == shown["unshown"]


def test_what_was_much_asked_for_lately_makes_room_and_says_so():
    idle, busy = group("z-idle"), group("a-busy", counts={"chosen_90d": 8, "places_total": 30, "places_open": 25})
    slate = shortlist(None, request(idle, busy, referral_id=unexplored(2)))
    assert ids(slate) == ["z-idle", "a-busy"]
    first, second = slate.items
    assert second.contributions["demand"] == -0.8
    assert second.score == pytest.approx(first.score - 0.8, abs=1e-12)
    assert "Much asked for lately." in [reason.text for reason in second.reasons]
    assert "demand" not in first.contributions


def test_a_chance_is_told_in_words_and_is_that_of_the_match_before_demand_takes_anything_off():
    chances = {"scores": [-100.0, 100.0], "chances": [0.0, 1.0]}
    ranker = Pack.load(packed(Pack.rules().document | {"calibration": chances}))
    idle, busy = group("idle"), group("busy", counts={"chosen_90d": 8, "places_total": 30, "places_open": 25})
    first, second = shortlist(ranker, request(idle, busy, referral_id=unexplored(2))).items
    assert first.score - second.score == pytest.approx(0.8)
    assert first.chance == second.chance == pytest.approx((first.score + 100) / 200)
    assert first.chance_text == "Of people whom something suited as well, about 5 in 10 went at least once."
    assert [(item.chance, item.chance_text) for item in shortlist(None, request(idle)).items] == [(None, None)]


@pytest.mark.parametrize(
    ("chance", "said"),
    [(0.0, "fewer than 1 in 20"), (0.049, "fewer than 1 in 20"), (0.05, "about 1 in 10"), (0.25, "about 3 in 10"),
     (0.949, "about 9 in 10"), (0.95, "more than 19 in 20"), (1.0, "more than 19 in 20")],
)  # fmt: skip
def test_chances_are_said_in_tenths(chance, said):
    assert in_tenths(chance) == said


def test_each_acceptance_counts_once_up_to_twenty_and_few_are_not_told():
    def taken_off(**counts):
        (item,) = shortlist(None, request(group("g", counts=counts))).items
        return item.contributions.get("demand", 0.0), [reason.text for reason in item.reasons]

    assert taken_off(places_total=10, places_open=7)[0] == -0.1 * 3.0
    assert taken_off(places_total=100, places_open=10, chosen_90d=30)[0] == -2.0
    assert taken_off(places_total=3, places_open=5)[0] == 0.0
    assert "Much asked for lately." not in taken_off(chosen_90d=4)[1]


def test_an_offer_of_a_time_bank_stands_beside_a_group_and_costs_time_not_money():
    offer = group("company", kind="offer", schedules=(), availability=["mon_am"], at_home=True, category="befriending")
    free = {"availability": ["mon_am"]}
    slate = shortlist(None, request(group("club"), offer, person=free))
    assert {item.kind for item in slate.items} == {"asset", "offer"}
    texts = [reason.text for item in slate.items if item.kind == "offer" for reason in item.reasons]
    assert "At a time when they are free: Monday morning." in texts
    assert not any("Free." in text or "session" in text for text in texts)


def test_whoever_is_left_out_is_named_with_the_rule_and_what_would_help():
    slate = shortlist(None, request(group("far", northing=213_300), group("old", status="closed")))
    assert ids(slate) == []
    far, old = slate.excluded
    assert (far.id, far.rule, far.text) == ("far", "too_far", "7.3 km away; they travel up to 5 km.")
    assert far.change == "If they could travel 2.3 km further."
    assert (old.rule, old.text, old.change) == ("closed", "Not running at the moment.", None)


def test_nobody_to_offer_is_an_empty_slate():
    slate = shortlist(None, request())
    assert (slate.items, slate.excluded) == ([], [])


def test_a_line_says_how_far_when_next_and_how_many_places():
    slate = shortlist(None, request(group("g", counts={"places_total": 8, "places_open": 3})))
    line = slate.items[0]
    assert (line.distance_km, line.places_open) == (1.0, 3)
    assert line.next_session == {"on": "2026-11-23", "from_time": "10:00", "until_time": "12:00"}
    bare = shortlist(None, request(group("g", schedules=(), easting=None))).items[0]
    assert (bare.distance_km, bare.places_open, bare.next_session) == (None, None, None)


def test_a_line_says_why_and_what_would_help():
    slate = shortlist(None, request(group("g", cost_pence=900, northing=210_000), person={"availability": ["tue_am"]}))
    line = slate.items[0]
    assert [reason.text for reason in line.reasons] == [
        "Helps with: Feeling lonely.",
        "4.0 km away, about 28 minutes each way.",
    ]
    assert [reason.contribution > 0 for reason in line.reasons] == [True, False]
    assert line.change == "If they could get a lift."


@pytest.mark.parametrize("ranker", [None, Pack.load(packed(pack()))], ids=["rules", "trees"])
def test_the_contributions_and_the_base_make_the_score(ranker):
    many = [group(f"g-{i}", northing=206_000 + 150 * i, cost_pence=40 * i) for i in range(20)]
    slate = shortlist(ranker, request(*many))
    assert slate.items
    for item in slate.items:
        assert abs(sum(item.contributions.values()) + slate.base - item.score) < 1e-9


def test_without_a_pack_the_rules_rank_and_say_so():
    slate = shortlist(None, request(group("g")))
    assert (slate.model_version, slate.pack_sha256, slate.policy) == ("rules", None, "rules-demand0.1-swap10")
    assert "plain rules" in slate.notice


def test_a_pack_is_named_with_the_hash_of_its_bytes():
    ranker = Pack.load(packed(pack()))
    slate = shortlist(ranker, request(group("g")))
    assert (slate.model_version, slate.pack_sha256, slate.notice) == ("golden", ranker.sha256, None)


def test_the_exposure_of_a_slate_is_a_valid_document_and_holds_the_inputs():
    slate = shortlist(None, request(group("g"), group("h", status="closed")))
    document = exposure(slate, referral_id="r-1", team_id="t-1", shown_at="2026-11-21T09:00:00Z", ranked_on="server")
    assert SCHEMAS["exposure"]().load(document) == document
    assert document["items"][0]["inputs"]["easting"] == 570_000
    assert document["excluded"] == [{"kind": "asset", "id": "h", "rule": "closed"}]
