"""What an erasure takes away outside the database: files, and snapshots of the scopes that they were in."""

from server.api.services import Services
from server.storage.sql import SqlStore


def forget_outside(at: Services, tenant: str) -> None:
    """Take away what an erasure in `tenant` left on the disk beside the database."""
    at.files.forget_erased(tenant)
    if isinstance(at.store, SqlStore):
        at.shelf.forget(at.store.listed_snapshots())
