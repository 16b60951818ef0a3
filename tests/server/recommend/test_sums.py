"""The reasons of a line make its score, and say nothing that its facts contradict; over random slates."""

import random
import re
from datetime import date
from functools import cache

import pytest

from ml.models.artifact import packed
from ml.models.walker import Pack
from server.recommend import Candidate, Request, shortlist
from server.recommend.golden.scenario import TODAY, candidates, referrals
from server.recommend.golden.vectors import pack

SEEDS = range(3)
#: Some thousand roundings of numbers below 64, each by at most 2 ** -48.
BOUND = 1e-10

#: What a sentence says → whether the inputs bear it out.
FACTS = {
    r"Free\.": lambda item: item["cost_pence"] == 0 and item["kind"] != 3,
    r"Costs no money": lambda item: item["cost_pence"] == 0 and item["kind"] == 3,
    r"Costs £|which they can pay": lambda item: item["cost_pence"] > 0,
    r"What it costs has not": lambda item: "cost_pence" not in item,
    r"Online": lambda item: item["online"] == 1,
    r"comes? to the(m|ir home)": lambda item: item["at_home"] == 1,
    r"Places open: |Few places left": lambda item: item["places_open"] > 0,
    r"to wait": lambda item: item["wait_days"] > 0,
    r"One to one": lambda item: item["group_size"] == 1,
    r"A group of about": lambda item: item["group_size"] > 1,
    r"Next session|No session for": lambda item: item["kind"] != 3 and "next_days" in item,
    r"A volunteer role": lambda item: item["kind"] == 1,
    r"A small task": lambda item: item["kind"] == 2,
    r"New here": lambda item: item["shown"] < 20,
    r"Much asked for lately": lambda item: max(
        item["chosen_90d"], item.get("places_total", 0) - item.get("places_open", item.get("places_total", 0))
    ) >= 5,
}  # fmt: skip


@cache
def slates(ranker):
    return tuple(_slates(ranker))


def _slates(ranker):
    for seed in SEEDS:
        chance = random.Random(seed)
        asked = referrals(chance, 12)
        offered = [Candidate(**each) for each in candidates(chance, 60)]
        for each in asked:
            request = Request(each["id"], each["referral"], each["person"], offered, date.fromisoformat(TODAY), 50)
            yield shortlist(ranker, request)


@pytest.mark.slow
@pytest.mark.parametrize("made", [None, pack], ids=["rules", "trees"])
def test_base_and_contributions_make_the_score_and_no_sentence_contradicts_a_fact(made):
    lines, said = 0, set()
    for slate in slates(None) if made is None else _slates(Pack.load(packed(made()))):
        for item in slate.items:
            lines += 1
            assert item.score == pytest.approx(slate.base + sum(item.contributions.values()), abs=BOUND)
            for reason in item.reasons:
                for pattern, holds in FACTS.items():
                    if re.search(pattern, reason.text):
                        said.add(pattern)
                        assert holds(item.inputs), (reason.text, item.inputs)
    assert lines > 80
    assert len(said) >= 7


def test_a_reason_carries_what_its_family_added():
    for slate in slates(None):
        for item in slate.items:
            assert {reason.contribution for reason in item.reasons} <= set(item.contributions.values())


def test_whatever_is_left_out_says_why_in_a_sentence_and_most_say_what_would_change_it():
    told = {}
    for slate in slates(None):
        for each in slate.excluded:
            assert each.text.endswith(".")
            told.setdefault(each.rule, each.change)
    changeable = {"access", "language", "online", "stays_home", "too_far", "cost", "full"}
    assert {rule for rule, change in told.items() if change} == changeable & set(told)
    assert len(told) >= 10
