"""What every store promises whoever counts: slates and choices by item, each referral once."""
# ruff: noqa: S101  (asserts are what a suite of tests is made of)

import json
from typing import Any

from server.storage.testing_ledger import TENANT
from server.sync.model import Key
from server.sync.ports import RecordEntry, Writes
from server.sync.recounting import Countable, Tally

TEA, CHOIR = Key("asset", "tea"), Key("opportunity", "choir")


def keep(store: Countable, kind: str, *docs: dict[str, Any], tenant: str = TENANT, deleted: bool = False) -> None:
    """Write documents of a kind."""
    with store.write(tenant) as work:
        first = work.numbers(len(docs))
        names = [f"{kind}-{number}" for number in range(first, first + len(docs))]
        rows = [
            RecordEntry(Key(kind, name), number, json.dumps(doc), "{}", deleted, True)
            for number, (name, doc) in enumerate(zip(names, docs, strict=True), start=first)
        ]
        work.save(Writes(records=rows))


def slate(day: str, referral: str, *items: Key) -> dict[str, Any]:
    """Say what an exposure says, and with it what no database takes in a text."""
    lines = [{"kind": item.kind, "id": item.id, "inputs": {"strange\x00": 1}} for item in items]
    return {"shown_at": f"{day}T23:59:59.999Z", "referral_id": referral, "items": lines}


def choice(day: str, referral: str, status: str = "chosen", attended: int = 0) -> dict[str, Any]:
    """Say what a placement says."""
    about = {"item_kind": "asset", "item_id": "tea", "chosen_at": f"{day}T00:00:00Z"}
    return {**about, "referral_id": referral, "status": status, "attended": attended, "comment": "\x00"}


class TalliesSuite:
    """Tests as sentences; each needs an empty store."""

    def test_slates_count_by_item_each_referral_once_up_to_the_last_settled_day(self, store: Countable) -> None:
        """A slate that was shown again is one referral."""
        keep(store, "exposure", slate("2026-08-30", "ada", TEA, CHOIR), slate("2026-08-29", "ada", TEA))
        keep(store, "exposure", slate("2026-08-30", "bea", TEA), slate("2026-08-31", "cat", TEA))
        keep(store, "exposure", slate("2026-08-01", "dot", TEA), deleted=True)
        keep(store, "exposure", slate("2026-08-01", "eve", TEA), tenant="kent")
        assert store.tallies(TENANT, "2026-08-30", "2026-08-24") == {TEA: Tally(shown=2), CHOIR: Tally(shown=1)}

    def test_choices_count_as_settled_up_to_a_day_and_as_lately_from_a_day(self, store: Countable) -> None:
        """Both in a week between the two."""
        keep(store, "placement", choice("2026-08-23", "ada"), choice("2026-08-24", "bea"))
        keep(store, "placement", choice("2026-08-30", "cat"), choice("2026-08-31", "dot"), choice("2026-08-31", "dot"))
        found = store.tallies(TENANT, "2026-08-30", "2026-08-24")
        assert found == {TEA: Tally(chosen=3, chosen_90d=3)}

    def test_whoever_came_once_started_and_whoever_came_four_times_stayed(self, store: Countable) -> None:
        """By what was written of either, sessions or state."""
        told = [("chosen", 0), ("ended", 1), ("started", 0), ("ended", 4), ("sustained", 0), ("declined", 0)]
        docs = [choice("2026-08-01", f"r-{number}", *one) for number, one in enumerate(told)]
        keep(store, "placement", *docs)
        assert store.tallies(TENANT, "2026-08-30", "2026-08-31") == {TEA: Tally(chosen=6, started=4, sustained=2)}

    def test_where_nothing_was_shown_nothing_is_counted(self, store: Countable) -> None:
        """Nor for a tenant that is not there."""
        assert (store.tallies(TENANT, "2026-08-30", "2026-08-24"), store.tallies("nobody", "x", "x")) == ({}, {})
