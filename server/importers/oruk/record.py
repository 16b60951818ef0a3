"""A service of a feed as the records of the directory: organisation, location, asset and schedules."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mobile_contract.schemas.place import COUNTY
from server.importers.access import access_codes
from server.importers.harvest import Row
from server.importers.ids import part_id, record_id, slug
from server.importers.mender import Mender
from server.importers.oruk.asset import asset_fields, name_of
from server.importers.oruk.shape import Raw, Service, Spot, identity, text
from server.importers.oruk.times import Session, sessions
from server.importers.places import Clues, Place, Postcodes, locate
from server.importers.text import email, line, paragraphs, url
from server.sync.door import Put


@dataclass(frozen=True, slots=True)
class Origin:
    """Where services come from. source : its name in the records. district : of what says no place of its own."""

    source: str
    table: Postcodes
    district: str = COUNTY


def row_of(service: Service, origin: Origin, mended: Sequence[str] = ()) -> Row:
    """Make the records of one service. mended : repairs already made to it."""
    name, repairs = name_of(service)
    if not service.id or not name:
        return Row(service.id, refused="no-name" if service.id else "no-id")
    mender = Mender(dict.fromkeys((*mended, *repairs)))
    asset_id = mender(record_id(origin.source, service.id))
    common = asset_fields(service, name, mender)
    common |= {"source": origin.source, "source_id": service.id[:200]}
    organisation = _organisation(service.organisation, origin)
    common["organisation_id"] = organisation.puts[0].id if organisation.puts else None
    puts = [put for each in _places(service, asset_id) for put in _at(*each, common, service, origin, mender)]
    return Row(service.id, (*puts, *organisation.puts), tuple(dict.fromkeys((*mender.repairs, *organisation.repairs))))


def _organisation(raw: Raw, origin: Origin) -> Row:
    """Make the record of who provides a service; a row without records when nobody is named."""
    mender = Mender()
    name = mender(line(text(raw, "name")))
    if not name:
        return Row("")
    given = identity(raw) or f"organisation-{slug(name)}"
    doc = {
        "name": name,
        "description": mender(paragraphs(text(raw, "description"))),
        "type": "provider",
        "email": mender(email(raw.get("email"))),
        "url": mender(url(raw.get("url") or raw.get("website"))),
        "district": origin.district,
        "source": origin.source,
        "source_id": given[:200],
    }
    return Row(given, (Put("organisation", mender(record_id(origin.source, given)), doc),), tuple(mender.repairs))


def _places(service: Service, asset_id: str) -> list[tuple[str, Spot | None]]:
    """Pair each place with the id of its asset: the first keeps the service's, as most have one place only."""
    spots = {spot.id or str(index): spot for index, spot in enumerate(service.spots) if not spot.virtual}
    if not spots:
        return [(asset_id, None)]
    first, *rest = sorted(spots)
    return [(asset_id, spots[first]), *((part_id(asset_id, each), spots[each]) for each in rest)]


def _at(
    asset_id: str, spot: Spot | None, common: Mapping[str, Any], service: Service, origin: Origin, mender: Mender
) -> list[Put]:
    """Make the asset at one place, with its location and its times."""
    here = Mender(dict(mender.repairs))
    place = here(_place(spot, origin))
    times = here(sessions([*service.schedules, *(spot.schedules if spot else ())]))
    asset = {**common, **place.fields(), "address": ", ".join(spot.address)[:300] or None if spot else None}
    location = _location(asset_id, spot, asset, place, origin) if spot else None
    if location:
        asset |= {"location_id": location.id, "access": location.doc["access"]}
    mender.repairs |= here.repairs
    asset["repairs"] = [each[:200] for each in sorted(here.repairs)][:30]
    schedules = [_schedule(asset_id, session, place) for session in times]
    return [Put("asset", asset_id, asset), *([location] if location else []), *schedules]


def _place(spot: Spot | None, origin: Origin) -> tuple[Place, tuple[str, ...]]:
    if spot is None:
        more = ("district-unknown",) if origin.district == COUNTY else ()
        return Place(origin.district), ("position-unknown", *more)
    return locate(Clues(spot.postcode, spot.latitude, spot.longitude), origin.table)


def _location(asset_id: str, spot: Spot, asset: Mapping[str, Any], place: Place, origin: Origin) -> Put:
    doc = {
        "name": line(spot.name)[0] or line(", ".join(spot.address))[0] or asset["name"],
        "organisation_id": asset.get("organisation_id"),
        "address": asset["address"],
        "access": access_codes(spot.access),
        **place.fields(),
        "source": origin.source,
        "source_id": spot.id[:200] or None,
    }
    return Put("location", part_id(asset_id, "at"), doc)


def _schedule(asset_id: str, session: Session, place: Place) -> Put:
    doc = {"district": place.district, "item_kind": "asset", "item_id": asset_id, **session.fields()}
    return Put("schedule", part_id(asset_id, session.part), doc)
