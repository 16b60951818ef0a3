"""Phones that work, lose answers, die and come back against the real server end up holding what it holds."""

import random
from contextlib import suppress

import pytest

from mobile_contract.python import Phone
from tests.contract.stage import PASSWORD, Stage

PERSON = {"family_name": "Quill", "made_up": True}
NAMES = ["Ada", "Bea", "Cy", "Dot"]
LANGUAGES = ["en", "pl", "tr", "uk"]
STEPS = 60


class CutError(OSError):
    pass


class World:
    """Two phones of Amina, one of Bola in her team, one of Chen in another; a network that loses half of all."""

    def __init__(self, stage: Stage, seed: int) -> None:
        self.stage, self.chance = stage, random.Random(seed)
        self.loss, self.made = 0.25, 0
        self.phones = [self.phone(name, number) for number, name in enumerate(("amina", "amina", "bola", "chen"))]

    def phone(self, username: str, number: int) -> Phone:
        made = Phone(
            self.stage.transport, f"phone-{number}", clock=lambda: self.stage.clock().timestamp() + number * 1000,
            chance=self.chance.random, page_rows=3,
        )  # fmt: skip
        made.sign_in(username, PASSWORD)
        made._transport = self.network
        return made

    def network(self, method, path, headers, body):
        if self.chance.random() < self.loss:
            raise CutError
        answer = self.stage.transport(method, path, headers, body)
        if self.chance.random() < self.loss:
            raise CutError
        return answer

    def step(self) -> None:
        phone = self.chance.choice(self.phones)
        self.stage.wait(self.chance.random() * 5)
        deeds = [self.create, self.edit, self.edit, self.edit, self.remove, self.sync, self.sync, self.regrant]
        self.chance.choice(deeds)(phone)

    def create(self, phone: Phone) -> None:
        team = "t2" if phone is self.phones[3] else self.chance.choice(["t1", "t1", "t2"])
        phone.create("person", {**PERSON, "team_id": team, "given_name": self.chance.choice(NAMES)})

    def edit(self, phone: Phone) -> None:
        people = sorted(phone.list("person"))
        if people:
            changes = self.chance.choice([
                {"given_name": self.chance.choice(NAMES)},
                {"max_km": self.chance.randrange(9)},
                {"languages": self.chance.sample(LANGUAGES, 2)},
                {"do_not_contact": self.chance.random() < 0.5},
                {"what_matters": f"thought {self.chance.randrange(99)}"},
                {"team_id": self.chance.choice(["t1", "t2"])},
            ])  # fmt: skip
            phone.patch("person", self.chance.choice(people), changes)

    def remove(self, phone: Phone) -> None:
        people = sorted(phone.list("person"))
        if people and self.chance.random() < 0.3:
            phone.remove("person", self.chance.choice(people))

    def regrant(self, _: Phone) -> None:
        """Amina gains or loses a second team, which her phones learn when they next ask."""
        if self.chance.random() < 0.3:
            self.stage.act({"teams": {"amina": self.chance.choice([["t1"], ["t1", "t2"]])}})

    def sync(self, phone: Phone) -> None:
        with suppress(CutError):
            phone.sync()

    def heal(self) -> None:
        self.loss = 0
        for _ in range(3):
            for phone in self.phones:
                phone.sync()

    def fresh(self, username: str) -> Phone:
        """A new phone of this person, with all that it may hold."""
        self.made += 1
        phone = self.phone(username, 100 + self.made)
        phone.sync()
        return phone


def held(phone: Phone) -> dict:
    return {key: (record.version, record.doc) for key, record in phone.holding.records.items()}


SEEDS = [*range(6), *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(6, 60))]


@pytest.mark.slow
@pytest.mark.parametrize("seed", SEEDS)
def test_phones_converge_with_a_fresh_one_and_lose_nothing(seed, make_memory_stage):
    people = [{"username": name} for name in ("amina", "bola")] + [{"username": "chen", "team_ids": ["t2"]}]
    world = World(make_memory_stage({"accounts": people}), seed)
    for _ in range(STEPS):
        world.step()
    world.heal()
    for phone, username in zip(world.phones, ("amina", "amina", "bola", "chen"), strict=True):
        assert held(phone) == held(world.fresh(username)), f"seed {seed}, {phone.device}"
        assert not phone.holding.outbox, f"seed {seed}, {phone.device}"
    refused = [entry.problem["type"] for phone in world.phones for entry in phone.holding.attention.values()]
    assert set(refused) <= {"/problems/not-yours", "/problems/scope-lost"}, f"seed {seed}"


def test_the_network_of_this_world_does_lose(make_memory_stage):
    world = World(make_memory_stage({"accounts": [{"username": name} for name in ("amina", "bola", "chen")]}), 1)
    with pytest.raises(CutError):
        [world.phones[0].sync() for _ in range(100)]
