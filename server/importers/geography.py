"""Districts: their names, GSS codes and centres. No kind holds wards or small areas: they stay where they are."""

import re
from pathlib import Path

from server.importers.grid import easting_northing
from server.importers.harvest import Check, Harvest, Row, believed
from server.importers.tables import rows_of
from server.importers.text import line
from server.sync.door import Put

_COLUMNS = ("lad24_code", "lad24_name", "lat", "lon")
_DISTRICT = re.compile(r"[ENSW]0[6-9]\d{6}")


def harvest_geography(folder: Path, check: Check = believed) -> Harvest:
    """Read ``districts_*.csv`` of a folder: one district a row. Raises SourceError when there is none to read."""
    path = next(iter(sorted(folder.glob("districts_*.csv"))), folder / "districts.csv")
    return Harvest.of((district(row) for row in rows_of(path, _COLUMNS)), check)


def district(row: dict[str, str]) -> Row:
    """Make the record of one district; its id is its GSS code."""
    code = row["lad24_code"].strip()
    name, repairs = line(row["lad24_name"], 100)
    if not _DISTRICT.fullmatch(code):
        return Row(code, refused="no-code")
    if not name:
        return Row(code, refused="no-name")
    try:
        easting, northing = easting_northing(float(row["lat"]), float(row["lon"]))
    except ValueError:
        return Row(code, refused="no-position")
    return Row(code, (Put("district", code, {"name": name, "easting": easting, "northing": northing}),), repairs)
