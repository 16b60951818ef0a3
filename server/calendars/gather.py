"""The calendar of an asset, a district or a theme, from the public part of the directory."""

from collections.abc import Collection, Iterator
from datetime import UTC, date, datetime
from typing import Final

from mobile_contract.schemas.place import COUNTY
from mobile_contract.vocabulary import CATEGORIES
from server.calendars.series import series_of
from server.calendars.text import Entry, calendar_text
from server.domain.recurrence import next_dates
from server.sync.model import Key, Stored
from server.sync.ports import View

#: The most schedules of one calendar: those whose next day comes first.
MOST_ENTRIES: Final = 1000
#: Whom it would endanger that everybody can read when and where they meet.
_KEPT_BACK: Final = frozenset({"safety_support"})


def is_public(asset: Stored) -> bool:
    """Say whether anybody may know when an asset meets: not where one comes by referral alone, or for safety."""
    doc = asset.doc
    kinds = {doc.get("category"), *(doc.get("other_categories") or ())}
    return not (asset.deleted or asset.erased or doc.get("referral_only") or kinds & _KEPT_BACK)


def asset_calendar(view: View, asset_id: str, tenant: str, today: date) -> bytes | None:
    """Write an asset's calendar; None when there is no such asset for everybody to see."""
    asset = view.records([Key("asset", asset_id)]).get(Key("asset", asset_id))
    if asset is None or not is_public(asset):
        return None
    entries = _entries(view, {f"directory:{asset.doc.get('district')}"}, [asset], tenant, today)
    return calendar_text(asset.doc["name"], entries)


def district_calendar(view: View, district: str, tenant: str, today: date) -> bytes | None:
    """Write the calendar of a district, or of what serves the whole county; None when there is no such district."""
    key = Key("district", district)
    found = view.records([key]).get(key)
    if found is None and district != COUNTY:
        return None
    scopes = {f"directory:{district}"}
    entries = _entries(view, scopes, _running(view, scopes), tenant, today)
    return calendar_text(found.doc["name"] if found else "County", entries)


def theme_calendar(view: View, theme: str, tenant: str, today: date) -> bytes | None:
    """Write the calendar of all assets of a category; None when there is no such category."""
    if theme not in CATEGORIES.codes:
        return None
    scopes = directory_scopes(view)
    mine = [each for each in _running(view, scopes) if theme in {each.doc["category"], *each.doc["other_categories"]}]
    return calendar_text(CATEGORIES.labels[theme], _entries(view, scopes, mine, tenant, today))


def directory_scopes(view: View) -> set[str]:
    """Name every scope of the directory."""
    return {f"directory:{COUNTY}", *(f"directory:{each.key.id}" for each in view.of_kind("district"))}


def _running(view: View, scopes: Collection[str]) -> list[Stored]:
    found = {asset.key.id: asset for asset in view.in_scopes("asset", scopes)}
    return [asset for asset in found.values() if is_public(asset) and asset.doc["status"] == "active"]


def _entries(
    view: View, scopes: Collection[str], assets: Collection[Stored], tenant: str, today: date
) -> Iterator[Entry]:
    """Pair the schedules of assets with them, those with the next day first."""
    by_id = {asset.key.id: asset for asset in assets}
    schedules = {one.key.id: one for one in view.in_scopes("schedule", scopes) if one.doc["item_kind"] == "asset"}
    mine = [one for one in schedules.values() if one.doc["item_id"] in by_id]
    if len(mine) > MOST_ENTRIES:
        mine = sorted(mine, key=lambda one: (next_dates(one.doc, today, 1) or [date.max], one.key.id))[:MOST_ENTRIES]
    for one in mine:
        if series := series_of(one.doc, today):
            asset = by_id[one.doc["item_id"]]
            uid, off = f"{one.key.id}@{tenant}.kith", asset.doc["status"] != "active"
            yield Entry(uid, asset.doc, one.doc, series, max(one.version, asset.version), _changed(asset, one), off)


def _changed(*records: Stored) -> datetime:
    """Say when one of the records was last written, by the clocks of those who wrote."""
    clocks = [stamp.hlc for record in records for stamp in record.stamps.values()]
    return datetime.fromtimestamp(max((int(clock[:13]) for clock in clocks), default=0) // 1000, UTC)
