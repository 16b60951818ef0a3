"""Pushes of new records alone are written all at once, and come to what mutations judged one by one come to."""

from collections.abc import Callable
from dataclasses import replace
from random import Random
from typing import Any

import pytest

import server.sync.push as pushing
from server.storage.memory import MemoryStore
from server.sync.model import Key, Mutation, Outcome, PushAnswer
from server.sync.plain import write_plain
from server.sync.ports import Store
from server.sync.prepare import prepare
from tests.builders import DISTRICT, TEAM, TENANT, Phone, person, prescriber, task

SEEDS = 60

Watch = Callable[[], int]


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> Watch:
    """Count the pushes that were written all at once."""
    calls: list[int] = []

    def counted(*given: Any) -> Any:
        answer = write_plain(*given)
        calls.append(1)
        return answer

    monkeypatch.setattr(pushing, "write_plain", counted)
    return lambda: len(calls)


def people(phone: Phone, *names: str) -> list[Mutation]:
    return [phone.mutation("create", "person", name, set=person()) for name in names]


def everything(store: Store, phone: Phone, mids: list[str]) -> Any:
    """Gather what a push leaves behind: records, feed, receipts, the log."""
    with store.read(TENANT) as view:
        keys = [Key(kind, f"r{number}") for kind in ("person", "consent", "task") for number in range(40)]
        rows = list(view.rows_of(TEAM)), view.head().seq
        records = view.records(keys)
    with store.write(TENANT) as work:
        device = phone.principal.device_id
        return records, rows, work.log(device), work.receipts(device, mids)


def drawn(phone: Phone, chance: Random) -> list[Mutation]:
    """Draw creations, most of which are plain."""
    made = []
    for _ in range(chance.choice([*range(1, 7), 9])):
        kind = chance.choice(["person"] * 14 + ["consent"] * 5 + ["task"])
        team = chance.choice(["team-a"] * 19 + ["team-b"])
        sets = {
            "person": person(
                team, languages=chance.choice([[], ["pl", "en"], ["xx"]] if chance.random() < 0.2 else [[]])
            ),
            "consent": {"team_id": team, "person_id": f"r{chance.randrange(40)}"},
            "task": task(),
        }
        mutation = phone.mutation("create", kind, f"r{chance.randrange(40)}", set=sets[kind])
        made.append(replace(mutation, hlc=mutation.hlc if chance.random() < 0.8 else "1700000000000-0000-x"))
    return made


def story(seed: int) -> Any:
    """Push what a seed draws; give every answer and what is left behind."""
    chance, store = Random(seed), MemoryStore()
    phone, answers, mids = Phone(store, prescriber(scopes=(TEAM, f"tasks:{DISTRICT}"))), list[PushAnswer](), list[str]()
    for _ in range(6):
        mutations = drawn(phone, chance)
        mids += [one.mid for one in mutations]
        answers.append(phone.push(*mutations))
    return answers, everything(store, phone, mids)


def test_both_ways_come_to_the_same(written: Watch, monkeypatch: pytest.MonkeyPatch) -> None:
    quick = [story(seed) for seed in range(SEEDS)]
    assert written() > SEEDS / 3, "the quick way is taken"
    monkeypatch.setattr(pushing, "is_plain", lambda *_: False)
    for seed in range(SEEDS):
        print(f"seed {seed}")
        assert story(seed) == quick[seed]


def test_judging_many_at_once_comes_to_what_judging_each_comes_to(monkeypatch: pytest.MonkeyPatch) -> None:
    together = [story(seed) for seed in range(SEEDS)]
    monkeypatch.setattr(pushing, "prepare", lambda *given: prepare(*given[:4]))
    for seed in range(SEEDS):
        print(f"seed {seed}")
        assert story(seed) == together[seed]


def test_new_records_in_order_are_written_all_at_once(store: Store, written: Watch) -> None:
    answer = (phone := Phone(store, prescriber())).push(*people(phone, "a", "b", "c"))
    assert [(one.outcome, one.version) for one in answer.results] == [(Outcome.APPLIED, n) for n in (1, 2, 3)]
    assert (answer.acked_lseq, written()) == (3, 1)
    assert phone.create("consent", "n", team_id="team-a", person_id="b").outcome is Outcome.APPLIED
    assert written() == 2, "what they refer to is held"


def test_a_repeat_gets_its_first_receipts(store: Store, written: Watch) -> None:
    phone = Phone(store, prescriber())
    mutations = people(phone, "a", "b")
    first = phone.push(*mutations)
    assert phone.push(*mutations).results == first.results
    assert phone.push(*mutations, *people(phone, "c")).results[:2] == first.results
    renumbered = [replace(one, lseq=one.lseq + 3) for one in mutations]
    assert phone.push(*renumbered).results == first.results
    other = replace(mutations[0], lseq=6, id="z")
    assert [one.problem and one.problem.slug for one in phone.push(other).results] == ["mid-reused"]
    assert written() == 1


def test_a_record_that_is_there_is_merged_and_the_others_are_made(store: Store, written: Watch) -> None:
    a, b = Phone(store, prescriber("a")), Phone(store, prescriber("b"))
    a.push(*people(a, "shared"))
    answer = b.push(*people(b, "new", "shared", "newer"))
    assert [one.outcome for one in answer.results] == [Outcome.APPLIED, Outcome.DUPLICATE, Outcome.APPLIED]
    assert written() == 1, "the second push started again and looked"


def test_what_waits_for_a_new_record_is_let_in(store: Store, written: Watch) -> None:
    phone, other = Phone(store, prescriber("a")), Phone(store, prescriber("b"))
    assert other.create("consent", "n", team_id="team-a", person_id="late").outcome is Outcome.DEFERRED
    phone.push(*people(phone, "late"))
    assert written() == 0
    with store.read(TENANT) as view:
        assert Key("consent", "n") in view.records([Key("consent", "n")])


def test_numbers_that_leave_a_hole_are_not_written(store: Store, written: Watch) -> None:
    phone = Phone(store, prescriber())
    first, _, third = people(phone, "a", "b", "c")
    answer = phone.push(first, third)
    assert [one.outcome for one in answer.results] == [Outcome.APPLIED, Outcome.REJECTED]
    assert (answer.acked_lseq, written()) == (1, 0)
