"""POISON-ISOLATED: one record that breaks the server never holds up the others."""

from dataclasses import replace

import pytest

from server.sync.model import Push
from server.sync.ports import Store
from server.sync.push import push
from tests.builders import KINDS, NOW, Phone, person, prescriber, task, validate
from tests.promises.asking import problem_of, quarantine, record


def test_a_poisonous_record_is_set_aside_and_the_rest_goes_on(store: Store) -> None:
    phone = Phone(store, prescriber())
    mutations = [phone.mutation("create", "person", f"person-{n}", set=person()) for n in (1, 2, 3)]

    def poisoned(kind: str, values, partial: bool):  # type: ignore[no-untyped-def] # as Validate
        if len(calls) == 1:
            calls.append("poison")
            raise ZeroDivisionError
        calls.append("fine")
        return validate(kind, values, partial)

    calls: list[str] = []
    request = Push("phone-a", None, 1, tuple(mutations))
    answer = push(request, prescriber(), store=store, rules=KINDS, validate=poisoned, now=NOW)
    assert [problem_of(receipt) for receipt in answer.results] == ["", "set-aside", ""]
    assert answer.acked_lseq == 3
    assert [refused.mid for refused in quarantine(store)] == [mutations[1].mid]
    assert phone.push(*mutations) == replace(answer, clock_offset_ms=0)


def trusting(kind: str, values, partial: bool):  # type: ignore[no-untyped-def] # as Validate
    """Take anything: what the contract lets through some day must still not break a push."""
    defaults = {} if partial else {name: rule.default for name, rule in KINDS[kind].fields.items()}
    return {**defaults, **values}, {}


def test_text_that_no_database_can_hold_poisons_only_itself(store: Store) -> None:
    phone = Phone(store, prescriber(), validate=trusting)
    broken = phone.mutation("create", "person", "person-1", set=person(given_name="\ud800"))
    nul = phone.mutation("create", "person", "person-2", set=person(given_name="a\0b"))
    fine = phone.mutation("create", "person", "person-3", set=person(given_name="Zoë 😀"))
    answer = phone.push(broken, nul, fine)
    assert [problem_of(receipt) for receipt in answer.results] == ["set-aside", "", ""]
    assert record(store, "person", "person-2")["given_name"] == "a\0b"
    assert record(store, "person", "person-3")["given_name"] == "Zoë 😀"
    assert "ud800" in quarantine(store)[0].payload


@pytest.mark.parametrize("district", ["E\0", "E" * 200, "\ud800"])
def test_a_scope_that_is_no_name_poisons_only_itself(store: Store, district: str) -> None:
    staff = replace(prescriber("desk", ("centre:centre-a",)), roles=frozenset({"centre"}))
    desk = Phone(store, staff, validate=trusting)
    odd = desk.mutation("create", "task", "task-1", set=task(district=district))
    fine = desk.mutation("create", "task", "task-2", set=task())
    assert [problem_of(receipt) for receipt in desk.push(odd, fine).results] == ["set-aside", ""]
