"""Where something is, in whole metres of the National Grid, from its postcode or its coordinates."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import hypot
from typing import Any, Final

from mobile_contract.schemas.place import COUNTY
from server.importers.grid import easting_northing

#: How far, in metres, a position may be from the nearest postcode to share its district.
NEAR_M: Final = 3_000
#: How far apart, in metres, a postcode and coordinates may lie before one of them must be wrong.
APART_M: Final = 2_000
_CELL_M: Final = 1_000

_POSTCODE: Final = re.compile(r"([A-Z]{1,2}[0-9][A-Z0-9]?)([0-9][A-Z]{2})")


@dataclass(frozen=True, slots=True)
class Place:
    """A place: district by its GSS code or ``county``, easting and northing in whole metres when known."""

    district: str | None = None
    postcode: str | None = None
    easting: int | None = None
    northing: int | None = None

    def fields(self) -> dict[str, Any]:
        """Give the place as the fields of a record that has one."""
        return {
            "district": self.district,
            "postcode": self.postcode,
            "easting": self.easting,
            "northing": self.northing,
        }


@dataclass(frozen=True, slots=True)
class Clues:
    """What a source says of a place, as it says it. district : its GSS code if named."""

    postcode: str = ""
    latitude: object = None
    longitude: object = None
    district: str | None = None


class Postcodes:
    """Every known unit postcode with its district and position."""

    def __init__(self, places: Iterable[Place]) -> None:
        self._places = {place.postcode: place for place in places if place.postcode}
        self._sectors: dict[str, set[str]] = defaultdict(set)
        self._cells: dict[tuple[int, int], list[Place]] = defaultdict(list)
        for postcode, place in self._places.items():
            self._sectors[postcode[:-2]].add(place.district or COUNTY)
            self._cells[_cell(place.easting or 0, place.northing or 0)].append(place)

    @classmethod
    def from_sectors(cls, documents: Iterable[Mapping[str, Any]]) -> "Postcodes":
        """Read the table back from `postcode_sector` documents."""
        return cls(
            Place(doc["district"], doc["sector"] + unit, easting, northing)
            for doc in documents
            for unit, (easting, northing) in doc["units"].items()
        )

    def __len__(self) -> int:
        return len(self._places)

    def find(self, postcode: str) -> Place | None:
        """Give the place of a postcode written the usual way."""
        return self._places.get(postcode)

    def district_of_sector(self, postcode: str) -> str | None:
        """Give the district of a postcode's sector, if all of it that is known lies in one."""
        districts = self._sectors.get(postcode[:-2], set())
        return next(iter(districts)) if len(districts) == 1 else None

    def nearest(self, easting: int, northing: int) -> Place | None:
        """Give the postcode nearest to a position, within `NEAR_M`."""
        column, row = _cell(easting, northing)
        reach = range(-(NEAR_M // _CELL_M), NEAR_M // _CELL_M + 1)
        around = [place for x in reach for y in reach for place in self._cells.get((column + x, row + y), ())]
        best = min(around, key=lambda place: _apart(place, easting, northing), default=None)
        return best if best and _apart(best, easting, northing) <= NEAR_M else None


def locate(clues: Clues, table: Postcodes) -> tuple[Place, tuple[str, ...]]:
    """Work out a place, and name the repairs.

    The postcode decides when the table has it; else the coordinates do. Where neither says anything the position
    stays unknown, so that no distance is ever shown that is not true; the district then follows the postcode's sector.
    """
    postcode, repairs = tidy_postcode(clues.postcode)
    at, dropped = _position(clues.latitude, clues.longitude)
    known = table.find(postcode) if postcode else None
    if known and known.easting is not None and known.northing is not None:
        far = at is not None and _apart(known, *at) > APART_M
        return known, repairs + dropped + (("position-disagrees",) if far else ())
    if at is not None:
        return _beside(clues, postcode, at, table, repairs)
    return _unplaced(clues, postcode, table, repairs + dropped)


def tidy_postcode(raw: str) -> tuple[str | None, tuple[str, ...]]:
    """Write a postcode in capitals with one space, ``CM1 4AB``; None for what cannot be one."""
    found = _POSTCODE.fullmatch(re.sub(r"[\s.]+", "", raw).upper())
    if found is None:
        return None, ("postcode-dropped",) if raw.strip() else ()
    tidy = f"{found[1]} {found[2]}"
    return tidy, ("postcode-tidied",) if tidy != raw else ()


def _position(latitude: object, longitude: object) -> tuple[tuple[int, int] | None, tuple[str, ...]]:
    if latitude in (None, "") or longitude in (None, ""):
        return None, ()
    try:
        return easting_northing(float(str(latitude)), float(str(longitude))), ()
    except ValueError:
        return None, ("position-dropped",)


def _beside(
    clues: Clues, postcode: str | None, at: tuple[int, int], table: Postcodes, repairs: tuple[str, ...]
) -> tuple[Place, tuple[str, ...]]:
    repairs += ("position-from-coordinates",)
    if clues.district:
        return Place(clues.district, postcode, *at), repairs
    near = table.nearest(*at)
    more = "district-from-nearest" if near else "district-unknown"
    return Place(near.district if near else COUNTY, postcode, *at), (*repairs, more)


def _unplaced(
    clues: Clues, postcode: str | None, table: Postcodes, repairs: tuple[str, ...]
) -> tuple[Place, tuple[str, ...]]:
    if clues.district:
        return Place(clues.district, postcode), (*repairs, "position-unknown")
    sector = table.district_of_sector(postcode) if postcode else None
    more = "district-from-sector" if sector else "district-unknown"
    return Place(sector or COUNTY, postcode), (*repairs, "position-unknown", more)


def _cell(easting: int, northing: int) -> tuple[int, int]:
    return easting // _CELL_M, northing // _CELL_M


def _apart(place: Place, easting: int, northing: int) -> float:
    return hypot((place.easting or 0) - easting, (place.northing or 0) - northing)
