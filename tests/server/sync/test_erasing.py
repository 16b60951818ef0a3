"""A person asks to be forgotten: no text of theirs is found anywhere, whatever happened before and comes after."""

import random
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, inspect, text

from server.storage.memory import MemoryStore
from server.sync.model import Key, Mutation, Outcome, Principal
from server.sync.ports import Store
from tests.builders import NOW, TEAM, TENANT, Phone, door, person, placement, prescriber, put
from tests.promises.asking import problem_of, quarantine

#: Is in every text about the person, and nowhere else.
MARK = "Quillfeather"
OTHER = "caseload:team-b"


def admin(device: str = "desk", scopes: tuple[str, ...] = (TEAM,)) -> Principal:
    return Principal(TENANT, f"account-{device}", device, frozenset({"administrator"}), frozenset(scopes))


def everything(store: Store) -> str:
    """All that the store keeps, as one text: every value of every column of every table."""
    if isinstance(store, MemoryStore):
        return repr(store._tenants)
    engine: Engine = store.engine  # type: ignore[attr-defined] # a store in SQL has one
    with engine.connect() as connection:
        tables = inspect(engine).get_table_names()
        assert {"record", "receipt", "quarantine", "deferred", "audit"} <= set(tables)
        return "\n".join(
            repr(tuple(row)) for table in tables for row in connection.execute(text(f'SELECT * FROM "{table}"'))
        )


def about(n: int) -> str:
    return f"{MARK}-{n}"


class History:
    """A seeded life of one person in a team, with everything that leaves traces."""

    def __init__(self, store: Store, seed: int) -> None:
        self.store, self.roll = store, random.Random(seed)
        self.phones = [Phone(store, prescriber(f"phone-{n}")) for n in range(3)]
        self.told: list[Mutation] = []
        self.number = 0

    def live(self, steps: int = 40) -> None:
        put(self.store, "person", "p", person(given_name=about(0), what_matters=about(0)))
        put(self.store, "person", "someone", person(given_name="Ivy"))
        for _ in range(steps):
            phone = self.roll.choice(self.phones)
            phone.now += timedelta(minutes=self.roll.randrange(1, 60))
            made = self.deed(phone)
            phone.push(made)
            self.told.append(made)
            if self.roll.random() < 0.2:  # the same name for something else is refused and kept aside
                phone.push(replace(made, set={"what_matters": self.text()}, kind="person", id="p", op="patch"))

    def text(self) -> str:
        self.number += 1
        return about(self.number)

    def deed(self, phone: Phone) -> Mutation:
        kind = self.roll.choice(
            ["patch", "patch", "patch", "note", "referral", "orphan", "wrong", "placement", "delete"]
        )
        name = f"{kind}-{phone.principal.device_id}-{phone.made}"
        note = {"person_id": "p", "team_id": "team-a", "type": "note", "written_at": "2026-11-21T09:00:00Z"}
        referral = {"person_id": "p", "team_id": "team-a", "needs": ["money"], "received_on": "2026-11-20"}
        if kind == "note":
            return phone.mutation("create", "note", name, set={**note, "text": self.text()})
        if kind == "referral":
            return phone.mutation("create", "referral", "r", set={**referral, "comment": self.text()})
        if kind == "orphan":  # waits for a referral that may never come
            return phone.mutation("create", "note", name, set={**note, "text": self.text(), "referral_id": "never"})
        if kind == "wrong":
            return phone.mutation("create", "note", name, set={**note, "text": self.text(), "shoe_size": 41})
        if kind == "placement":
            values = placement(person_id="p", referral_id="r", comment=self.text())
            return phone.mutation("create", "placement", f"pl-{self.roll.randrange(2)}", set=values)
        if kind == "delete":
            return phone.mutation("delete", "referral", "r", self.roll.randrange(1, 9))
        values = self.roll.choice([{"given_name": self.text()}, {"what_matters": self.text()}, {"phone": self.text()}])
        return phone.mutation("patch", "person", "p", self.roll.randrange(1, 9), set=values)


@pytest.mark.parametrize("seed", [1, pytest.param(2, marks=pytest.mark.slow)])
def test_after_an_erasure_no_text_of_the_person_is_found_anywhere(store: Store, seed: int) -> None:
    history = History(store, seed)
    history.live()
    assert everything(store).count(MARK) > 20
    desk = Phone(store, admin())
    erased = desk.command("erase", "person", "p")
    assert (erased.outcome, erased.row and erased.row.op) == (Outcome.APPLIED, "del")
    assert MARK not in everything(store)
    for phone in history.phones:  # and what comes later is kept without content
        phone.push(*(history.deed(phone) for _ in range(6)))
        phone.push(*(told for told in history.told if told.hlc.endswith(phone.principal.device_id)))
    assert MARK not in everything(store)
    assert {entry.reason for entry in quarantine(store) if entry.id == "p"} >= {"erased"}
    with store.read(TENANT) as view:
        assert [stored.key.id for stored in view.of_kind("person")] == ["someone"]
        assert [(seen.what, seen.id) for seen in view.seen(Key("person", "p")) if seen.what == "erase"] == [
            ("erase", "p")
        ]


def test_phones_are_told_to_drop_the_person_and_all_that_hangs_on_them(store: Store) -> None:
    put(store, "person", "p", person())
    put(
        store, "referral", "r", {"person_id": "p", "team_id": "team-a", "needs": ["money"], "received_on": "2026-11-20"}
    )
    put(store, "exposure", "e", exposure())
    phone = Phone(store, prescriber())
    phone.pull()
    Phone(store, admin()).command("erase", "person", "p")
    rows = {(row.kind, row.op, row.doc) for row in phone.pull().rows}
    assert rows == {(kind, "del", None) for kind in ("person", "referral", "exposure")}
    assert Phone(store, prescriber("fresh")).pull().rows == ()


def exposure() -> dict[str, Any]:
    return {
        "referral_id": "r", "team_id": "team-a", "shown_at": "2026-11-21T09:00:00Z", "ranked_on": "phone",
        "model_version": "rules", "policy": "explore", "query": {"age": 71}, "items": [],
    }  # fmt: skip


def test_an_erased_person_is_never_made_again(store: Store) -> None:
    put(store, "person", "p", person())
    phone = Phone(store, prescriber())
    Phone(store, admin()).command("erase", "person", "p")
    for receipt in (phone.create("person", "p", **person()), phone.patch("person", "p", 1, given_name="Joan")):
        assert problem_of(receipt) == "erased"
    put(store, "person", "p", person())
    assert phone.pull().rows == ()


def test_only_named_roles_erase_and_only_whom_they_hold(store: Store) -> None:
    put(store, "person", "p", person())
    assert problem_of(Phone(store, prescriber()).command("erase", "person", "p")) == "not-yours"
    assert problem_of(Phone(store, admin("far", (OTHER,))).command("erase", "person", "p")) == "not-yours"
    assert [row.kind for row in Phone(store, prescriber()).pull().rows] == ["person"]


def test_a_deleted_person_can_be_erased_and_is_not_restored(store: Store) -> None:
    put(store, "person", "p", person(given_name=MARK))
    a, b = Phone(store, prescriber("phone-a")), Phone(store, prescriber("phone-b"))
    a.delete("person", "p", 1)
    b.patch("person", "p", 1, given_name=MARK)
    (conflict,) = [row.id for row in a.pull().rows if row.kind == "conflict"]
    assert Phone(store, admin()).command("erase", "person", "p").outcome is Outcome.APPLIED
    assert problem_of(b.command("resolve_conflict", "conflict", conflict, keep="mine")) == "erased"
    assert MARK not in everything(store)


def test_the_place_of_an_erased_person_is_free_again(store: Store) -> None:
    from tests.builders import place_count

    put(store, "person", "p", person())
    put(
        store, "referral", "r", {"person_id": "p", "team_id": "team-a", "needs": ["money"], "received_on": "2026-11-20"}
    )
    put(store, "place_count", "asset-1", place_count(1))
    put(store, "placement", "pl", placement(person_id="p", referral_id="r"), by="amina")
    Phone(store, prescriber()).command("offer_place", "placement", "pl")
    Phone(store, admin()).command("erase", "person", "p")
    with store.read(TENANT) as view:
        assert view.records([Key("place_count", "asset-1")])[Key("place_count", "asset-1")].doc["places_open"] == 1


def test_who_does_not_hold_an_erased_person_hears_what_they_hear_of_a_stranger(store: Store) -> None:
    put(store, "person", "p", person())
    Phone(store, admin()).command("erase", "person", "p")
    other = Phone(store, prescriber("other", (OTHER,)))
    note = {"team_id": "team-b", "type": "note", "written_at": "2026-11-21T09:00:00Z", "text": MARK}
    erased = other.create("note", "n1", **note, person_id="p"), other.patch("person", "p", 1, given_name=MARK)
    unknown = other.create("note", "n2", **note, person_id="q"), other.patch("person", "q", 1, given_name=MARK)
    for one, two in zip(erased, unknown, strict=True):
        assert replace(one, mid="", lseq=0) == replace(two, mid="", lseq=0)
    assert [entry.id for entry in quarantine(store) if MARK in entry.payload] == ["q"]


def test_the_door_erases_as_well(store: Store) -> None:
    put(store, "person", "p", person(given_name=MARK))
    put(store, "note", "n", {"person_id": "p", "team_id": "team-a", "type": "note", "text": MARK,
                             "written_at": "2026-11-21T09:00:00Z"})  # fmt: skip
    assert door(store).erase([Key("person", "p"), Key("person", "nobody")], by="desk") == 2
    assert MARK not in everything(store)
    assert door(store, NOW + timedelta(days=1)).erase([Key("person", "p")], by="desk") == 0
