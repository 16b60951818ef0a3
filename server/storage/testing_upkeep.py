"""What every store promises those who operate it: days, floors, traces, epochs and snapshots."""
# ruff: noqa: S101  (asserts are what a suite of tests is made of)

from collections.abc import Collection, Iterable, Mapping
from typing import Protocol

from server.storage.testing_ledger import ADA, BEA, TENANT
from server.sync.model import Head, Key, Op, Row
from server.sync.ports import FeedEntry, RecordEntry, Snapshot, Store, Writes

CAT = Key("person", "cat")
SNAPSHOT = Snapshot("s", "a" * 64, 3, "epoch", 2, 1, 99)
NEWER = Snapshot("s", "b" * 64, 5, "epoch", 2, 1, 99)


class KeptStore(Store, Protocol):
    """A store with its upkeep."""

    def heads(self) -> dict[str, Head]:
        """Say where every tenant's feed ends."""

    def ensure_tenant(self, tenant: str) -> None:
        """Make a tenant's feed."""

    def new_epoch(self, tenant: str) -> None:
        """Begin a new epoch."""

    def note_day(self, tenant: str, day: str) -> None:
        """Note where the feed is."""

    def days(self, tenant: str) -> Mapping[str, int]:
        """Give what was noted."""

    def raise_floor(self, tenant: str, floor: int) -> None:
        """Raise the floor."""

    def collect(self, tenant: str, floor: int, limit: int) -> int:
        """Delete traces."""

    def scope_counts(self, tenant: str) -> Mapping[str, int]:
        """Count the records of scopes."""

    def scopes_from(self, tenant: str, prefix: str) -> Collection[str]:
        """Name the scopes that begin so."""

    def keep_snapshot(self, tenant: str, made: Snapshot) -> None:
        """List a snapshot."""

    def drop_snapshots(self, tenant: str, sha256s: Iterable[str]) -> None:
        """Take snapshots from the list."""

    def listed_snapshots(self) -> Collection[str]:
        """Name what is listed."""


def mark(store: Store, key: Key, op: Op, scope: str = "s", *, is_new: bool = False) -> None:
    """Write one record into one scope."""
    with store.write(TENANT) as work:
        number = work.numbers(1)
        record = RecordEntry(key, number, f'{{"n":{number}}}', "{}", op is Op.DEL, is_new)
        work.save(Writes(records=[record], feed=[FeedEntry(scope, key, number, op, "phone")]))


class UpkeepSuite:
    """Tests as sentences; each needs an empty store."""

    def test_a_new_epoch_begins_beyond_every_number_that_was_given(self, store: KeptStore) -> None:
        """So no number means two things; other tenants keep theirs."""
        store.ensure_tenant("kent")
        mark(store, ADA, Op.PUT, is_new=True)
        before = store.heads()
        store.new_epoch(TENANT)
        after = store.heads()
        assert after[TENANT].seq > 10**9
        assert after["kent"] == before["kent"]

    def test_a_day_is_noted_once(self, store: KeptStore) -> None:
        """The first place of a day is the safe one: what came later on it may be younger."""
        mark(store, ADA, Op.PUT, is_new=True)
        store.note_day(TENANT, "2026-11-21")
        mark(store, ADA, Op.PUT)
        store.note_day(TENANT, "2026-11-21")
        store.note_day(TENANT, "2026-11-22")
        store.note_day("nobody", "2026-11-22")
        assert store.days(TENANT) == {"2026-11-21": 1, "2026-11-22": 2}

    def test_a_floor_rises_and_never_falls_nor_passes_the_head(self, store: KeptStore) -> None:
        """Whatever is asked."""
        for key in (ADA, BEA, CAT):
            mark(store, key, Op.PUT, is_new=True)
        floors = []
        for wanted in (2, 1, 99):
            store.raise_floor(TENANT, wanted)
            floors.append(store.heads()[TENANT].floor)
        assert floors == [2, 2, 2]

    def test_only_traces_from_before_the_floor_are_collected_and_no_more_than_asked(self, store: KeptStore) -> None:
        """What is live stays however old it is; so does every record."""
        mark(store, ADA, Op.PUT, is_new=True)
        for key in (BEA, CAT):
            mark(store, key, Op.DEL, is_new=True)
        mark(store, BEA, Op.OUT, "t")
        mark(store, CAT, Op.OUT, "t")
        assert [store.collect(TENANT, 4, 2), store.collect(TENANT, 4, 2), store.collect(TENANT, 4, 2)] == [2, 1, 0]
        with store.read(TENANT) as view:
            left = [(row.key, row.op) for row in view.changes(["s", "t"], 0, 9, 0).rows]
            assert left == [(ADA, Op.PUT), (CAT, Op.OUT)]
            assert view.records([ADA, BEA, CAT]).keys() == {ADA, BEA, CAT}

    def test_a_scope_is_told_whole_by_rows_by_versions_and_by_its_last_change(self, store: KeptStore) -> None:
        """Without what left it or died in it."""
        for key in (ADA, BEA, CAT):
            mark(store, key, Op.PUT, is_new=True)
        mark(store, ADA, Op.PUT)
        mark(store, BEA, Op.DEL)
        with store.read(TENANT) as view:
            assert list(view.rows_of("s")) == [Row(*CAT, 3, Op.PUT, '{"n":3}'), Row(*ADA, 4, Op.PUT, '{"n":4}')]
            assert set(view.versions("s")) == {(*CAT, 3), (*ADA, 4)}
            assert (view.last("s"), view.last("t")) == (5, 0)
        assert store.scope_counts(TENANT) == {"s": 2}

    def test_the_scopes_that_begin_alike_are_named(self, store: KeptStore) -> None:
        """And no others, whatever is in them now."""
        for number, scope in enumerate(("centre:b", "centre", "centre:a", "centreville", "centre:zoë", "d")):
            mark(store, Key("person", f"person-{number}"), Op.PUT, scope, is_new=True)
        assert store.scopes_from(TENANT, "centre:") == {"centre:a", "centre:b", "centre:zoë"}
        assert store.scopes_from(TENANT, "e") == frozenset()

    def test_snapshots_are_listed_by_scope_and_by_name(self, store: KeptStore) -> None:
        """Each tenant its own; twice is once."""
        store.ensure_tenant(TENANT)
        store.ensure_tenant("kent")
        for made in (SNAPSHOT, NEWER, SNAPSHOT):
            store.keep_snapshot(TENANT, made)
        with store.read(TENANT) as view:
            assert list(view.snapshots(["s"])) == list(view.snapshots(None)) == [NEWER, SNAPSHOT]
            assert list(view.snapshots(["t"])) == []
            assert list(view.snapshots_named([SNAPSHOT.sha256, "c" * 64])) == [SNAPSHOT]
        with store.read("kent") as view:
            assert list(view.snapshots_named([SNAPSHOT.sha256])) == []
        store.drop_snapshots(TENANT, [SNAPSHOT.sha256])
        assert set(store.listed_snapshots()) == {NEWER.sha256}

    def test_one_question_tells_the_head_and_the_devices_log(self, store: KeptStore) -> None:
        """Also for a tenant or a device that nobody knows."""
        with store.read(TENANT) as view:
            assert view.where("phone") == (Head(0, ""), 0)
        mark(store, ADA, Op.PUT, is_new=True)
        with store.read(TENANT) as view:
            assert view.where("phone") == (view.head(), 0)
            assert view.head().seq == 1
