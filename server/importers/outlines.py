"""Outlines of districts and small areas, made into a base map small enough for a phone.

Places are whole steps of some metres on the National Grid; a line says where it begins and then how far each time.
Small areas share their edges: each edge is there once, and edges that follow one another make one line.
"""

import gzip
import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

from server.files.base_maps import FORMAT, written
from server.importers.grid import easting_northing
from server.importers.problems import SourceError

#: No more than this comes to a phone, packed.
MOST_BYTES: Final = 150_000
#: Metres in a step; a coarser one is taken where a finer one makes too much.
STEPS: Final = (10, 20, 50, 100, 200)
#: What the licence of the usual outlines asks to be said.
ATTRIBUTION: Final = "Office for National Statistics, Open Government Licence v3.0. Contains OS data © Crown copyright."
_DISTRICT: Final = re.compile(r"[ENSW]0[6-9]\d{6}")
_MEND: Final = "Take a GeoJSON file of outlines (polygons), longitude before latitude."

Degrees = Sequence[Sequence[float]]
Place = tuple[int, int]
Ring = list[Place]


def base_map(districts: Path, small: Path | None, attribution: str) -> dict[str, Any]:
    """Make the base map of two files of outlines, as fine as it may be.

    Raises SourceError when a file cannot be read, has no outlines or none in Great Britain, or makes too much.
    """
    named = [(code, rings) for code, rings in outlines(districts) if code is not None]
    if not named:
        raise SourceError(f"{districts.name} names no district by its GSS code.", "Check that it is the right file.")
    areas = [ring for _, rings in outlines(small) for ring in rings] if small else []
    for step in STEPS:
        made = {
            "format": FORMAT,
            "attribution": attribution,
            "step": step,
            "districts": [
                {"code": code, "rings": [_packed(_steps(ring, step)) for ring in rings]} for code, rings in named
            ],
            "small": [_packed(line) for line in _lines([_steps(ring, step) for ring in areas])],
        }
        if len(gzip.compress(written(made))) <= MOST_BYTES:
            return made
    raise SourceError(
        "The outlines make more than a phone should hold.", "Take generalised ones, or leave small areas out."
    )


def outlines(path: Path) -> Iterator[tuple[str | None, list[Ring]]]:
    """Give each area of a GeoJSON file: its GSS code, if it is a district's, and its rings in metres."""
    features = _read(path)
    for feature in features:
        polygons = _polygons(feature)
        if polygons is None:
            raise SourceError(f"{path.name} has something that is no polygon.", _MEND)
        yield _code(feature), [_metres(ring, path) for polygon in polygons for ring in polygon]


def _read(path: Path) -> list[Mapping[str, Any]]:
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise SourceError(f"{path.name} cannot be read: {error.strerror}.", "Check the path.") from None
    except (ValueError, RecursionError):
        raise SourceError(f"{path.name} is not JSON in UTF-8.", _MEND) from None
    features = document.get("features") if isinstance(document, dict) else None
    if not isinstance(features, list) or not features or not all(isinstance(one, dict) for one in features):
        raise SourceError(f"{path.name} has no outlines.", _MEND)
    return features


def _polygons(feature: Mapping[str, Any]) -> list[list[Degrees]] | None:
    geometry = feature.get("geometry")
    kind, told = (geometry.get("type"), geometry.get("coordinates")) if isinstance(geometry, dict) else (None, None)
    if not isinstance(told, list) or kind not in ("Polygon", "MultiPolygon"):
        return None
    polygons = [told] if kind == "Polygon" else told
    return (
        polygons
        if all(isinstance(one, list) and all(isinstance(ring, list) for ring in one) for one in polygons)
        else None
    )


def _code(feature: Mapping[str, Any]) -> str | None:
    properties = feature.get("properties")
    told = [feature.get("id"), *(properties.values() if isinstance(properties, dict) else ())]
    return next((text for text in told if isinstance(text, str) and _DISTRICT.fullmatch(text)), None)


def _metres(ring: Degrees, path: Path) -> Ring:
    try:
        return [easting_northing(float(place[1]), float(place[0])) for place in ring]
    except (ValueError, TypeError, IndexError, KeyError):
        raise SourceError(f"{path.name} has a place outside Great Britain, or none.", _MEND) from None


def _steps(ring: Ring, step: int) -> Ring:
    """Round to whole steps, each place once in a row."""
    rounded = [(round(x / step), round(y / step)) for x, y in ring]
    return [place for n, place in enumerate(rounded) if n == 0 or place != rounded[n - 1]]


def _lines(rings: Sequence[Ring]) -> list[Ring]:
    """Give each edge of the rings once, those that follow one another as one line."""
    beside: dict[Place, list[Place]] = defaultdict(list)
    for a, b in {(min(a, b), max(a, b)) for ring in rings for a, b in pairwise(ring)}:
        beside[a].append(b)
        beside[b].append(a)
    for near in beside.values():
        near.sort(reverse=True)
    # Lines begin where three areas meet; what is left after that are rings of their own.
    begin = sorted(beside, key=lambda place: (len(beside[place]) == 2, place))
    return [line for place in begin for line in _from(place, beside)]


def _from(place: Place, beside: dict[Place, list[Place]]) -> Iterator[Ring]:
    while beside[place]:
        line = [place]
        while beside[line[-1]]:
            there = beside[line[-1]].pop()
            beside[there].remove(line[-1])
            line.append(there)
        yield line


def _packed(line: Ring) -> list[int]:
    x = y = 0
    packed: list[int] = []
    for east, north in line:
        packed += (east - x, north - y)
        x, y = east, north
    return packed
