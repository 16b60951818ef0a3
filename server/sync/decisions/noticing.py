"""Notices: those who referred somebody hear that it is off, or on again, without those who run it learning of whom.

A notice is made of what it is about and of the placement, so that whoever says the same twice writes one.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from server.domain.places import has_left
from server.sync.canonical import digest
from server.sync.context import Context
from server.sync.model import Document, Key, Stored


class About(NamedTuple):
    """What a notice is about. schedule_id, on, from_time : of a session. reason, note : where they were said."""

    type: str
    item_kind: str
    item_id: str
    schedule_id: str | None = None
    on: str | None = None
    from_time: str | None = None
    reason: str | None = None
    note: str | None = None

    def key(self, placement_id: str) -> Key:
        """Name the notice of a placement about this."""
        what = (self.type, self.item_id, self.schedule_id or "", self.on or "")
        return Key("notice", digest("notice", *what, placement_id)[:32])


def placements_on(item_kind: str, item_id: str, context: Context) -> list[Stored]:
    """Give every placement on an item that is there, over or not."""
    keys = {
        *context.work.referring("placement", "item_id", [item_id]),
        *(key for key in context.batch.touched if key.kind == "placement"),
    }
    context.batch.load(keys)
    found = (context.batch.get(key) for key in sorted(keys))
    return [
        one
        for one in found
        if one and not one.deleted and (one.doc["item_kind"], one.doc["item_id"]) == (item_kind, item_id)
    ]


def notify(about: About, placements: Iterable[Stored], context: Context) -> None:
    """Tell those who referred somebody and wait for them, or go with them, that it is off."""
    for placement in placements:
        if has_left(placement.doc):
            continue
        key, said = about.key(placement.key.id), {"reason": about.reason, "note": about.note}
        kept = context.batch.get(key)
        if kept is None:
            _write(key, about, placement, context)
        elif not kept.erased and (kept.doc["status"] != "active" or not said.items() <= kept.doc.items()):
            again = {**said, "status": "active", "noticed_at": context.now}
            context.batch.change(key, again, context.device, context.hlc)


def withdraw(about: About, placements: Iterable[Stored], context: Context) -> None:
    """Tell those who heard that it is off that it is on after all."""
    for placement in placements:
        key = about.key(placement.key.id)
        kept = context.batch.get(key)
        if kept is not None and not kept.erased and kept.doc["status"] == "active":
            context.batch.change(key, {"status": "withdrawn", "noticed_at": context.now}, context.device, context.hlc)


def _write(key: Key, about: About, placement: Stored, context: Context) -> None:
    whose = {name: placement.doc[name] for name in ("person_id", "team_id")}
    doc: Document = {**about._asdict(), **whose, "placement_id": placement.key.id}
    made, errors = context.validate("notice", {**doc, "status": "active", "noticed_at": context.now}, False)
    if errors:
        raise ValueError(f"what is told of a {about.item_kind} is no notice")
    context.batch.put(key, made, context.stamps(made.keys()), context.device)


def noticed_days(schedule_id: str, context: Context) -> Iterator[str]:
    """Give the days of a schedule that this transaction has written notices about."""
    for key, each in context.batch.touched.items():
        if key.kind == "notice" and each.after.doc.get("schedule_id") == schedule_id and each.after.doc["on"]:
            yield each.after.doc["on"]
