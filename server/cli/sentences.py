"""What can go wrong on any machine, each with the sentence that says so and how to mend it."""

import errno
import os
import re
import sqlite3
from collections.abc import Callable, Mapping
from typing import Any, Final

from sqlalchemy import exc

from ml.models.registry import RegistryError
from server.settings import SettingError
from server.sync.ports import ClashError

_FULL: Final = "The disk is full. Free some space, then run the same command again."
_BUSY: Final = "The database is too busy. Run the same command again: what is there stays as it is."
_DAMAGED: Final = (
    "The database is damaged or is no database. Move the file away, run `kith migrate`, then put a backup in place "
    "with `kith restore FILE`."
)

_UNUSABLE: Final = (
    "The database cannot be used ({what}). See that it runs and that KITH_DATABASE_URL names it; "
    "then run `kith migrate`."
)

#: Parts of what SQLite and PostgreSQL say, and what that means for a person.
_SAID: Final = {
    "disk is full": _FULL,
    "readonly database": "The database may not be written. Give this user the right to write it and its folder.",
    "unable to open database file": "The database cannot be opened. Its folder, in KITH_HOME or KITH_DATABASE_URL, "
    "has to be there and writable.",
    "database is locked": _BUSY,
    "not a database": _DAMAGED,
    "malformed": _DAMAGED,
    "invalid connection option": "KITH_DATABASE_URL has a word behind its question mark that PostgreSQL does not know.",
    "disk I/O error": "The disk does not answer as it should. Look after it, then run the same command again.",
}


def sentence_of(error: BaseException) -> str | None:
    """Say what happened and how to mend it; None for a fault of ours, whose traceback somebody needs."""
    return next((tell(error) for kind, tell in _SENTENCES.items() if isinstance(error, kind)), None)


def _own(error: Any) -> str:
    return str(error)


def _database(error: Any) -> str | None:
    """Tell of SQLite's own error, or of SQLAlchemy's, which holds it."""
    text = str(getattr(error, "orig", error))
    told = next((told for part, told in _SAID.items() if part in text), None)
    if told is None and isinstance(error, exc.OperationalError | exc.InterfaceError):
        return _UNUSABLE.format(what=type(error.orig).__name__)
    return told


def _clash(error: Any) -> str:
    cause = error.__cause__
    return (_database(cause) if isinstance(cause, exc.DBAPIError) else None) or _BUSY


def _system(error: Any) -> str | None:
    quoted = re.search(r"'(/[^']+)'", str(error))  # Arrow's errors name the file in their words alone
    file = error.filename or (quoted[1] if quoted else None)
    where = f" ({file})" if file else ""
    told = _NOT_READABLE if _may_not_be_read(error, file) else _ERRNO.get(error.errno)
    return None if told is None else told.format(where=where)


def _may_not_be_read(error: Any, file: Any) -> bool:
    return error.errno in (errno.EACCES, errno.EPERM) and bool(file) and (_is_shut_in(file) or _is_shut(file))


def _is_shut(file: Any) -> bool:
    return os.path.lexists(file) and not os.access(file, os.R_OK)


def _is_shut_in(file: Any) -> bool:
    """Whether this user may not even look into the folder of `file`, so that nobody can tell what is there."""
    return not os.access(os.path.dirname(os.path.abspath(file)), os.X_OK)


_NOT_READABLE: Final = (
    "This file or folder may not be read{where}. Give this user the right to, or run this as its owner."
)
_NOT_WRITABLE: Final = "This file or folder may not be written{where}. Choose another with KITH_HOME."
_FILE_THERE: Final = "A file stands where a folder is needed{where}. Move it away, or choose another with KITH_HOME."
_ERRNO: Final[Mapping[int, str]] = {
    errno.ENOSPC: _FULL,
    errno.EDQUOT: _FULL,
    errno.EACCES: _NOT_WRITABLE,
    errno.EPERM: _NOT_WRITABLE,
    errno.EROFS: _NOT_WRITABLE,
    errno.ENOTDIR: _FILE_THERE,
    errno.EEXIST: _FILE_THERE,
    errno.ENOENT: "There is no such file or folder{where}. Make its folder first, or name another.",
    errno.EISDIR: "A folder stands where a file is needed{where}. Name another.",
    errno.ENAMETOOLONG: "This name is too long for a file{where}. Choose a shorter one.",
}

#: The first that fits tells.
_SENTENCES: Final[Mapping[type[BaseException], Callable[[Any], str | None]]] = {
    SettingError: _own,
    RegistryError: _own,
    ClashError: _clash,
    exc.DBAPIError: _database,
    sqlite3.Error: _database,
    OSError: _system,
}
