"""The part of the suite of stores that is about receipts, what only one can have, and what waits or was refused."""
# ruff: noqa: S101  (asserts are what a suite of tests is made of)

from dataclasses import replace

from server.sync.model import Key, Later, Outcome, Principal, Problem
from server.sync.ports import Capacity, Deferred, DeviceLog, Hold, KeptReceipt, Quarantined, Store, Taking, Writes

TENANT = "essex"
ADA, BEA = Key("person", "ada"), Key("person", "bea")


class LedgerSuite:
    """Tests as sentences; each needs an empty store."""

    def test_receipts_and_logs_are_kept_per_device(self, store: Store) -> None:
        """Two devices may use one mutation id."""
        for device in ("one", "two"):
            with store.write(TENANT) as work:
                receipt = KeptReceipt("m1", 1, "hash", f'"{device}"')
                work.log(device)
                work.save(Writes(receipts=[receipt], log=DeviceLog(device, 1, f"clock-{device}")))
        with store.write(TENANT) as work:
            assert work.receipts("one", ["m1", "m2"])["m1"].outcome == '"one"'
            assert list(work.receipts("one", ["m2"])) == []
            assert work.log("two") == DeviceLog("two", 1, "clock-two")
        with store.read(TENANT) as view:
            assert (view.acked_lseq("one"), view.acked_lseq("three")) == (1, 0)

    def test_receipts_are_found_in_whatever_order_their_mids_came(self, store: Store) -> None:
        """Short ones that come after all others may be kept together; long ones, and stragglers, are found as well."""
        long, mids = '{"conflicts":[],"outcome":"merged"}', ["c", "b", "e", "d", "f", "a", "h", "g"]
        for first, last_mid in ((0, "c"), (2, "e"), (4, "f"), (6, "h")):
            with store.write(TENANT) as work:
                log = work.log("one")
                kept = [_receipt(mid, long if mid in "bg" else None) for mid in mids[first : first + 2]]
                work.save(Writes(receipts=kept, log=replace(log, last_mid=last_mid)))
        with store.write(TENANT) as work:
            assert work.log("one").last_mid == "h"
            found = work.receipts("one", [*mids, "aa", "zz", ""])
            assert sorted(found) == sorted(mids)
            assert all(found[mid] == _receipt(mid, long if mid in "bg" else None) for mid in mids)
            assert list(work.receipts("one", ["d"])) == ["d"]
            assert work.receipts("two", mids) == {}

    def test_one_volunteer_has_a_task_until_it_is_let_go(self, store: Store) -> None:
        """Whoever asks second hears who was first."""
        first, second = Hold("task", "claim-1", "vic"), Hold("task", "claim-2", "wen")
        with store.write(TENANT) as work:
            assert work.take_task(first) == first
            assert work.take_task(second) == first
            work.free_task("task")
            assert work.take_task(second) == second

    def test_places_never_go_over(self, store: Store) -> None:
        """A placement holds one place, however often it asks."""
        with store.write(TENANT) as work:
            assert work.set_places("item", 2) == Capacity(2, 0)
            taken = [work.take_place("item", name, f"person-{name}") for name in ("a", "a", "b", "c")]
            assert taken == [Taking.TAKEN, Taking.TAKEN, Taking.TAKEN, Taking.NONE_LEFT]
            assert work.capacity("item") == Capacity(2, 2)
            assert work.set_places("item", 1) == Capacity(2, 2)
            work.give_place_back("item", "a")
            work.give_place_back("item", "a")
            work.give_place_back("item", "c")
            assert work.capacity("item") == Capacity(2, 1)
            assert work.set_places("item", None).open is None

    def test_an_item_nobody_counted_has_places_for_all(self, store: Store) -> None:
        """What is taken is counted all the same."""
        with store.write(TENANT) as work:
            taken = [work.take_place("item", name, f"person-{name}") for name in "ab"]
            assert taken == [Taking.TAKEN, Taking.TAKEN]
            assert work.set_places("item", 1) == Capacity(2, 2)

    def test_a_person_has_one_place_on_an_item(self, store: Store) -> None:
        """Until it is given back; a place on another item is another matter."""
        with store.write(TENANT) as work:
            work.set_places("item", 9)
            taken = [work.take_place("item", name, "ada") for name in ("a", "b")]
            assert taken == [Taking.TAKEN, Taking.HELD_ALREADY]
            assert work.take_place("other", "c", "ada") is Taking.TAKEN
            assert work.capacity("item") == Capacity(9, 1)
            work.give_place_back("item", "b")
            assert work.take_place("item", "b", "ada") is Taking.HELD_ALREADY
            work.give_place_back("item", "a")
            assert work.take_place("item", "b", "ada") is Taking.TAKEN
            assert work.capacity("item") == Capacity(9, 1)

    def test_refused_payloads_are_kept_once_each(self, store: Store) -> None:
        """Sending the same again adds nothing, another payload does."""
        one = Quarantined("phone", "m1", "hash-1", "person", "ada", "invalid", "{}", "2026-11-21T09:00:00Z")
        other = replace(one, payload_hash="hash-2", received_at="2026-11-21T08:00:00Z")
        for _ in range(2):
            with store.write(TENANT) as work:
                work.save(Writes(quarantined=[one, other]))
        with store.read(TENANT) as view:
            assert view.quarantined() == [other, one]
            assert view.labels() == [replace(other, payload=""), replace(one, payload="")]
            assert [view.payload(label) for label in view.labels(None)] == ["{}", "{}"]
            assert view.labels("dropped") == []

    def test_deferred_mutations_wait_for_their_parent(self, store: Store) -> None:
        """With the rights that their sender had, in order, until they are settled."""
        who = Principal(TENANT, "account", "phone", frozenset({"prescriber"}), frozenset({"s"}), "vic")
        waiting = [Deferred("phone", f"m{n}", ADA, "{}", who, n, "2026-11-21T09:00:00Z") for n in (2, 1)]
        with store.write(TENANT) as work:
            work.save(Writes(deferred=waiting))
            work.save(Writes(conflicts=[(Key("conflict", "c"), ADA)]))
        with store.write(TENANT) as work:
            assert list(work.waiting([ADA, BEA])) == waiting[::-1]
            assert list(work.waiting_of("phone")) == waiting[::-1]
            assert (list(work.waiting([BEA])), list(work.waiting_of("other"))) == ([], [])
            assert list(work.conflicts_of([ADA])) == [Key("conflict", "c")]
            work.save(Writes(settled=[("phone", "m1")]))
        with store.write(TENANT) as work:
            assert [kept.mid for kept in work.waiting([ADA])] == ["m2"]

    def test_what_became_of_what_waited_is_kept_without_details(self, store: Store) -> None:
        """They may repeat what somebody wrote, and an erasure would have to find them."""
        refused = Problem("already-exists", errors={"text": ["This cannot be changed."]})
        with store.write(TENANT) as work:
            work.save(Writes(later=[("phone", Later("m1", Outcome.REJECTED, refused))]))
        with store.write(TENANT) as work:
            assert list(work.later("phone", ["m1"])) == [Later("m1", Outcome.REJECTED, Problem("already-exists"))]


def _receipt(mid: str, outcome: str | None) -> KeptReceipt:
    return KeptReceipt(mid, ord(mid), f"hash-{mid}", outcome or f'{{"outcome":"applied","version":{ord(mid)}}}')
