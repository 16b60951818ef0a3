"""NO-LEAK: no answer holds a row, an id or a count outside the grants, and none tells what exists elsewhere."""

import random
from dataclasses import replace
from typing import Any

import pytest

from server.storage.memory import MemoryStore
from server.sync.model import Command, PushAnswer, Receipt
from server.sync.ports import Store
from server.sync.review import entries_for
from tests.builders import KINDS, TENANT, Phone, person, placement, prescriber
from tests.promises.world import World

MARK = "Quillfeather"
B = "caseload:team-b"


def theirs(store: Store) -> None:
    """Let team A have people, referrals, conflicts and refused changes; every word of theirs is marked."""
    a, b = Phone(store, prescriber("phone-a1")), Phone(store, prescriber("phone-a2"))
    for number in range(4):
        name = f"p{number}"
        a.create("person", name, **person(given_name=f"{MARK}0", family_name=MARK))
        a.create("referral", f"r{number}", person_id=name, team_id="team-a", needs=["money"],
                 received_on="2026-11-20", comment=MARK)  # fmt: skip
        a.patch("person", name, 99, given_name=f"{MARK}1")
        b.patch("person", name, 1, given_name=f"{MARK}2")
        a.create("placement", f"pl{number}", **placement(person_id=name, referral_id=f"r{number}", comment=MARK))
        a.create("person", f"wrong{number}", **person(given_name=7, family_name=MARK))


def guesses(phone: Phone, seed: int) -> list[Any]:
    """Try what somebody of team B might, with the names of team A's records; give every answer."""
    roll, answers = random.Random(seed), []
    for _ in range(40):
        number = roll.randrange(4)
        who, kind = f"p{number}", roll.choice(["patch", "delete", "child", "command", "settle", "move", "own", "pull"])
        child = {"person_id": who, "team_id": "team-b", "needs": ["money"], "received_on": "2026-11-20"}
        if kind == "patch":
            answers.append(phone.patch("person", who, roll.randrange(40), given_name="X"))
        elif kind == "delete":
            answers.append(phone.delete(roll.choice(["person", "referral"]), who, roll.randrange(40)))
        elif kind == "child":
            answers.append(phone.create("referral", f"b{phone.made}", **child))
        elif kind == "command":
            answers.append(phone.command("offer_place", "placement", f"pl{number}"))
        elif kind == "settle":
            settle = Command("resolve_conflict", {"keep": "mine"})
            answers.append(phone.push(phone.mutation("command", "conflict", "c" * 32, command=settle)))
        elif kind == "move":
            answers.append(phone.patch("person", who, 1, team_id="team-b"))
        elif kind == "own":
            answers.append(phone.create("person", f"own{phone.made}", **person("team-b")))
        else:
            answers.append(phone.pull(limit=roll.choice([1, 5, 100])))
    answers.append(phone.pull())
    with phone.store.read(TENANT) as view:
        answers.append([replace(one, received_at="") for one in entries_for(phone.principal, view, KINDS, None)])
    return answers


@pytest.mark.parametrize("seed", [0, pytest.param(1, marks=pytest.mark.slow), pytest.param(2, marks=pytest.mark.slow)])
def test_nothing_of_another_team_is_in_any_answer(store: Store, seed: int) -> None:
    theirs(store)
    assert MARK not in repr(guesses(Phone(store, prescriber("phone-b", (B,))), seed))


@pytest.mark.parametrize("seed", [0, pytest.param(1, marks=pytest.mark.slow), pytest.param(2, marks=pytest.mark.slow)])
def test_answers_are_the_same_whether_another_team_has_anything_or_not(store: Store, seed: int) -> None:
    """But for the numbers of the feed, which all teams of a programme share."""
    theirs(store)
    full = guesses(Phone(store, prescriber("phone-b", (B,))), seed)
    empty = guesses(Phone(MemoryStore(), prescriber("phone-b", (B,))), seed)
    assert [_without_numbers(one) for one in full] == [_without_numbers(one) for one in empty]


def _without_numbers(answer: Any) -> Any:
    if isinstance(answer, PushAnswer):
        return [_without_numbers(receipt) for receipt in answer.results]
    if isinstance(answer, Receipt):
        return replace(answer, version=0, row=answer.row and answer.row._replace(version=0))
    if isinstance(answer, list):
        return answer
    return [row._replace(version=0) for row in answer.rows], answer.evict, answer.more, answer.consistent


def test_no_page_of_a_world_holds_what_its_phone_may_not(world: World) -> None:
    for held in world.devices:
        for key, (_, doc) in held.rows.items():
            import json

            assert KINDS[key.kind].scopes_of(key.id, json.loads(doc)) & held.phone.principal.scopes
