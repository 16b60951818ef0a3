"""What every store promises the core: subclass `StoreSuite`, give it a `store` fixture, and pytest does the rest."""
# ruff: noqa: S101  (asserts are what a suite of tests is made of)

from collections.abc import Iterable
from typing import Protocol

import pytest

from server.storage.testing_allowance import AllowanceSuite
from server.storage.testing_asked import AskedSuite
from server.storage.testing_banking import BankingSuite
from server.storage.testing_ledger import ADA, BEA, TENANT, LedgerSuite
from server.storage.testing_stock import StockSuite
from server.storage.testing_tallies import TalliesSuite
from server.storage.testing_upkeep import UpkeepSuite
from server.storage.testing_waiting import WaitingSuite
from server.sync.model import Head, Key, Op, Row
from server.sync.ports import (
    ClashError,
    DeviceLog,
    FeedEntry,
    Hold,
    RecordEntry,
    Store,
    Work,
    Writes,
)


class TestedStore(Store, Protocol):
    """A store with what operating it needs besides."""

    def heads(self) -> dict[str, Head]:
        """Say where every tenant's feed ends."""

    def ensure_tenant(self, tenant: str) -> None:
        """Make a tenant's feed."""

    def touch(self, tenant: str) -> None:
        """Move a tenant's head."""

    def new_epoch(self, tenant: str) -> None:
        """Begin a new epoch."""


class BrokenError(Exception):
    """What goes wrong in the middle of a transaction."""


def entry(key: Key, version: int, doc: str = "{}", *, is_new: bool = True, deleted: bool = False) -> RecordEntry:
    """Make a record to be written."""
    return RecordEntry(key, version, doc, "{}", deleted, is_new)


def write(
    store: Store, keys: Iterable[Key], scope: str = "s", op: Op = Op.PUT, *, is_new: bool = True, tenant: str = TENANT
) -> int:
    """Write records into one scope and give the last number."""
    keys = list(keys)
    with store.write(tenant) as work:
        first = work.numbers(len(keys))
        records = [entry(key, version, is_new=is_new) for version, key in enumerate(keys, start=first)]
        feed = [FeedEntry(scope, record.key, record.version, op, "phone") for record in records]
        work.save(Writes(records=records, feed=feed))
    return first + len(keys) - 1


def changes(store: Store, *scopes: str, after: int = 0, limit: int = 99, began: int = 0) -> list[Row]:
    """Read the feed."""
    with store.read(TENANT) as view:
        return view.changes(scopes, after, limit, began).rows


def _take_and_break(work: Work, task_id: str) -> None:
    """Do something in every table that shows at once, then break."""
    work.take_task(Hold(task_id, f"claim-{task_id}", "vic"))
    work.set_places("item", 2)
    work.take_place("item", "placement", "ada")
    raise BrokenError


def _write_and_break(work: Work) -> None:
    """Write everything, then break."""
    work.numbers(1)
    work.save(Writes(records=[entry(ADA, 1)], log=DeviceLog("phone", 3, "clock")))
    raise BrokenError


class StoreSuite(
    UpkeepSuite, LedgerSuite, TalliesSuite, BankingSuite, StockSuite, AskedSuite, AllowanceSuite, WaitingSuite
):
    """Tests as sentences; each needs an empty store."""

    def test_a_new_tenant_has_an_empty_feed(self, store: TestedStore) -> None:
        """Reading makes nothing; making twice makes one."""
        with store.read(TENANT) as view:
            assert view.head() == Head(0, "", 0)
        assert store.heads() == {}
        store.ensure_tenant(TENANT)
        first = store.heads()
        store.ensure_tenant(TENANT)
        assert store.heads() == first
        assert first[TENANT].seq == 0
        assert first[TENANT].epoch

    def test_an_epoch_never_comes_back(self, store: TestedStore) -> None:
        """Three epochs are three names."""
        store.ensure_tenant(TENANT)
        names = []
        for _ in range(3):
            names.append(store.heads()[TENANT].epoch)
            store.new_epoch(TENANT)
        assert len(set(names)) == 3

    def test_numbers_follow_each_other_and_tenants_have_their_own(self, store: TestedStore) -> None:
        """Each transaction goes on where the last ended."""
        assert write(store, [ADA, BEA]) == 2
        assert write(store, [Key("person", "cat")]) == 3
        assert write(store, [ADA], tenant="kent") == 1
        store.touch(TENANT)
        assert {tenant: head.seq for tenant, head in store.heads().items()} == {TENANT: 4, "kent": 1}

    def test_what_is_written_can_be_read(self, store: TestedStore) -> None:
        """Text comes back as it went in, stamps as they were."""
        stamps = '{"name":[1,"phone","clock",{"bsl":[1,"phone"]}]}'
        record = RecordEntry(ADA, 1, '{"name":"Zoë \\u0000 😀"}', stamps, False, True)
        with store.write(TENANT) as work:
            work.numbers(1)
            work.save(Writes(records=[record], feed=[FeedEntry("s", ADA, 1, Op.PUT, "phone")]))
        with store.read(TENANT) as view:
            stored = view.records([ADA, BEA])[ADA]
        assert stored.doc == {"name": "Zoë \0 😀"}
        assert stored.stamps["name"].added == {"bsl": (1, "phone")}
        assert changes(store, "s") == [Row(*ADA, 1, Op.PUT, record.doc)]

    def test_a_transaction_that_breaks_leaves_nothing(self, store: TestedStore) -> None:
        """Neither records nor numbers nor what was taken."""
        with pytest.raises(BrokenError), store.write(TENANT) as work:
            _take_and_break(work, "task")
        with pytest.raises(BrokenError), store.write(TENANT) as work:
            _write_and_break(work)
        with store.write(TENANT) as work:
            assert work.log("phone") == DeviceLog("phone")
            assert work.holder("task") is None
            assert work.capacity("item") is None
            assert not work.exist([ADA])
            assert work.numbers(1) == 1

    def test_a_savepoint_that_breaks_undoes_only_itself(self, store: TestedStore) -> None:
        """What was taken before and after it stays."""
        with store.write(TENANT) as work:
            work.take_task(Hold("a", "claim-a", "vic"))
            with pytest.raises(BrokenError), work.savepoint():
                _take_and_break(work, "b")
            with work.savepoint():
                work.take_task(Hold("c", "claim-c", "vic"))
        with store.write(TENANT) as work:
            assert [work.holder(task) is not None for task in "abc"] == [True, False, True]
            assert work.capacity("item") is None
            assert not work.exist([ADA])

    def test_a_record_is_new_once(self, store: TestedStore) -> None:
        """Whoever comes second is told to look again."""
        write(store, [ADA])
        with pytest.raises(ClashError):
            write(store, [ADA])
        assert write(store, [ADA], is_new=False) == 2

    def test_the_feed_holds_the_latest_state_of_a_record_in_each_scope(self, store: TestedStore) -> None:
        """A second write of a record replaces its row."""
        write(store, [ADA, BEA])
        write(store, [ADA], is_new=False)
        assert [(change.version, change.key) for change in changes(store, "s")] == [(2, BEA), (3, ADA)]
        write(store, [ADA], is_new=False, op=Op.OUT)
        assert [(change.op, change.doc) for change in changes(store, "s", after=2)] == [(Op.OUT, None)]

    def test_a_page_of_the_feed_is_in_order_and_no_longer_than_asked(self, store: TestedStore) -> None:
        """Several scopes read as one."""
        keys = [Key("person", f"p{number}") for number in range(9)]
        for number, key in enumerate(keys):
            write(store, [key], scope="ab"[number % 2])
        found = changes(store, "a", "b", after=2, limit=4)
        assert [(change.version, change.key) for change in found] == [(n + 1, keys[n]) for n in (2, 3, 4, 5)]
        assert [change.version for change in changes(store, "b", limit=2)] == [2, 4]
        assert changes(store) == []

    def test_a_record_in_several_scopes_comes_once_and_best_there(self, store: TestedStore) -> None:
        """Put beats out beats del."""
        with store.write(TENANT) as work:
            work.numbers(1)
            feed = [FeedEntry("a", ADA, 1, Op.OUT, "p"), FeedEntry("b", ADA, 1, Op.PUT, "p")]
            work.save(Writes(records=[entry(ADA, 1)], feed=[*feed, FeedEntry("c", ADA, 1, Op.DEL, "p")]))
        assert [change.op for change in changes(store, "a", "b", "c")] == [Op.PUT]
        assert [change.op for change in changes(store, "a", "c")] == [Op.OUT]
        with store.read(TENANT) as view:
            assert view.held([ADA, BEA], ["a", "b"]) == {ADA: Row(*ADA, 1, Op.PUT, "{}")}
            assert view.held([ADA], ["a", "c"]) == {}

    def test_departures_from_before_one_began_are_left_out(self, store: TestedStore) -> None:
        """They are nobody's business."""
        write(store, [ADA])
        write(store, [ADA], is_new=False, op=Op.DEL)
        write(store, [BEA])
        assert [change.version for change in changes(store, "s", began=2)] == [3]
        assert [change.version for change in changes(store, "s", began=1)] == [2, 3]

    def test_records_of_a_kind_come_in_order_without_the_deleted(self, store: TestedStore) -> None:
        """By code point, whatever the language of the machine."""
        write(store, [Key("person", name) for name in ("b", "A", "a", "_", "B")])
        with store.write(TENANT) as work:
            number = work.numbers(1)
            work.save(Writes(records=[entry(Key("person", "b"), number, is_new=False, deleted=True)]))
        with store.read(TENANT) as view:
            assert [stored.key.id for stored in view.of_kind("person")] == ["A", "B", "_", "a"]
            assert [stored.key.id for stored in view.in_scopes("person", ["s"])] == ["A", "B", "_", "a", "b"]
            assert list(view.in_scopes("person", ["t"])) == []

    def test_the_mark_of_scopes_differs_after_every_change_in_them_and_only_then(self, store: TestedStore) -> None:
        """New, changed and deleted records count; those of other scopes do not."""

        def mark(*scopes: str) -> tuple[int, int]:
            with store.read(TENANT) as view:
                return view.mark(scopes)

        assert mark("s", "t") == mark() == (0, 0)
        write(store, [ADA, BEA])
        assert (mark("s"), mark("t"), mark("s", "t")) == ((2, 2), (0, 0), (2, 2))
        write(store, [Key("person", "cat")], "t")
        assert (mark("s"), mark("s", "t")) == ((2, 2), (3, 3))
        write(store, [BEA], op=Op.DEL, is_new=False)
        assert (mark("s"), mark("t")) == ((4, 1), (3, 1))

    def test_a_look_is_consistent_whatever_is_written_meanwhile(self, store: TestedStore) -> None:
        """Head and rows are of one moment."""
        write(store, [ADA])
        with store.read(TENANT) as view:
            head = view.head()
            found = view.changes(["s"], 0, 99, 0).rows
        assert (head.seq, len(found)) == (1, 1)

    def test_locked_records_are_read_as_they_are(self, store: TestedStore) -> None:
        """Unknown keys are simply missing."""
        write(store, [ADA])
        with store.write(TENANT) as work:
            assert list(work.lock([ADA, BEA])) == [ADA]
            assert list(work.peek([ADA, BEA])) == [ADA]
            assert work.exist([ADA, BEA]) == {ADA}
