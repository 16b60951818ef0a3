"""A harvest written into a tenant so that people's own edits stand and nothing goes without good reason."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from server.importers.harvest import Harvest
from server.importers.site import Site, chunks
from server.sync.door import Put
from server.sync.model import Key, Stored

#: Who the feed says has written; whatever another hand has set since is left as it is.
HAND: Final = "import"
#: A source that seems to have lost more than this share of its records is not believed, and nothing is closed.
MOST_GONE: Final = 0.5
_ORDER: Final = ("district", "postcode_sector", "organisation", "location", "asset", "schedule")


@dataclass(frozen=True, slots=True)
class Settled:
    """What writing a harvest did, in records.

    edited_here : records where a field that people have changed was left as it is. removed_here : records that
    people have removed, and that stay so. closed : assets that the source no longer has. times_ended : schedules
    that their asset no longer has. not_closed : assets that seem gone, but too many for that to be believed.
    """

    created: int = 0
    changed: int = 0
    unchanged: int = 0
    edited_here: int = 0
    removed_here: int = 0
    closed: int = 0
    times_ended: int = 0
    not_closed: int = 0


def settle(
    harvest: Harvest, site: Site, *, whole_of: str | None = None, tick: Callable[[int, int], None] = lambda *_: None
) -> Settled:
    """Write a harvest.

    Nothing is ever deleted. whole_of : the name of the source, when the harvest is all that it has: then assets that
    came from it before and are missing now are closed. tick : told how many documents are written, of how many.
    """
    puts = sorted(harvest.puts.values(), key=lambda put: (_ORDER.index(put.kind), put.id))
    held = site.held(harvest.puts)
    ready = [put for put in (_beside_edits(put, held.get(Key(put.kind, put.id))) for put in puts) if put]
    edited = sum(put.doc != harvest.puts[Key(put.kind, put.id)].doc for put in ready)
    gone, doubted = _gone(harvest, site, whole_of)
    ended = list(_ended(harvest, site))
    created, changed, unchanged = _write(ready, site, tick)
    _write([*gone, *ended], site)
    return Settled(created, changed, unchanged, edited, len(puts) - len(ready), len(gone), len(ended), doubted)


def _write(
    puts: Collection[Put], site: Site, tick: Callable[[int, int], None] = lambda *_: None
) -> tuple[int, int, int]:
    created = changed = unchanged = 0
    for chunk in chunks(puts):
        written = site.door.write(chunk, HAND)
        created, changed = created + written.created, changed + written.changed
        unchanged += written.unchanged
        tick(created + changed + unchanged, len(puts))
    return created, changed, unchanged


def _beside_edits(put: Put, stored: Stored | None) -> Put | None:
    """Leave fields as they are that another hand has set since; None for a record that people have removed."""
    if stored is None:
        return put
    if stored.deleted:
        return None
    theirs = {name: stored.doc.get(name) for name, stamp in stored.stamps.items() if stamp.device != HAND}
    return Put(put.kind, put.id, {**put.doc, **theirs}) if theirs else put


def _gone(harvest: Harvest, site: Site, source: str | None) -> tuple[list[Put], int]:
    """Find the assets of a source that it no longer has; or, when that is not to be believed, count them."""
    if source is None:
        return [], 0
    ours = [stored for stored in site.of_kind("asset") if stored.doc.get("source") == source]
    missing = [stored for stored in ours if stored.key not in harvest.puts and stored.doc.get("status") != "closed"]
    if len(missing) > MOST_GONE * len(ours):
        return [], len(missing)
    return [_closed(stored) for stored in missing if _is_ours(stored, "status")], 0


def _closed(stored: Stored) -> Put:
    return Put(stored.key.kind, stored.key.id, {**stored.doc, "status": "closed"})


def _ended(harvest: Harvest, site: Site) -> Iterator[Put]:
    """End the schedules that an import made and that their asset no longer has; the past keeps them."""
    assets, today = {key.id for key in harvest.puts if key.kind == "asset"}, site.today.isoformat()
    for stored in site.of_kind("schedule") if assets else ():
        lasts = (stored.doc.get("ends_on") or today) >= today
        if (
            lasts
            and stored.doc.get("item_id") in assets
            and stored.key not in harvest.puts
            and _is_ours(stored, "item_id")
        ):
            yesterday = (site.today - timedelta(days=1)).isoformat()
            yield Put("schedule", stored.key.id, {**stored.doc, "ends_on": yesterday})


def _is_ours(stored: Stored, field: str) -> bool:
    stamp = stored.stamps.get(field)
    return stamp is None or stamp.device == HAND
