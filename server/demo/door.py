"""The door into the demonstration programme, judged by the contract like every other."""

from mobile_contract.schemas import KINDS
from mobile_contract.validate import validate
from server.clock import now
from server.sync.door import Door
from server.sync.ports import Store


def open_door(store: Store, tenant: str) -> Door:
    """Open the one way to write into `tenant`."""
    return Door(store, tenant, KINDS, validate, now)
