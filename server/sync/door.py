"""The one way in for everything that no phone pushes: staff edits, importers, the demonstration, the server itself."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from mobile_contract.merge import KindRule
from server.sync.model import Key
from server.sync.ports import Store, Validate


@dataclass(frozen=True, slots=True)
class Put:
    """A whole document to be kept under its id."""

    kind: str
    id: str
    doc: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Written:
    """How many documents were new, different, or already there as given."""

    created: int = 0
    changed: int = 0
    unchanged: int = 0


class InvalidDocumentError(ValueError):
    """A document breaks the contract. key : which. errors : messages per field."""

    def __init__(self, key: Key, errors: Mapping[str, Any]) -> None:
        super().__init__(f"{key.kind} {key.id}: {dict(errors)}")
        self.key = key
        self.errors = errors


class Door:
    """Writes whole documents into one tenant, with feed, scopes and places kept true."""

    def __init__(
        self,
        store: Store,
        tenant: str,
        rules: Mapping[str, KindRule],
        validate: Validate,
        clock: Callable[[], datetime],
    ) -> None:
        self._store = store
        self._tenant = tenant
        self._rules = rules
        self._validate = validate
        self._clock = clock

    def write(self, puts: Iterable[Put], by: str = "import") -> Written:
        """Keep the documents, at most 500 a transaction; an unchanged document moves nothing, so twice is safe.

        Raises InvalidDocumentError for the first document that breaks the contract; earlier chunks stay.
        """
        raise NotImplementedError

    def remove(self, keys: Iterable[Key], by: str = "import") -> int:
        """Delete records, leaving tombstones; say how many were there."""
        raise NotImplementedError
