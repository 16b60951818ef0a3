"""Unit postcodes, one record per sector and district, so that a phone can place an address without a signal."""

import re
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

from server.importers.harvest import Harvest
from server.importers.places import tidy_postcode
from server.importers.tables import rows_of
from server.sync.door import Put

_COLUMNS = ("postcode", "easting", "northing", "lad_code")
_DISTRICT = re.compile(r"[ENSW]0[6-9]\d{6}")
_EAST, _NORTH = 700_000, 1_300_000
_EVERY = 5_000

Units = dict[tuple[str, str], dict[str, list[int]]]


def harvest_postcodes(path: Path, tick: Callable[[int], None] = lambda _: None) -> Harvest:
    """Read a table of postcodes with their district and National Grid position; `tick` is told of every 5,000 rows.

    A row that says nothing usable is refused. Raises SourceError when the file cannot be read.
    """
    harvest, sectors = Harvest(), defaultdict[tuple[str, str], dict[str, list[int]]](dict)
    for count, row in enumerate(rows_of(path, _COLUMNS), 1):
        _add(row, harvest, sectors)
        if count % _EVERY == 0:
            tick(count)
    for put in _records(sectors):
        harvest.keep(put)
    return harvest


def _add(row: dict[str, str], harvest: Harvest, sectors: Units) -> None:
    postcode, repairs = tidy_postcode(row["postcode"])
    district, position = row["lad_code"].strip(), _position(row)
    if postcode is None:
        harvest.refuse(row["postcode"], "not-a-postcode")
    elif not _DISTRICT.fullmatch(district):
        harvest.refuse(row["postcode"], "no-code")
    elif position is None:
        harvest.refuse(row["postcode"], "no-position")
    elif postcode[-2:] in sectors[district, postcode[:-2]]:
        harvest.fold()
    else:
        sectors[district, postcode[:-2]][postcode[-2:]] = position
        harvest.take(repairs)


def _position(row: dict[str, str]) -> list[int] | None:
    try:
        easting, northing = int(row["easting"]), int(row["northing"])
    except ValueError:
        return None
    # Code-Point Open writes 0, 0 for a postcode whose place is not known
    return [easting, northing] if 0 < easting <= _EAST and 0 < northing <= _NORTH else None


def _records(sectors: Units) -> list[Put]:
    return [
        Put("postcode_sector", f"{district}.{sector.replace(' ', '-')}", _document(district, sector, units))
        for (district, sector), units in sorted(sectors.items())
    ]


def _document(district: str, sector: str, units: dict[str, list[int]]) -> dict[str, object]:
    return {"district": district, "sector": sector, "units": dict(sorted(units.items()))}
