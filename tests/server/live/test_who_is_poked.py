"""Who is poked, when, and how often: the parts of live pokes that only decide."""

import random
from dataclasses import replace

import pytest

from server.live.audience import Audience
from server.live.listener import Listener
from server.live.tell import _merged
from server.live.told import Told
from server.live.waiting import LONGEST_S, Waiting
from server.live.word import LIMIT, Word, packed, unpacked
from server.sync.model import Head


def listener(device: str, *scopes: str, tenant: str = "essex") -> Listener:
    return Listener(tenant, f"account of {device}", device, frozenset(scopes))


def names(listeners) -> list[str]:
    return sorted(one.device for one in listeners)


def test_only_those_who_hold_a_changed_scope_are_poked():
    audience = Audience()
    for one in (listener("a", "t1", "d1"), listener("b", "t2", "d1"), listener("c", "t1", tenant="kent")):
        audience.add(one)
    assert names(audience.holding("essex", {"t1"})) == ["a"]
    assert names(audience.holding("essex", {"t1", "d1"})) == ["a", "b"]
    assert names(audience.holding("essex", {"t9"})) == []
    assert (len(audience), sorted(audience.scopes("essex"))) == (3, ["d1", "t1", "t2"])


def test_a_newer_connection_of_a_device_takes_the_place_of_the_older():
    audience = Audience()
    older, newer = listener("a", "t1"), listener("a", "t2")
    assert audience.add(older) is None
    assert audience.add(newer) is older
    audience.remove(older)  # its end is reported later, and must not take the newer one away
    assert list(audience) == [newer]
    assert audience.holding("essex", {"t1"}) == set()


def test_changed_grants_count_at_once():
    audience = Audience()
    one = listener("a", "t1", "t2")
    audience.add(one)
    audience.regrant(one, frozenset({"t2", "t3"}))
    assert audience.holding("essex", {"t1"}) == set()
    assert audience.holding("essex", {"t3"}) == {one}


def test_whoever_left_leaves_nothing_behind():
    audience = Audience()
    one = listener("a", "t1")
    audience.add(one)
    audience.remove(one)
    assert (len(audience), audience.tenants(), audience.scopes("essex")) == (0, [], [])


def test_several_changes_within_the_gap_are_one_poke_with_the_newest_head():
    one, waiting = listener("a"), Waiting(rate=500, gap_s=1, chance=lambda: 0.0)
    waiting.add([one], 7, now=10.0)
    assert waiting.due(10.0, 10) == [(one, 7)]
    for head, now in ((8, 10.1), (11, 10.2), (9, 10.3)):
        waiting.add([one], head, now)
    assert waiting.due(10.9, 10) == []
    assert waiting.wait_s(10.9) == pytest.approx(0.1)
    assert waiting.due(11.0, 10) == [(one, 11)]
    assert waiting.wait_s(11.0) is None


def test_a_change_for_few_is_told_at_once_and_one_for_thousands_at_the_rate_of_the_server():
    chance = random.Random(3).random
    few, many = [listener(str(n)) for n in range(5)], [listener(str(n)) for n in range(2000)]
    waiting = Waiting(rate=500, gap_s=1, chance=chance)
    waiting.add(few, 1, now=0.0)
    assert len(waiting.due(0.01, 100)) == 5
    waiting.add(many, 2, now=100.0)
    each_second = [len(waiting.due(100.0 + second, 5000)) for second in (1, 2, 3, 4)]
    assert sum(each_second) == 2000
    assert all(400 < count < 600 for count in each_second)


def test_nobody_waits_longer_than_the_longest():
    many = [listener(str(n)) for n in range(300)]
    waiting = Waiting(rate=1, gap_s=0, chance=random.Random(1).random)
    waiting.add(many, 1, now=0.0)
    assert len(waiting.due(LONGEST_S, 1000)) == 300


def test_those_who_left_meanwhile_are_passed_over_and_a_batch_is_no_larger_than_asked():
    waiting = Waiting(rate=500, gap_s=0, chance=lambda: 0.0)
    three = [listener(name) for name in "abc"]
    waiting.add(three, 5, now=0.0)
    three[0].gone = True
    assert [one.device for one, _ in waiting.due(0.0, 1)] == ["b"]
    assert [one.device for one, _ in waiting.due(0.0, 1)] == ["c"]


def test_a_look_finds_exactly_what_no_word_came_of():
    told = Told()
    assert told.looked("essex", Head(10, "e", 0)) is None
    told.note("essex", {"t1": 12, "t2": 11})
    assert told.untold("essex", {"t1": 12, "t2": 13, "t3": 11}) == {"t2": 13, "t3": 11}
    assert told.looked("essex", Head(13, "e", 0)) == Head(10, "e", 0)
    told.forget("essex")
    assert told.looked("essex", Head(2, "f", 0)) is None


@pytest.mark.parametrize("scopes", [frozenset(), frozenset({"caseload:t1", "directory:ü"}), None])
def test_a_word_travels_whole(scopes):
    assert unpacked(packed(Word("essex", 42, scopes))) == Word("essex", 42, scopes)


def test_a_word_names_the_device_that_changed_all_of_it_and_two_gathered_ones_only_if_it_is_the_same():
    mine, other = (Word("essex", seq, frozenset({"t1"}), by) for seq, by in ((42, "a"), (43, "b")))
    assert unpacked(packed(mine)) == mine
    assert _merged(mine, replace(mine, seq=44)) == replace(mine, seq=44)
    assert _merged(mine, other) == Word("essex", 43, frozenset({"t1"}))


def test_a_word_of_too_many_scopes_says_only_that_something_changed():
    word = Word("essex", 42, frozenset(f"caseload:team-{number:04}" for number in range(1000)))
    assert len(packed(word)) <= LIMIT
    assert unpacked(packed(word)) == Word("essex", 42, None)


@pytest.mark.parametrize(
    "text", [b"", b"nonsense", b"{}", b"[1, 2, 3]", b'["essex", 1, [2], ""]', b'["essex", "1", null, ""]']
)
def test_what_is_no_word_is_refused(text):
    with pytest.raises(ValueError, match=r"."):
        unpacked(text)
