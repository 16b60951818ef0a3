"""A database that has no more room on its disk, told from one that is busy or gone."""

import sqlite3
from typing import Final

from sqlalchemy import exc

#: PostgreSQL's own number for it.
_DISK_FULL: Final = "53100"


def is_full(error: exc.DBAPIError) -> bool:
    """Say whether the database refused for want of room."""
    by_sqlite = getattr(error.orig, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL
    return by_sqlite or getattr(error.orig, "sqlstate", None) == _DISK_FULL
