"""OLD-SCHEMA-SAFE: phones two contracts back erase no field that they do not know, and get nothing to misread."""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from mobile_contract.merge import FieldRule, Merge
from mobile_contract.version import CURRENT, OLDEST
from server.sync import door as doors
from server.sync.model import Key, Mutation, Outcome, Page, Pull, Push
from server.sync.ports import Store
from server.sync.pull import pull
from server.sync.push import push
from server.sync.versions import hidden_from
from tests.builders import KINDS, NOW, SEAL, TENANT, Phone, person, prescriber, put, validate

#: The contract of tomorrow: a person has fields, and a code, that no phone of today has heard of.
NEW = {"pronouns": "they", "signs": ["bsl"], "visits": 3, "travel": "hoverboard"}
RULES = {**KINDS, "person": replace(KINDS["person"], fields={
    **KINDS["person"].fields,
    "pronouns": FieldRule("pronouns", Merge.SCALAR), "signs": FieldRule("signs", Merge.SET),
    "visits": FieldRule("visits", Merge.DELTA),
})}  # fmt: skip


def of_tomorrow(kind: str, values: Mapping[str, Any], partial: bool) -> tuple[dict[str, Any], dict[str, Any]]:
    """Judge by the contract of tomorrow, which takes what today's takes and NEW."""
    news = {name: values[name] for name in NEW if name in values}
    clean, errors = validate(kind, {name: value for name, value in values.items() if name not in news}, partial)
    return ({}, errors) if errors else ({**clean, **({} if partial else NEW), **news}, {})


@pytest.fixture
def old(store: Store) -> Phone:
    """Give a phone of the oldest contract beside a person written by tomorrow's."""
    tomorrow = doors.Door(store, TENANT, RULES, of_tomorrow, lambda: NOW)
    tomorrow.write([doors.Put("person", "p", {**person(), **NEW})])
    return Phone(store, prescriber())


def send(phone: Phone, *mutations: Mutation) -> list[Outcome]:
    request = Push("phone-a", phone.now.isoformat(), OLDEST, mutations)
    answer = push(request, phone.principal, store=phone.store, rules=RULES, validate=of_tomorrow, now=phone.now)
    return [receipt.outcome for receipt in answer.results]


def kept(phone: Phone) -> dict[str, Any]:
    with phone.store.read(TENANT) as view:
        doc = view.records([Key("person", "p")])[Key("person", "p")].doc
    return {name: doc.get(name) for name in NEW}


def test_there_are_at_least_two_contracts_back() -> None:
    assert CURRENT - OLDEST >= 2


def test_an_edit_of_an_old_phone_leaves_what_it_does_not_know(old: Phone) -> None:
    edit = old.mutation("patch", "person", "p", 1, set={"given_name": "Grace", "access_needs": {"add": ["bsl"]}})
    assert send(old, edit) == [Outcome.APPLIED]
    assert kept(old) == NEW


def test_a_second_creation_by_an_old_phone_leaves_what_it_does_not_know(old: Phone) -> None:
    again = old.mutation("create", "person", "p", set=person(given_name="Grace"))
    assert send(old, again)[0] in (Outcome.MERGED, Outcome.CONFLICT)
    assert kept(old) == NEW


def test_a_deletion_taken_back_by_an_old_phone_brings_everything_back(old: Phone) -> None:
    other = Phone(old.store, prescriber("phone-b"))
    other.delete("person", "p", 1)
    send(old, old.mutation("patch", "person", "p", 1, set={"given_name": "Grace"}))
    (conflict,) = [row.id for row in other.pull().rows if row.kind == "conflict"]
    from server.sync.model import Command

    settle = old.mutation("command", "conflict", conflict, command=Command("resolve_conflict", {"keep": "mine"}))
    assert send(old, settle) == [Outcome.APPLIED]
    assert kept(old) == NEW


def test_an_old_phone_receives_what_it_does_not_know_as_it_is(old: Phone) -> None:
    (row,) = old.pull().rows
    assert json.loads(row.doc or "").items() >= NEW.items()


def page(phone: Phone, schema: int, cursor: str | None = None) -> Page:
    hidden = hidden_from(schema, KINDS)
    return pull(Pull(cursor), phone.principal, store=phone.store, seal=SEAL, hidden=hidden)


ATTACHMENT = {
    "person_id": "p", "team_id": "team-a", "owner_kind": "person", "owner_id": "p", "purpose": "photo",
    "media_type": "image/png", "bytes": 10,
}  # fmt: skip


def test_a_kind_that_came_later_stays_away_from_old_phones_and_comes_with_the_new_app(store: Store) -> None:
    put(store, "person", "p", person())
    put(store, "attachment", "f", ATTACHMENT)
    put(store, "person", "q", person())
    phone = Phone(store, prescriber())
    first = page(phone, 1)
    assert ([row.id for row in first.rows], first.consistent) == (["p", "q"], True)
    assert page(phone, 1, first.cursor).rows == ()
    upgraded = page(phone, CURRENT, first.cursor)
    assert [row.id for row in upgraded.rows] == ["p", "f", "q"]
    assert page(phone, CURRENT, upgraded.cursor).rows == ()
    assert "attachment" in {row.kind for row in page(phone, 2).rows}


@pytest.mark.parametrize("schema", range(OLDEST, CURRENT + 1))
def test_an_old_phone_is_sent_only_kinds_whose_scopes_it_knows(schema: int) -> None:
    known = {rule.name for rule in KINDS.values() if rule.since <= schema}
    assert known == KINDS.keys() - hidden_from(schema, KINDS)
    assert {"person", "conflict", "task_detail"} <= known
