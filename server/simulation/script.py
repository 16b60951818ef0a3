"""A seed becomes a plan: who works in this world, on which phones, and what happens, deed after deed."""

from random import Random

from server.simulation.clocks import ERRORS_S
from server.simulation.deeds import DEEDS
from server.simulation.model import AccountPlan, Deed, PhonePlan, Plan

DISTRICT = "E07000070"
CENTRE = "c1"
ITEM = "asset-1"
TEAMS = ("t1", "t2")
_CASES = tuple(f"caseload:{team}" for team in TEAMS)
_DIRECTORY = f"directory:{DISTRICT}"
_TASKS = f"tasks:{DISTRICT}"
#: Fields that the contract two versions back did not have.
_OLD = {"person": ("audience", "online_ok", "travel"), "referral": ("budget_pence",), "placement": ("attended",)}
#: How many deeds a world has, at least and at most.
_DEEDS = (18, 45)

#: What goes wrong around the deeds of a time bank, how many there are, and how many worlds do without.
_AROUND_BANK = ("sync", "sync_roughly", "die_syncing", "kill_server", "contend", "arrive_late", "back_up", "restore")
_BANK_DEEDS = (8, 18)
_WITHOUT_BANK = 0.4


def make_plan(seed: int) -> Plan:
    """Write the script of a world. Each seed has its own taste: some deeds often, some never."""
    roll = Random(seed)
    tenants = (f"x{seed}", f"y{seed}")
    accounts = _accounts(*tenants)
    phones = _phones(roll)
    deeds = _deeds(roll, len(phones))
    return Plan(seed, tenants, accounts, phones, (*deeds, *_bank_deeds(seed, phones, len(deeds))))


def _accounts(first: str, second: str) -> tuple[AccountPlan, ...]:
    def case(tenant: str, name: str, role: str, *scopes: str) -> AccountPlan:
        return AccountPlan(tenant, name, frozenset({role}), frozenset({*scopes, _DIRECTORY}), (*_CASES, _DIRECTORY))

    def volunteer(name: str, number: int) -> AccountPlan:
        own = f"volunteer:v{number}"
        may = (own, _TASKS, _DIRECTORY)
        return AccountPlan(first, name, frozenset({"volunteer"}), frozenset({own, _TASKS}), may, f"v{number}")

    centre = (f"centre:{CENTRE}", _TASKS, _DIRECTORY)
    return (
        case(first, "amina", "prescriber", _CASES[0]),
        case(first, "bola", "outreach", *_CASES),
        case(first, "cleo", "prescriber", _CASES[1]),
        volunteer("vic", 1),
        volunteer("wen", 2),
        AccountPlan(first, "desk", frozenset({"centre"}), frozenset(centre), centre),
        case(second, "yan", "prescriber", _CASES[0]),
    )


def _phones(roll: Random) -> tuple[PhonePlan, ...]:
    """Amina and somebody of her team are always there; three to five phones in all."""
    others = ["amina-2", "bola-1", "bola-2", "cleo-1", "vic-1", "wen-1", "desk-1", "yan-1"]
    chosen = ["amina-1", roll.choice(others[:2]), *roll.sample(others[2:], roll.choice((1, 2, 2, 3)))]
    old = roll.random() < 0.25
    return tuple(
        PhonePlan(
            name,
            name.partition("-")[0],
            roll.choice((1, 2, 3, 5, 50)),
            roll.choice(ERRORS_S),
            _OLD if old and number == 1 else {},
            number % 3 != 1,
        )
        for number, name in enumerate(dict.fromkeys(chosen))
    )


def _deeds(roll: Random, phones: int) -> tuple[Deed, ...]:
    taste = {
        name: deed.weight * roll.choice((0, 1, 1, 2, 4) if deed.optional else (1, 1, 2))
        for name, deed in DEEDS.items()
        if not deed.apart
    }
    names = roll.choices(list(taste), list(taste.values()), k=roll.randint(*_DEEDS))
    return tuple(
        Deed(number, name, roll.randrange(phones), _pause_s(roll), roll.getrandbits(48))
        for number, name in enumerate(names, 1)
    )


def _bank_deeds(seed: int, phones: tuple[PhonePlan, ...], before: int) -> tuple[Deed, ...]:
    """Write what follows in worlds with a time bank; chance of their own keeps the deeds before them as they were."""
    roll = Random(f"bank {seed}")
    members = [number for number, phone in enumerate(phones) if phone.account in ("vic", "wen")]
    if not members or roll.random() < _WITHOUT_BANK:
        return ()
    weights = {name: DEEDS[name].weight for name in _AROUND_BANK} | {
        name: deed.weight for name, deed in DEEDS.items() if deed.apart
    }
    names = ["open_bank", *roll.choices(list(weights), list(weights.values()), k=roll.randint(*_BANK_DEEDS))]
    return tuple(
        Deed(number, name, roll.choice(members), roll.choice((0, 1, 20, 300)), roll.getrandbits(48))
        for number, name in enumerate(names, before + 1)
    )


def _pause_s(roll: Random) -> int:
    return roll.choice((0, 1, 20, 300, 3_600, roll.randrange(86_400)))
