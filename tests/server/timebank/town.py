"""A made-up time bank for tests: its documents, its members' phones, its broker's desk."""

from dataclasses import dataclass, field
from typing import Any

from server.sync.door import Put
from server.sync.model import Principal, Receipt
from server.sync.ports import Store
from tests.builders import DISTRICT, TENANT, Phone, door, volunteer

OPENED = {"opened_at": "2026-11-01T09:00:00Z", "made_up": True}
TERMS: dict[str, Any] = {"minutes": 60, "category": "gardening", "day_on": "2026-11-20"}


def bank(name: str = "bank", **fields: Any) -> Put:
    """Give a bank in which members may owe two hours and hold ten."""
    rules = {"floor_min": -120, "ceiling_min": 600, "pot_floor_min": -6000, "pot_id": f"{name}-pot"}
    return Put("bank", name, {"name": f"Bank {name}", "district": DISTRICT, **rules, "made_up": True, **fields})


def pot(bank_id: str = "bank") -> Put:
    """Give its community pot."""
    bounds = {"floor_min": -6000, "ceiling_min": 6000}
    whose = {"bank_id": bank_id, "type": "pot", "owner_kind": "bank", "owner_id": bank_id, "name": "Pot"}
    return Put("account", f"{bank_id}-pot", {**whose, **bounds, **OPENED})


def member(number: int, bank_id: str = "bank", account_id: str | None = None) -> Put:
    """Give the account of a volunteer."""
    own = f"volunteer-{number}"
    whose = {"type": "person", "owner_kind": "volunteer", "owner_id": own, "volunteer_id": own, "name": f"Vic {number}"}
    bounds = {"floor_min": -120, "ceiling_min": 600}
    return Put("account", account_id or f"a{number}", {"bank_id": bank_id, **whose, **bounds, **OPENED})


def group(name: str = "choir", bank_id: str = "bank") -> Put:
    """Give the account of a group that the centre looks after."""
    whose = {"type": "group", "owner_kind": "organisation", "owner_id": name, "centre_id": "centre-a", "name": "Choir"}
    return Put("account", name, {"bank_id": bank_id, **whose, "floor_min": -120, "ceiling_min": 600, **OPENED})


def broker(bank_id: str = "bank", device: str = "bank-desk") -> Principal:
    """Give the broker of a bank."""
    scopes = frozenset({f"timebank:{bank_id}", f"directory:{DISTRICT}"})
    return Principal(TENANT, f"account-{device}", device, frozenset({"broker"}), scopes)


@dataclass
class Town:
    """A bank with three members and a group."""

    store: Store
    phones: dict[str, Phone] = field(default_factory=dict)

    @classmethod
    def opened(cls, store: Store, **rules: Any) -> "Town":
        """Open it."""
        people = [
            Put("volunteer", f"volunteer-{n}", {"given_name": "Vic", "family_name": f"{n}", "centre_id": "centre-a"})
            for n in (1, 2, 3)
        ]
        door(store).write([bank(**rules), pot(), *people, *(member(n) for n in (1, 2, 3)), group()])
        return cls(store)

    def phone(self, number: int, device: str | None = None) -> Phone:
        """Give a member's phone, the same each time."""
        return self._phone(volunteer(number, device))

    def desk(self, bank_id: str = "bank") -> Phone:
        """Give the broker's."""
        return self._phone(broker(bank_id, f"desk-of-{bank_id}"))

    def _phone(self, who: Principal) -> Phone:
        return self.phones.setdefault(who.device_id, Phone(self.store, who))

    def doc(self, kind: str, record_id: str) -> dict[str, Any]:
        """Give a record that is there."""
        with self.store.read(TENANT) as view:
            found = [one for one in view.of_kind(kind) if one.key.id == record_id]
        return dict(found[0].doc)

    def balances(self) -> dict[str, int]:
        """Give the balances as the ledger has them, and see that the accounts' records say the same."""
        with self.store.read(TENANT) as view:
            kept = {one.id: one.balance_min for one in view.time_accounts() if one.balance_min}
            told = {one.key.id: one.doc["balance_min"] for one in view.of_kind("account")}
            assert {name: told[name] for name in kept if name in told} == {n: kept[n] for n in kept if n in told}
            assert sum(kept.values()) == 0
            assert list(view.unbalanced()) == []
        return kept

    def proposed(self, name: str = "x", **more: Any) -> Receipt:
        """Let member 1 say that they help member 2."""
        args = {"exchange_id": name, "with_account_id": "a2", "gives": True, **TERMS, **more}
        return self.phone(1, f"first-{name}").command("propose_exchange", "account", "a1", **args)


def slug(receipt: Receipt) -> str:
    """Name the problem, the empty text for none."""
    return receipt.problem.slug if receipt.problem else ""
