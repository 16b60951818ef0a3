"""Documents that stand for something the database counts: places, stock, and who has a task."""

from server.domain.ledger import TimeAccount
from server.domain.places import has_left, with_places
from server.sync.model import Document, Key, Stored
from server.sync.ports import Hold, Taking, Work
from server.sync.stock import with_stock


def with_counts(key: Key, doc: Document, before: Stored | None, work: Work) -> Document:
    """Take what the document says is taken, and put the true counts into it. before : the record until now."""
    if key.kind == "place_count":
        places = work.set_places(doc["item_id"], doc["places_total"])
        return with_places(doc, places.total, places.open)
    if key.kind == "bank":
        work.keep_bank(key.id, closed=doc["status"] == "closed")
    if key.kind == "account":
        return _with_balance(key, doc, work)
    if key.kind == "volunteer" and before is not None:
        kept = {"trained": before.doc.get("trained") or [], "guardian_until_on": before.doc.get("guardian_until_on")}
        return {**doc, **kept}
    if key.kind == "placement":
        return _with_place(key, doc, before, work)
    if key.kind in ("item", "movement", "reservation"):
        return with_stock(key, doc, before, work)
    if key.kind == "claim" and doc["status"] == "active":
        work.take_task(Hold(doc["task_id"], key.id, doc["volunteer_id"]))
    elif key.kind == "claim" and (hold := work.holder(doc["task_id"])) and hold.claim_id == key.id:
        work.free_task(doc["task_id"])
    return doc


def _with_place(key: Key, doc: Document, before: Stored | None, work: Work) -> Document:
    """Hold the place if there is one; a placement that is over, or finds no free place, has none."""
    if doc.get("course_id"):
        return _on_a_course(key, doc, before, work)
    wanted = doc["place_held"] in ("offered", "accepted") and not has_left(doc)
    if before is not None and before.doc["place_held"] != "none" and not (wanted and _is_same(before.doc, doc)):
        work.give_place_back(before.doc["item_id"], key.id)
    held = wanted and work.take_place(doc["item_id"], key.id, doc["person_id"]) is Taking.TAKEN
    return doc if held else {**doc, "place_held": "none"}


def _on_a_course(key: Key, doc: Document, before: Stored | None, work: Work) -> Document:
    """Leave it as the record has it where it is there, else take a place or none: who waits is no document's to say."""
    names = ("place_held", "course_id", "waiting_position", "offered_until_at")
    if before is not None:
        return {**doc, **{name: before.doc.get(name) for name in names}}
    wanted = doc["place_held"] == "accepted" and not has_left(doc)
    held = wanted and work.take_place(doc["course_id"], key.id, doc["person_id"]) is Taking.TAKEN
    return {**doc, "place_held": "accepted" if held else "none", "waiting_position": None, "offered_until_at": None}


def _with_balance(key: Key, doc: Document, work: Work) -> Document:
    """Keep the account in the ledger, whose balance and bounds stand. ValueError when its owner has another."""
    bound = (doc["floor_min"], doc["ceiling_min"])
    closed = doc["status"] == "closed"
    kept = work.keep_account(TimeAccount(key.id, doc["bank_id"], doc["type"], *bound, 0, closed, doc["owner_id"]))
    if kept is None:
        raise ValueError(f"account {key.id}: its owner has another account in the bank")
    return {**doc, "balance_min": kept.balance_min, "floor_min": kept.floor_min, "ceiling_min": kept.ceiling_min}


def _is_same(before: Document, doc: Document) -> bool:
    return (before["item_id"], before["person_id"]) == (doc["item_id"], doc["person_id"])
