"""Pull: what changed in the scopes that a device may hold, a page at a time."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from server.sync.budget import Budget, admit
from server.sync.cursor import Place, Places, granted, loaded, read_cursor, write_cursor
from server.sync.model import Head, Lines, Op, Page, Principal, Pull, Row
from server.sync.ports import Seal, Store, View

#: Kinds that a device's version of the contract does not know.
Kinds = frozenset[str]


def pull(request: Pull, principal: Principal, *, store: Store, seal: Seal, hidden: Kinds = frozenset()) -> Page:
    """Give the next page after the cursor, read in one look.

    hidden : kinds to pass over. Raises RefusedError: cursor-invalid (forged or not this device's), epoch-changed,
    cursor-expired, snapshot-expired.
    """
    with store.read(principal.tenant) as view:
        return page_of(view, request, principal, seal, hidden)


def page_of(view: View, request: Pull, principal: Principal, seal: Seal, hidden: Kinds = frozenset()) -> Page:
    """Give the next page from an open look; see `pull`."""
    head, acked_lseq = view.where(principal.device_id)
    before = read_cursor(request.cursor, principal, head, seal, hidden)
    places, budget = _places(view, head, request, principal, before)
    page = _Filling(view, head, request, places, hidden)
    page.fill()
    return Page(
        cursor=write_cursor(page.places, principal, head, seal, hidden),
        more=not page.consistent,
        consistent=page.consistent,
        evict=tuple(sorted(before.keys() - principal.scopes)),
        rows=tuple(page.rows),
        acked_lseq=acked_lseq,
        budget=budget,
        lines=page.lines,
    )


def _places(
    view: View, head: Head, request: Pull, principal: Principal, before: Places
) -> tuple[dict[str, Place], Budget | None]:
    """Say where each granted scope goes on: its place, the snapshot that was loaded, or the beginning.

    A new scope comes if it fits; only then are records counted, as an idle pull must cost nothing.
    """
    kept = {scope: place for scope, place in before.items() if scope not in request.retake}
    snapshots = view.snapshots_named(request.snapshots) if request.snapshots else ()
    found = loaded(snapshots, request.snapshots, principal, head) | kept
    budget = None
    if not principal.scopes <= before.keys():
        budget = admit(view.counts(principal.scopes), found.keys() | before.keys(), principal.scopes)
    return granted(found, budget.admitted if budget else principal.scopes, head), budget


@dataclass(slots=True)
class _Filling:
    """A page as it fills: scopes at one place are read together, those nearest to the head first."""

    view: View
    head: Head
    request: Pull
    places: dict[str, Place]
    hidden: Kinds
    rows: list[Row] = field(default_factory=list)
    size: int = 0
    lines: Lines | None = None

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
        full = self.lines or (self.rows and self.size >= self.request.most_bytes)
        return 0 if full else self.request.most_rows - len(self.rows)

    def _groups(self) -> list[tuple[Place, list[str]]]:
        groups: dict[Place, list[str]] = {}
        for scope, place in self.places.items():
            if place.at < self.head.seq:
                groups.setdefault(place, []).append(scope)
        return sorted(groups.items(), key=lambda group: -group[0].at)

    def _read(self, place: Place, scopes: list[str]) -> None:
        changes = self.view.changes(scopes, place.at, self._room, place.began)
        last, all_taken = self._take_lines(changes.lines) if changes.lines else self._take_rows(changes.rows, place)
        reached = self.head.seq if changes.ended and all_taken else last
        began = place.began if reached < place.began else 0
        self.places.update(dict.fromkeys(scopes, Place(reached, began)))

    def _take_lines(self, lines: Lines) -> tuple[int, bool]:
        """Take what was made where it lies, which fits."""
        self.lines = lines
        return lines.last, True

    def _take_rows(self, found: Sequence[Row], place: Place) -> tuple[int, bool]:
        """Add the rows that fit; say which place was reached, and whether all of them did."""
        taken = self._take(found)
        return found[taken - 1].version if taken else place.at, taken == len(found)

    def _take(self, found: Sequence[Row]) -> int:
        """Add the rows that fit; say how many were dealt with."""
        docs = [doc for _, _, _, _, doc in found]
        rows = self._as_held(found) if None in docs else found
        sizes = _sizes(docs if rows is found else [doc for _, _, _, _, doc in rows])
        fitting = _fitting(sizes, self.request.most_bytes - self.size, anyway=not self.rows)
        self.size += sum(sizes[:fitting])
        self.rows.extend(self._unsent(rows[:fitting]))
        return fitting

    def _unsent(self, rows: Sequence[Row]) -> Sequence[Row]:
        """Leave out what this page has from another group of scopes: a number is one change of one record."""
        if self.rows:
            sent = {row.version for row in self.rows}
            rows = [row for row in rows if row.version not in sent]
        return [row for row in rows if row.kind not in self.hidden] if self.hidden else rows

    def _as_held(self, found: Sequence[Row]) -> Sequence[Row]:
        """Give what left one scope for another that the device holds as it is now.

        Leaving it out, as it comes through the other scope, will not do: that scope may be lost before it has come.
        """
        if len(self.places) == 1:
            return found  # there is no other scope
        left = [row.key for row in found if row.op is not Op.PUT]
        held = self.view.held(left, self.places)
        return [held.get(row.key, row) if row.op is not Op.PUT else row for row in found] if held else found


def _sizes(docs: Sequence[str | None]) -> list[int]:
    """Give the bytes of each document as it travels."""
    texts = [doc or "" for doc in docs]
    return list(map(len, texts)) if all(map(str.isascii, texts)) else [len(text.encode()) for text in texts]


def _fitting(sizes: Sequence[int], room: int, *, anyway: bool) -> int:
    """Count the first documents that have room, with `anyway` one at least."""
    fitting = bisect_right(list(accumulate(sizes)), room)
    return max(fitting, min(1, len(sizes))) if anyway else fitting
