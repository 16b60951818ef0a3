"""One shape for the two that Open Referral UK feeds have: 3.0 and the older 1.0 with its openplace additions.

Here names are settled and nothing is mended; `record.py` mends. Sources: the UK profile 3.0 of the Human Services Data
Specification, and the 1.0 description that its validator still reads.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Raw = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Spot:
    """A place where a service happens. id : of the link or the location. virtual : online or by telephone."""

    id: str
    name: str
    postcode: str
    latitude: object
    longitude: object
    address: tuple[str, ...]
    access: tuple[str, ...]
    virtual: bool
    schedules: Sequence[Raw]


@dataclass(frozen=True, slots=True)
class Service:
    """A service as its feed tells it, wherever the feed puts each thing.

    modified : when it was last changed, else made. attending : how one takes part; joining : how one gets in.
    """

    id: str
    raw: Raw
    organisation: Raw
    spots: tuple[Spot, ...]
    schedules: Sequence[Raw]
    terms: tuple[str, ...]
    audiences: tuple[str, ...]
    languages: tuple[str, ...]
    phone: str
    min_age: object
    max_age: object
    attending: str
    joining: str
    modified: str

    def text(self, key: str) -> str:
        """Give a field of the service as it stands, nothing when it is no text."""
        return text(self.raw, key)


def service_from(raw: Raw) -> Service:
    """Read one service of a list or of a detail call, in either shape."""
    ages = [raw, *objects(raw, "eligibilitys", "eligibilities")]
    return Service(
        id=identity(raw),
        raw=raw,
        organisation=_object(raw, "organization"),
        spots=tuple(_spot(link) for link in objects(raw, "service_at_locations")),
        schedules=objects(raw, "schedules", "regular_schedules", "regular_schedule"),
        terms=_terms(raw),
        audiences=tuple(text(each, "audienceType") for each in objects(raw, "pc_targetAudience")),
        languages=tuple(
            text(each, "name") or text(each, "language") or text(each, "code") for each in objects(raw, "languages")
        ),
        phone=_phone(raw),
        min_age=_first(ages, "minimum_age"),
        max_age=_first(ages, "maximum_age"),
        attending=text(raw, "attending_type"),
        joining=text(raw, "attending_access"),
        modified=_modified(raw),
    )


def identity(raw: Raw) -> str:
    """Give the id of an object as text; some publishers write numbers."""
    value = raw.get("id")
    return str(value).strip() if isinstance(value, str | int) and not isinstance(value, bool) else ""


def objects(raw: Raw, *keys: str) -> list[Raw]:
    """Give the objects listed under the first of `keys` that lists any."""
    for key in keys:
        value = raw.get(key)
        found: list[Raw] = [each for each in (value if isinstance(value, list) else [value]) if isinstance(each, dict)]
        if found:
            return found
    return []


def text(raw: Raw, key: str) -> str:
    """Give a field as it stands, nothing when it is no text."""
    value = raw.get(key)
    return value if isinstance(value, str) else ""


def _object(raw: Raw, key: str) -> Raw:
    return next(iter(objects(raw, key)), {})


def _spot(link: Raw) -> Spot:
    place = _object(link, "location")
    address = _object(place, "addresses") or _object(place, "physical_addresses")
    lines = (text(address, key) for key in ("address_1", "address_2", "city", "region"))
    return Spot(
        id=identity(link) or identity(place),
        name=text(place, "name"),
        postcode=text(address, "postal_code"),
        latitude=place.get("latitude"),
        longitude=place.get("longitude"),
        address=tuple(line for line in lines if line.strip()),
        access=_access(place),
        virtual=text(place, "location_type").strip().lower() == "virtual",
        schedules=objects(link, "schedules", "regular_schedules", "regular_schedule"),
    )


def _access(place: Raw) -> tuple[str, ...]:
    said = objects(place, "accessibility", "accessibility_for_disabilities")
    return tuple(text(each, key) for each in said for key in ("accessibility", "description", "details"))


def _terms(raw: Raw) -> tuple[str, ...]:
    modern = [_object(each, "taxonomy_term") for each in objects(raw, "attributes")]
    older = [_object(each, "taxonomy") for each in objects(raw, "service_taxonomys", "service_taxonomies")]
    return tuple(name for each in modern + older if (name := text(each, "name") or text(each, "term")))


def _phone(raw: Raw) -> str:
    holders = [raw, *objects(raw, "contacts"), *objects(raw, "organization")]
    numbers = (text(each, "number") for holder in holders for each in objects(holder, "phones"))
    return next((number for number in numbers if number.strip()), "")


def _first(holders: Sequence[Raw], key: str) -> object:
    return next((each[key] for each in holders if each.get(key) not in (None, "")), None)


def _modified(raw: Raw) -> str:
    metadata = _object(raw, "pc_metadata")
    found = (text(raw, "last_modified"), text(metadata, "date_modified"), text(metadata, "date_created"))
    return next((each for each in found if each.strip()), "")
