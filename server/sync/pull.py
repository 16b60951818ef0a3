"""Pull: what changed in the scopes that a device may hold, a page at a time."""

from server.sync.model import Page, Principal, Pull
from server.sync.ports import Seal, Store


def pull(request: Pull, principal: Principal, *, store: Store, seal: Seal) -> Page:
    """Give the next page after the cursor.

    Raises RefusedError: cursor-invalid (forged or not this device's), epoch-changed, cursor-expired.
    """
    raise NotImplementedError
