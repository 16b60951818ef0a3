"""Puts the parts of files together over a folder and a database."""

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path

from mobile_contract.merge import KindRule
from server.accounts.database import Database
from server.files.access import Access
from server.files.blobs import Blobs
from server.files.index import Uploads, Uses
from server.files.model import Limits
from server.files.parts import Parts
from server.files.service import Files
from server.files.shelf import Shelf
from server.sync.door import Door
from server.sync.ports import Store, Validate


def make_files(
    folder: Path,
    database: Database,
    store: Store,
    rules: Mapping[str, KindRule],
    validate: Validate,
    now: Callable[[], datetime],
    limits: Limits,
    slots: int,
) -> Files:
    """Make the service. folder : of everything that is kept of files. slots : senders that a process serves at once."""

    def door(tenant: str) -> Door:
        return Door(store, tenant, rules, validate, now)

    parts, blobs = Parts(folder / "parts"), Blobs(folder / "whole")
    shelf = Shelf(parts, blobs, Uploads(database), Uses(database), Access(store, rules), door, now)
    return Files(shelf, limits, slots)
