"""Documents that stand for something the database counts: places, and who has a task."""

from typing import Any

from server.domain.places import with_places
from server.sync.model import Document, Key
from server.sync.ports import Hold, Work


def with_counts(key: Key, doc: Document, work: Work) -> Document:
    """Take what the document says is taken, and put the true counts into it."""
    if key.kind == "place_count":
        places = work.set_places(doc["item_id"], doc["places_total"])
        return with_places(doc, places.total, places.open)
    if key.kind == "placement" and doc["place_held"] != "none":
        return _with_place(key, doc, work)
    if key.kind == "claim" and doc["status"] == "active":
        work.take_task(Hold(doc["task_id"], key.id, doc["volunteer_id"]))
    return doc


def _with_place(key: Key, doc: Document, work: Work) -> dict[str, Any]:
    """Hold the place if there is one; a placement written without a free place has none."""
    held = work.take_place(doc["item_id"], key.id)
    return {**doc, "place_held": doc["place_held"] if held else "none"}
