"""What people do on their phones, with or without a signal."""

from random import Random
from typing import TYPE_CHECKING, Any

from server.simulation.deeds.registry import deed, is_caseworker
from server.simulation.phones import SimPhone

if TYPE_CHECKING:
    from server.simulation.world import World

TEAMS = ("t1", "t2")
LANGUAGES = ("en", "pl", "tr", "uk")
NEEDS = ("money", "housing", "lonely")


def word(world: "World", phone: SimPhone, number: int) -> str:
    """Make a text that nobody else ever writes, and that names its tenant."""
    return f"{phone.account.tenant}-{phone.name}.{number}"


def somebody(phone: SimPhone, kind: str, roll: Random) -> str | None:
    """Choose a record of a kind that the phone shows; mostly the first, so that phones meet on it."""
    shown = [key[1] for key in phone.holding.records if key[0] == kind]
    shown += [entry.id for entry in phone.holding.outbox.values() if entry.kind == kind and entry.op == "create"]
    there = [record_id for record_id in sorted(set(shown)) if phone.client.read(kind, record_id) is not None]
    if there and roll.random() < 0.6:
        return there[0]
    return roll.choice(there) if there else None


def patch(world: "World", phone: SimPhone, kind: str, record_id: str, values: dict[str, Any]) -> None:
    """Let a phone change fields of a record."""
    mid = phone.client.patch(kind, record_id, phone.knows(kind, values))
    world.make(phone, mid, "patch", kind, record_id, values)


def create(world: "World", phone: SimPhone, kind: str, values: dict[str, Any], record_id: str) -> None:
    """Let a phone make a record."""
    phone.client.create(kind, phone.knows(kind, values), record_id)
    world.make(phone, world.latest(phone), "create", kind, record_id, values)


@deed(3, optional=False)
def new_person(world: "World", phone: SimPhone, roll: Random, number: int) -> None:
    """Make a person, now and then under an id that another phone uses too."""
    if is_caseworker(phone):
        name = f"p{roll.choice((3, 3, 4, 10 + number))}"
        values = {"team_id": roll.choice(TEAMS), "given_name": word(world, phone, number), "family_name": "Quill"}
        create(world, phone, "person", {**values, "made_up": True}, name)


@deed(10, optional=False)
def edit(world: "World", phone: SimPhone, roll: Random, number: int) -> None:
    """Change a field of a person."""
    if not is_caseworker(phone):
        return
    who = somebody(phone, "person", roll)
    if who is None:
        return
    text = word(world, phone, number)
    wishes: list[dict[str, Any]] = [
        {"given_name": text},
        {"given_name": text},
        {"given_name": text},
        {"given_name": text},
        {"family_name": text, "max_km": roll.randrange(40)},
        {"what_matters": text},
        {"languages": sorted(roll.sample(LANGUAGES, 2))},
        {"do_not_contact": roll.random() < 0.5},
        {"audience": roll.choice(("anyone", "women")), "phone": text},
    ]
    patch(world, phone, "person", who, roll.choice(wishes))


@deed(3)
def disagree(world: "World", phone: SimPhone, roll: Random, number: int) -> None:
    """Let two phones write another name for one person, neither knowing of the other, some time apart."""
    others = [one for one in world.phones if one is not phone and is_caseworker(one)]
    shown = [key[1] for key in phone.holding.records if key[0] == "person"]
    for other in roll.sample(others, len(others)):
        both = sorted(one for one in shown if ("person", one) in other.holding.records)
        if both and other.account.tenant == phone.account.tenant:
            for writer in (phone, other):
                if writer.client.read("person", both[0]) is not None:
                    patch(world, writer, "person", both[0], {"given_name": word(world, writer, number)})
                world.clock.pass_s(roll.choice((0, 5, 4_000)))
            return


@deed(2)
def move(world: "World", phone: SimPhone, roll: Random, number: int) -> None:
    """Hand a person over to another team."""
    if is_caseworker(phone) and (who := somebody(phone, "person", roll)):
        patch(world, phone, "person", who, {"team_id": roll.choice(TEAMS)})


@deed(2)
def remove(world: "World", phone: SimPhone, roll: Random, number: int) -> None:
    """Delete a person or a placement."""
    kind = roll.choice(("person", "person", "placement"))
    if is_caseworker(phone) and (who := somebody(phone, kind, roll)):
        world.make(phone, phone.client.remove(kind, who), "delete", kind, who)


@deed(3)
def refer(world: "World", phone: SimPhone, roll: Random, number: int) -> None:
    """Make a referral of a person who may not have reached the server yet."""
    if not is_caseworker(phone):
        return
    who = roll.choice(("p0", "p3", "p4", f"p{10 + roll.randrange(1, 12)}"))
    team = _team(phone, roll)
    values: dict[str, Any] = {"person_id": who, "team_id": team, "needs": ["money"], "received_on": "2026-11-20"}
    values |= {"comment": word(world, phone, number), "budget_pence": number}
    create(world, phone, "referral", values, f"r{roll.choice((0, number))}")


@deed(2)
def note(world: "World", phone: SimPhone, roll: Random, number: int) -> None:
    """Write a note, once and for ever; now and then with an id that is taken."""
    if is_caseworker(phone):
        values = {"person_id": roll.choice(("p0", "p1", "p3")), "team_id": _team(phone, roll), "type": "call"}
        values |= {"text": word(world, phone, number), "written_at": "2026-11-21T09:00:00Z"}
        create(world, phone, "note", values, f"n{roll.choice((0, number, number))}")


@deed(3)
def attend(world: "World", phone: SimPhone, roll: Random, number: int) -> None:
    """Count sessions, which add up whoever counts them; move a placement on."""
    if not is_caseworker(phone):
        return
    which = somebody(phone, "placement", roll)
    doc = phone.client.read("placement", which) if which else None
    if which and doc:
        patch(world, phone, "placement", which, {"attended": doc["attended"] + roll.randint(1, 3)})
        if roll.random() < 0.3:
            patch(world, phone, "placement", which, {"status": roll.choice(("started", "ended", "offered"))})


@deed(2)
def consent(world: "World", phone: SimPhone, roll: Random, number: int) -> None:
    """Write down, or change, what a person agrees to."""
    if not is_caseworker(phone):
        return
    values = {"share_with_providers": roll.choice(("name_and_needs", "codes_only", "nothing")), "method": "spoken"}
    if which := somebody(phone, "consent", roll):
        patch(world, phone, "consent", which, values)
    else:
        create(world, phone, "consent", {"person_id": "p0", "team_id": _team(phone, roll), **values}, "c0")


def _team(phone: SimPhone, roll: Random) -> str:
    teams = sorted(scope.partition(":")[2] for scope in phone.holding.scopes if scope.startswith("caseload:"))
    return roll.choice(teams or list(TEAMS))
