"""Public libraries: the council that runs each, the building, what it offers, and when it is open."""

import re
from pathlib import Path
from typing import Any, Final

from mobile_contract.vocabulary import WEEKDAYS
from server.importers.harvest import Check, Harvest, Row, believed
from server.importers.ids import part_id, slug
from server.importers.mender import Mender
from server.importers.oruk.times import Session, time_of
from server.importers.places import Clues, Place, Postcodes, locate
from server.importers.tables import rows_of
from server.importers.text import email, line, url
from server.sync.door import Put

SOURCE: Final = "libraries"
_COLUMNS = (
    "Local authority",
    "Library name",
    "Postcode",
    "Year closed",
    "lat",
    "lon",
    "lad_code",
    "Monday staffed hours",
)
_SPAN = re.compile(r"(\d\d?:\d\d) ?- ?(\d\d?:\d\d)")


def harvest_libraries(folder: Path, table: Postcodes, check: Check = believed) -> Harvest:
    """Read ``libraries_opening_hours.csv`` of a folder, one library a row. Raises SourceError when there is none."""
    rows = list(rows_of(folder / "libraries_opening_hours.csv", _COLUMNS))
    homes = _homes(rows)
    return Harvest.of((library(row, table, homes) for row in rows), check)


def library(row: dict[str, str], table: Postcodes, homes: dict[str, str]) -> Row:
    """Make the records of one library. homes : authority → the district it serves."""
    mender = Mender()
    name, council = mender(line(row["Library name"])), line(row["Local authority"])[0] or ""
    source_id = f"{name} {row['Postcode']}"
    if not name:
        return Row(source_id, refused="no-name")
    if row["Year closed"].strip():
        return Row(source_id, refused="closed")
    name = mender(_called(name))
    clues = Clues(row["Postcode"], row["lat"], row["lon"], row["lad_code"].strip() or None)
    place = mender(locate(clues, table))
    asset_id = f"library.{slug(name)}.{slug(row['Postcode']).upper()}"
    times = mender(_opening(row))
    organisation = _council(council, homes)
    location = _location(asset_id, name, organisation.id, row, place)
    asset = _asset(name, organisation.id, location, row, place, mender)
    schedules = [_schedule(asset_id, session, place) for session in times]
    return Row(source_id, (Put("asset", asset_id, asset), location, organisation, *schedules), tuple(mender.repairs))


def _called(name: str) -> tuple[str, tuple[str, ...]]:
    """Say that a place is a library where its name alone does not."""
    if re.search(r"librar|hub|centre", name, re.IGNORECASE):
        return name, ()
    return f"{name} Library", ("library-named",)


def _homes(rows: list[dict[str, str]]) -> dict[str, str]:
    """Find the district of each authority whose libraries all lie in one; others serve the county."""
    districts: dict[str, set[str]] = {}
    for row in rows:
        districts.setdefault(row["Local authority"].strip(), set()).add(row["lad_code"].strip())
    return {name: codes.pop() for name, codes in districts.items() if len(codes) == 1}


def _council(name: str, homes: dict[str, str]) -> Put:
    doc = {
        "name": name,
        "type": "council",
        "district": homes.get(name) or "county",
        "source": SOURCE,
        "source_id": name,
    }
    return Put("organisation", f"council.{slug(name)}", doc)


def _location(asset_id: str, name: str, council_id: str, row: dict[str, str], place: Place) -> Put:
    doc = {
        "name": name,
        "organisation_id": council_id,
        "address": _address(row),
        **place.fields(),
        "source": SOURCE,
        "source_id": row.get("Unique property reference number", "").strip() or None,
    }
    return Put("location", part_id(asset_id, "at"), doc)


def _asset(
    name: str, council_id: str, location: Put, row: dict[str, str], place: Place, mender: Mender
) -> dict[str, Any]:
    fields = {
        "name": name,
        "description": _description(row),
        "category": "library",
        "organisation_id": council_id,
        "location_id": location.id,
        "address": location.doc["address"],
        "cost_pence": 0,
        "email": mender(email(row.get("Email address"))),
        "url": mender(url(row.get("URL"))),
        **place.fields(),
        "source": SOURCE,
        "source_id": f"{name} {row['Postcode']}",
    }
    return {**fields, "repairs": sorted(mender.repairs)[:30]}


def _address(row: dict[str, str]) -> str | None:
    parts = (line(row.get(key))[0] for key in ("Address 1", "Address 2", "Address 3"))
    return ", ".join(dict.fromkeys(part for part in parts if part)) or None


def _description(row: dict[str, str]) -> str:
    with_whom = line(row.get("Co-located with"))[0]
    return "A public library, free to use." + (f" In the same building: {with_whom}." if with_whom else "")


def _opening(row: dict[str, str]) -> tuple[list[Session], tuple[str, ...]]:
    """Read a week of opening hours; a library is open whether or not it is staffed."""
    found: list[Session] = []
    repairs: dict[str, None] = {}
    for code, day in WEEKDAYS.labels.items():
        words = [part for kind in ("staffed", "unstaffed") for part in row.get(f"{day} {kind} hours", "").split(",")]
        given = [part.strip() for part in words if part.strip()]
        spans = [span for part in given if (span := _span(part))]
        found += [Session("weekly", start, end, code) for start, end in _joined(spans)]
        if len(spans) < len(given):
            repairs["hours-dropped"] = None
    return found, tuple(repairs)


def _span(words: str) -> tuple[str, str] | None:
    span = _SPAN.fullmatch(words)
    start, end = (time_of(span[1]), time_of(span[2])) if span else (None, None)
    return (start, end) if start and end and start < end else None


def _joined(spans: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Join spans that touch or overlap."""
    joined: list[tuple[str, str]] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            start, end = joined[-1][0], max(end, joined.pop()[1])
        joined.append((start, end))
    return joined


def _schedule(asset_id: str, session: Session, place: Place) -> Put:
    doc = {"district": place.district, "item_kind": "asset", "item_id": asset_id, **session.fields()}
    return Put("schedule", part_id(asset_id, session.part), doc)
