"""A store that fails on command: at any call, after the commit, or with a clash; and that counts and orders commits."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from typing import Any, cast

from server.simulation.model import BrokenError, ServerDiedError
from server.sync.ports import ClashError, Store, View, Work


@dataclass(slots=True)
class Fuse:
    """What happens at the `at`-th call of the next transactions: died, clash, or whatever `do` does.

    Calls are counted over entering, every call of the port before and after, and the end after the commit.
    """

    at: int
    do: Callable[[], None]

    def burn(self) -> None:
        """Count one call."""
        self.at -= 1
        if self.at == 0:
            self.do()


def die() -> None:
    """Kill the server."""
    raise ServerDiedError


def clash() -> None:
    """Let the database break the transaction off."""
    raise ClashError("simulated")


@dataclass(slots=True)
class FragileStore:
    """Implements `Store` over another. fuse : what goes wrong next. rows : read by views since it was set to 0."""

    inner: Store
    fuse: Fuse | None = None
    rows: int = 0
    latest: dict[str, int] = field(default_factory=dict)
    commits: int = 0

    def burn(self) -> None:
        """Let the fuse count, if there is one."""
        if self.fuse:
            self.fuse.burn()

    @contextmanager
    def read(self, tenant: str) -> Iterator[View]:
        """Open one consistent look."""
        with self.inner.read(tenant) as view:
            yield self.counted(view)

    def counted(self, view: View) -> View:
        """Count the rows that are read from a look."""
        return cast(View, _Counted(view, self))

    @contextmanager
    def write(self, tenant: str) -> Iterator[Work]:
        """Open a transaction that may die at any call."""
        self.burn()
        with self.inner.write(tenant) as work:
            fragile = _Fragile(work, self)
            yield cast(Work, fragile)
            self.burn()  # all is decided and nothing is committed
        self._committed(tenant, fragile.taken)
        self.burn()  # committed, and nobody has heard of it

    def _committed(self, tenant: str, taken: list[tuple[int, int]]) -> None:
        """Hold the numbers of a transaction against those committed before it."""
        self.commits += 1
        for first, count in taken:
            latest = self.latest.get(tenant, 0)
            if count and first <= latest:
                raise BrokenError("SEQ-IS-COMMIT-ORDER", f"{first} was committed after {latest}")
            self.latest[tenant] = max(latest, first + count - 1)

    def __getattr__(self, name: str) -> Any:
        """Give what the store offers beyond the port: heads, touch, new_epoch…"""
        return getattr(self.inner, name)


class _Fragile:
    """A writing transaction whose calls are counted."""

    def __init__(self, work: Work, store: FragileStore) -> None:
        self._work, self._store, self.taken = work, store, list[tuple[int, int]]()

    def numbers(self, count: int) -> int:
        """Take numbers and remember which."""
        self._store.burn()
        first = self._work.numbers(count)
        self.taken.append((first, count))
        self._store.burn()
        return first

    def savepoint(self) -> AbstractContextManager[None]:
        """Open a savepoint."""
        self._store.burn()
        return self._work.savepoint()

    def __getattr__(self, name: str) -> Any:
        call = getattr(self._work, name)
        if self._store.fuse is None or not callable(call):
            return call
        return self._burning(call)

    def _burning(self, call: Callable[..., Any]) -> Callable[..., Any]:
        def burning(*arguments: Any, **options: Any) -> Any:
            self._store.burn()
            result = call(*arguments, **options)
            self._store.burn()
            return result

        return burning


class _Counted:
    """A look whose rows are counted."""

    def __init__(self, view: View, store: FragileStore) -> None:
        self._view, self._store = view, store

    def changes(self, *arguments: Any, **options: Any) -> Any:
        """Read changes and count them."""
        found = self._view.changes(*arguments, **options)
        self._store.rows += found.lines.rows if found.lines else len(found.rows)
        return found

    def held(self, *arguments: Any, **options: Any) -> Any:
        """Read held records and count them."""
        found = self._view.held(*arguments, **options)
        self._store.rows += len(found)
        return found

    def __getattr__(self, name: str) -> Any:
        return getattr(self._view, name)
