"""Push: a device's mutations go in, each gets its receipt, the feed moves."""

from collections.abc import Mapping
from datetime import datetime

from mobile_contract.merge import KindRule
from server.sync.model import Principal, Push, PushAnswer
from server.sync.ports import Store, Validate


def push(
    request: Push,
    principal: Principal,
    *,
    store: Store,
    rules: Mapping[str, KindRule],
    validate: Validate,
    now: datetime,
) -> PushAnswer:
    """Apply a device's mutations and say what became of each.

    now : an aware UTC instant. Raises RefusedError when the request is not this device's.
    """
    raise NotImplementedError
