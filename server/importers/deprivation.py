"""Deprivation by postcode, for audits alone: no record holds it, no phone gets it and no ranker may read it.

A postcode lies in a small area (LSOA), and an area in a fifth of all areas of England by deprivation. What is kept is
the fifth of each postcode, in one file beside the database, as it is no programme's own.
"""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import polars

from server.importers.places import tidy_postcode
from server.importers.problems import SourceError
from server.importers.tables import rows_of

#: The file in the home of the server.
TABLE: Final = "deprivation.parquet"
_AREA: Final = re.compile(r"lsoa(\d*)(_?code\w*|cd)", re.IGNORECASE)
_DECILE: Final = re.compile(r"\w*decile", re.IGNORECASE)
_SCHEMA: Final = {"postcode": polars.String, "fifth": polars.Int64}


@dataclass(frozen=True, slots=True)
class Read:
    """The fifth of each postcode, 1 the most deprived, and how many postcodes lie in no area of the file."""

    fifths: Mapping[str, int]
    elsewhere: int


def read_deprivation(deciles: Path, postcodes: Path) -> Read:
    """Join deciles by area (columns lsoa…code and …decile, the first one counts) with postcodes by area.

    Raises SourceError when a file cannot be read, lacks a column, or the two mean areas of different years.
    """
    area, of_postcode, decile = _one(deciles, _AREA), _one(postcodes, _AREA), _one(deciles, _DECILE)
    _refuse_other_year(area, of_postcode)
    told = {row[area].strip(): _fifth(deciles, row[decile]) for row in rows_of(deciles, (area, decile))}
    found: dict[str, int] = {}
    elsewhere = 0
    for row in rows_of(postcodes, ("postcode", of_postcode)):
        postcode, fifth = tidy_postcode(row["postcode"])[0], told.get(row[of_postcode].strip())
        if postcode is None or fifth is None:
            elsewhere += 1
        else:
            found[postcode] = fifth
    return Read(found, elsewhere)


def keep_fifths(home: Path, fifths: Mapping[str, int]) -> None:
    """Put the table in place of the former one."""
    partial = home / f".{TABLE}.partial"
    polars.DataFrame({"postcode": list(fifths), "fifth": list(fifths.values())}, schema=_SCHEMA).write_parquet(partial)
    os.replace(partial, home / TABLE)


def kept_fifths(home: Path) -> dict[str, int] | None:
    """Postcode → fifth, None when nothing was imported. Raises SourceError for a file that cannot be read."""
    path = home / TABLE
    if not path.exists():
        return None
    try:
        return dict(polars.read_parquet(path, columns=list(_SCHEMA)).iter_rows())
    except (OSError, polars.exceptions.PolarsError):
        raise SourceError(f"{path} cannot be read.", "Run kith import deprivation again.") from None


def _one(path: Path, named: re.Pattern[str]) -> str:
    """Find the first column of that name; a file without any is refused by the name that is looked for."""
    header = next(iter(rows_of(path, ())), {})
    return next((name for name in header if named.fullmatch(name)), "lsoa…code" if named is _AREA else "…decile")


def _refuse_other_year(area: str, other: str) -> None:
    years = {found[1] for name in (area, other) if (found := _AREA.fullmatch(name)) and found[1]}
    if len(years) > 1:
        raise SourceError(
            f"One file has areas of the year {min(years)}, the other of {max(years)}.",
            "Take two files of the same small areas: boundaries change with each census.",
        )


def _fifth(path: Path, decile: str) -> int:
    if decile.strip() not in map(str, range(1, 11)):
        raise SourceError(f"{path.name} has a decile that is none from 1 to 10.", "Check that it is the right file.")
    return (int(decile) + 1) // 2
