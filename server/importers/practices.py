"""GP practices as the organisations that refer people, under their ODS codes."""

import re
from pathlib import Path

from server.importers.harvest import Check, Harvest, Row, believed
from server.importers.mender import Mender
from server.importers.places import Clues, Postcodes, locate
from server.importers.tables import rows_of
from server.importers.text import line
from server.sync.door import Put

_COLUMNS = ("ods_code", "name", "postcode", "lat", "lon", "lad_code")
_ODS = re.compile(r"[A-Z][A-Z0-9]{2,9}")
#: Words that a register in capitals would spoil when written with one capital each.
_SMALL = {"And": "and", "Of": "of", "The": "the", "In": "in", "At": "at", "On": "on"}
_LARGE = {"Gp": "GP", "Nhs": "NHS", "Pcn": "PCN", "Pms": "PMS", "Apms": "APMS", "Ii": "II"}


def harvest_practices(path: Path, table: Postcodes, check: Check = believed) -> Harvest:
    """Read a table of practices, one a row. Raises SourceError when the file cannot be read."""
    return Harvest.of((practice(row, table) for row in rows_of(path, _COLUMNS)), check)


def practice(row: dict[str, str], table: Postcodes) -> Row:
    """Make the record of one practice; its id is ``practice.<ODS code>``."""
    code, mender = row["ods_code"].strip().upper(), Mender()
    name = mender(line(row["name"]))
    if not _ODS.fullmatch(code):
        return Row(row["ods_code"], refused="no-code")
    if not name:
        return Row(code, refused="no-name")
    place = mender(locate(Clues(row["postcode"], row["lat"], row["lon"], row["lad_code"].strip() or None), table))
    doc = {
        "name": mender(title(name)),
        "type": "practice",
        "ods_code": code,
        **place.fields(),
        "source": "nhs-ods",
        "source_id": code,
    }
    return Row(code, (Put("organisation", f"practice.{code}", doc),), tuple(mender.repairs))


def title(name: str) -> tuple[str, tuple[str, ...]]:
    """Write a name that is all capitals with one capital a word."""
    if name != name.upper():
        return name, ()
    words = [_word(each.capitalize(), place) for place, each in enumerate(re.split(r"([^A-Z0-9'’]+)", name))]
    return "".join(words), ("capitals",)


def _word(word: str, place: int) -> str:
    return _LARGE.get(word) or (_SMALL.get(word, word) if place else word)
