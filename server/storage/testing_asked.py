"""The part of the suite of stores that is about what volunteers were ranked by when they were asked."""
# ruff: noqa: S101  (asserts are what a suite of tests is made of)

from typing import Protocol

from server.storage.testing_ledger import TENANT
from server.sync.model import Key
from server.sync.ports import AskedInputs, Store, Writes

BEA, CAT = (
    AskedInputs("task", 0, name, "2026-11-21T09:00:00Z", '{"volunteer":{"asked":1}}') for name in ("bea", "cat")
)
LATER = AskedInputs("task", 1, "ann", "2026-11-21T09:01:00Z", "{}")


class ForgettingStore(Store, Protocol):
    """A store that forgets in time."""

    def forget_asked(self, tenant: str, before: str, limit: int) -> int:
        """Forget."""


def keep(store: Store, *asked: AskedInputs, erased: tuple[Key, ...] = (), tenant: str = TENANT) -> None:
    """Write what volunteers were ranked by."""
    with store.write(tenant) as work:
        work.save(Writes(asked=asked, erased=erased))


def kept(store: Store, tenant: str = TENANT) -> list[AskedInputs]:
    """Read it."""
    with store.read(tenant) as view:
        return list(view.asked())


class AskedSuite:
    """Tests as sentences; each needs an empty store."""

    def test_what_was_read_when_somebody_was_asked_is_kept_once_in_order_of_task_wave_and_volunteer(
        self, store: Store
    ) -> None:
        """What comes a second time changes nothing; another tenant sees nothing of it."""
        keep(store, LATER, CAT)
        keep(store, BEA, CAT._replace(inputs="{}"))
        assert kept(store) == [BEA, CAT, LATER]
        assert kept(store, "kent") == []

    def test_an_erased_volunteers_inputs_go_with_them(self, store: Store) -> None:
        """Nobody else's do, nor those of a volunteer of the same id in another tenant."""
        for tenant in (TENANT, "kent"):
            keep(store, BEA, CAT, LATER, tenant=tenant)
        keep(store, erased=(Key("volunteer", "bea"), Key("person", "cat")))
        assert kept(store) == [CAT, LATER]
        assert kept(store, "kent") == [BEA, CAT, LATER]

    def test_inputs_from_before_an_instant_are_forgotten_a_few_at_a_time(self, store: ForgettingStore) -> None:
        """That instant itself stays."""
        keep(store, BEA, CAT, LATER)
        gone = [store.forget_asked(TENANT, LATER.asked_at, 1) for _ in range(3)]
        assert (gone, kept(store)) == ([1, 1, 0], [LATER])
