"""One tenant as importers see it: what it holds, the door into it, and the contract's judgement of documents."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import TypeVar

from server.importers.places import Postcodes
from server.sync.door import Door, Put
from server.sync.model import Key, Stored
from server.sync.ports import Store, Validate

T = TypeVar("T")

#: How many records are asked for at once.
CHUNK = 500


@dataclass(frozen=True, slots=True)
class Site:
    """A tenant to import into. today : the date of the import."""

    tenant: str
    store: Store
    door: Door
    validate: Validate
    today: date

    def check(self, put: Put) -> bool:
        """Say whether a document keeps the contract."""
        return not self.validate(put.kind, put.doc, False)[1]

    def postcodes(self) -> Postcodes:
        """Read the table of postcodes that the tenant holds; empty when none was imported."""
        with self.store.read(self.tenant) as view:
            return Postcodes.from_sectors(stored.doc for stored in view.of_kind("postcode_sector"))

    def held(self, keys: Iterable[Key]) -> Mapping[Key, Stored]:
        """Give those of `keys` that the tenant holds, deleted ones included."""
        found: dict[Key, Stored] = {}
        with self.store.read(self.tenant) as view:
            for chunk in chunks(keys):
                found |= view.records(chunk)
        return found

    def of_kind(self, kind: str) -> list[Stored]:
        """Give every record of a kind that is not deleted."""
        with self.store.read(self.tenant) as view:
            return list(view.of_kind(kind))


#: Opens a tenant for importing.
Connect = Callable[[str], Site]


def chunks(items: Iterable[T], size: int = CHUNK) -> Iterator[list[T]]:
    """Give `items` in lists of at most `size`."""
    left = iter(items)
    while chunk := list(islice(left, size)):
        yield chunk
