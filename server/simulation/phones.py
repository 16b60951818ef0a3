"""Phones: the reference client with a disk that holds what it had at its last named step, and a battery that dies."""

from dataclasses import dataclass, replace
from random import Random
from typing import Any

from mobile_contract.python import Phone
from mobile_contract.python.holding import Holding
from mobile_contract.python.network import Files
from mobile_contract.python.transport import Transport
from server.simulation.clocks import Clock, WrongClock
from server.simulation.model import AccountPlan, PhoneDiedError, PhonePlan

#: Syncs after which a phone that verifies asks.
_VERIFY_EVERY = 3


@dataclass(slots=True)
class Battery:
    """Dies at the `at`-th named step; `after` that step is on disk, or before."""

    at: int = 0
    after: bool = True


class SimPhone:
    """A device in the world. deaths, lost : how often it died and which scopes it lost."""

    def __init__(self, plan: PhonePlan, account: AccountPlan, truth: Clock) -> None:
        self.plan, self.account = plan, account
        self.clock = WrongClock(truth, plan.error_s)
        self.battery, self.roll = Battery(), Random(0)
        self.disk = Holding()
        self.deaths, self.wiped = 0, False
        self.client: Phone = None  # type: ignore[assignment] # made by `boot`, which needs the network
        self.lost: set[str] = set()

    @property
    def name(self) -> str:
        """The device's id."""
        return self.plan.device

    @property
    def holding(self) -> Holding:
        """What the phone remembers now."""
        return self.client.holding

    def boot(self, transport: Transport, files: Files) -> None:
        """Start with what is on disk."""
        self.battery = Battery()
        self.client = Phone(
            transport,
            self.plan.device,
            holding=copied(self.disk),
            clock=self.clock,
            chance=lambda: self.roll.random(),
            page_rows=self.plan.page_rows,
            kept=self._keep,
            files=files if self.plan.whole else None,
            verify_every=_VERIFY_EVERY if self.plan.whole else 0,
        )

    def _keep(self, step: str) -> None:
        battery = self.battery
        battery.at -= 1
        if battery.at == 0 and not battery.after:
            raise PhoneDiedError(step)
        self.disk = copied(self.client.holding)
        if battery.at == 0:
            raise PhoneDiedError(step)

    def knows(self, kind: str, values: dict[str, Any]) -> dict[str, Any]:
        """Leave out what the phone's old contract does not have."""
        return {name: value for name, value in values.items() if name not in self.plan.unknown.get(kind, ())}


def copied(holding: Holding) -> Holding:
    """Copy a holding; what its dictionaries hold never changes."""
    changed: dict[str, Any] = {
        name: dict(value) for name in Holding.__slots__ if isinstance(value := getattr(holding, name), dict)
    }
    return replace(holding, **changed)
