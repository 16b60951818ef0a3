"""Pull: what changed in the scopes that a device may hold, a page at a time."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from server.sync.cursor import Place, granted, read_cursor, write_cursor
from server.sync.model import Head, Key, Op, Page, Principal, Pull, Row
from server.sync.ports import Change, Seal, Store, View


def pull(request: Pull, principal: Principal, *, store: Store, seal: Seal) -> Page:
    """Give the next page after the cursor.

    Raises RefusedError: cursor-invalid (forged or not this device's), epoch-changed, cursor-expired.
    """
    with store.read(principal.tenant) as view:
        head = view.head()
        before = read_cursor(request.cursor, principal, head, seal)
        page = _Filling(view, head, request, granted(before, principal.scopes, head))
        page.fill()
        return Page(
            cursor=write_cursor(page.places, principal, head, seal),
            more=not page.consistent,
            consistent=page.consistent,
            evict=tuple(sorted(before.keys() - principal.scopes)),
            rows=tuple(page.rows),
            acked_lseq=view.acked_lseq(principal.device_id),
        )


@dataclass(slots=True)
class _Filling:
    """A page as it fills: scopes at one place are read together, those nearest to the head first."""

    view: View
    head: Head
    request: Pull
    places: dict[str, Place]
    rows: list[Row] = field(default_factory=list)
    sent: set[tuple[Key, int]] = field(default_factory=set)
    size: int = 0

    @property
    def consistent(self) -> bool:
        return all(place.at == self.head.seq for place in self.places.values())

    def fill(self) -> None:
        for place, scopes in self._groups():
            if self._room <= 0:
                return
            self._read(place, scopes)

    @property
    def _room(self) -> int:
        """How many more rows may come: a page holds one at least, or asking again would never end."""
        full = self.rows and self.size >= self.request.max_bytes
        return 0 if full else max(self.request.limit, 1) - len(self.rows)

    def _groups(self) -> list[tuple[Place, list[str]]]:
        groups: dict[Place, list[str]] = {}
        for scope, place in self.places.items():
            if place.at < self.head.seq:
                groups.setdefault(place, []).append(scope)
        return sorted(groups.items(), key=lambda group: -group[0].at)

    def _read(self, place: Place, scopes: list[str]) -> None:
        room = self._room
        changes = self.view.changes(scopes, place.at, room, place.began)
        taken = self._take(changes)
        ended = taken == len(changes) < room
        reached = self.head.seq if ended else changes[taken - 1].seq if taken else place.at
        began = place.began if reached < place.began else 0
        self.places.update(dict.fromkeys(scopes, Place(reached, began)))

    def _take(self, changes: Sequence[Change]) -> int:
        """Add the changes that fit; say how many were dealt with."""
        for number, change in enumerate(self._as_held(changes)):
            if (change.key, change.seq) in self.sent:
                continue
            length = len(change.doc or "")
            if self.rows and self.size + length > self.request.max_bytes:
                return number
            self.size += length
            self.sent.add((change.key, change.seq))
            self.rows.append(Row(change.key.kind, change.key.id, change.seq, change.op, change.doc))
        return len(changes)

    def _as_held(self, changes: Sequence[Change]) -> list[Change]:
        """Give what left one scope for another that the device holds as it is now.

        Leaving it out, as it comes through the other scope, will not do: that scope may be lost before it has come.
        """
        left = [change.key for change in changes if change.op is not Op.PUT]
        held = self.view.held(left, self.places) if left else {}
        return [change if change.op is Op.PUT else held.get(change.key, change) for change in changes]
