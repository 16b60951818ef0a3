"""What goes through the door: whole documents, and what came of writing them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from server.sync.model import Key

#: Who writes when the server does so on its own authority.
SERVER: Final = "server"


@dataclass(frozen=True, slots=True)
class Put:
    """A whole document to be kept under its id."""

    kind: str
    id: str
    doc: Mapping[str, Any]

    @property
    def key(self) -> Key:
        """The record that is written."""
        return Key(self.kind, self.id)


@dataclass(frozen=True, slots=True)
class Written:
    """How many documents were new, different, or already there as given."""

    created: int = 0
    changed: int = 0
    unchanged: int = 0

    def __add__(self, other: "Written") -> "Written":
        return Written(self.created + other.created, self.changed + other.changed, self.unchanged + other.unchanged)


class InvalidDocumentError(ValueError):
    """A document breaks the contract. key : which. errors : messages per field."""

    def __init__(self, key: Key, errors: Mapping[str, Any]) -> None:
        super().__init__(f"{key.kind} {key.id}: {dict(errors)}")
        self.key = key
        self.errors = errors


class NobodyDecidedError(ValueError):
    """The server on its own authority would place somebody. A person decides that: UK GDPR, Articles 22A to 22D."""


def refuse_undecided(put: Put, by: str) -> None:
    """Raise NobodyDecidedError for a placement that nobody but the server itself would make."""
    if put.kind == "placement" and by == SERVER:
        raise NobodyDecidedError(f"placement {put.id}: a person decides about a referral, never the server by itself.")
