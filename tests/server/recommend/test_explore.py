from collections import Counter
from fractions import Fraction

import pytest

from server.recommend import exposure, shortlist
from server.recommend.explore import CHANCE, EXPLORED, explored, hash32, propensity, retraced
from tests.server.recommend.made import group, request


def enumerated(size):
    """Chance of each (rank, position), by going through every swap that may happen."""
    chances = Counter()
    swaps = [(1 - Fraction(EXPLORED, 2**32), None)]
    swaps += [(Fraction(EXPLORED, 2**32) / (size - 1), upper) for upper in range(size - 1)]
    for chance, upper in swaps:
        order = list(range(size))
        if upper is not None:
            order[upper], order[upper + 1] = order[upper + 1], order[upper]
        for position, rank in enumerate(order):
            chances[rank, position] += chance
    return chances


@pytest.mark.parametrize("size", [*range(2, 11), 50])
def test_a_propensity_is_the_sum_over_every_swap_that_leads_there(size):
    for (rank, position), chance in enumerated(size).items():
        assert propensity(rank, position, size) == pytest.approx(float(chance), abs=1e-15)


def test_every_position_is_filled_by_someone():
    for position in range(10):
        ranks = [rank for rank in (position - 1, position, position + 1) if 0 <= rank < 10]
        assert sum(propensity(rank, position, 10) for rank in ranks) == pytest.approx(1, abs=1e-15)


@pytest.mark.slow
def test_one_slate_in_ten_is_explored_and_each_pair_alike():
    orders = [explored(f"referral-{i}", 10) for i in range(50_000)]
    swapped = [order for order in orders if order != list(range(10))]
    assert len(swapped) / len(orders) == pytest.approx(CHANCE, abs=0.006)  # four standard errors
    pairs = Counter(next(place for place in range(10) if order[place] != place) for order in swapped)
    assert set(pairs) == set(range(9))
    assert all(abs(count - len(swapped) / 9) < 4 * (len(swapped) / 9) ** 0.5 for count in pairs.values())


def test_a_short_slate_is_left_alone():
    assert explored("r", 0) == []
    assert explored("r", 1) == [0]
    assert propensity(0, 0, 1) == 1.0


def test_the_hash_is_settled():
    # FNV-1a of "" is its offset, 0x811c9dc5; the finaliser's answer worked out step by step with big integers.
    value = 0x811C9DC5
    value ^= value >> 16
    value = value * 0x85EBCA6B % 2**32
    value ^= value >> 13
    value = value * 0xC2B2AE35 % 2**32
    value ^= value >> 16
    assert hash32("") == value
    assert hash32("r-1") != hash32("r-2")


@pytest.mark.slow
@pytest.mark.parametrize("size", range(1, 11))
def test_what_is_seen_over_many_slates_is_what_the_propensities_say(size):
    slates, seen = 4_000, Counter()
    for number in range(slates):
        seen.update((rank, position) for position, rank in enumerate(explored(f"slate-{size}-{number}", size)))
    for rank in range(size):
        for position in range(max(0, rank - 1), min(size, rank + 2)):
            chance = propensity(rank, position, size)
            error = (chance * (1 - chance) / slates) ** 0.5
            assert seen[rank, position] / slates == pytest.approx(chance, abs=4.5 * error + 1e-12)
    assert all(abs(rank - position) <= 1 for rank, position in seen)


@pytest.mark.parametrize("limit", [2, 10])
def test_order_and_propensity_of_a_logged_slate_can_be_worked_out_again_from_its_exposure_alone(limit):
    many = [group(f"g-{i:02}", northing=206_000 + 50 * (i // 2)) for i in range(15)]  # pairs of equal scores
    for number in range(30):
        slate = shortlist(None, request(*many, referral_id=f"r-{number}", limit=limit))
        kept = exposure(
            slate, referral_id=f"r-{number}", team_id="t", shown_at="2026-11-21T09:00:00Z", ranked_on="server"
        )
        logged = [(item["kind"], item["id"], item["propensity"]) for item in kept["items"]]
        assert retraced(kept["referral_id"], sorted(kept["items"], key=lambda item: item["id"])) == logged
