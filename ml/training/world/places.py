"""The fourteen districts by name and code, and made-up neighbourhoods with postcodes that cannot exist.

District centres are approximate, in whole metres of the British National Grid. Postcodes use the outward codes
QE1 to QE14: no real postcode begins with Q, so none of these can be anyone's address.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from ml.training.world.names import village

#: Letters that end real postcodes; C, I, K, M, O and V are left out there too.
_UNIT_LETTERS: Final = "ABDEFGHJLNPQRSTUWXYZ"
SECTORS_PER_DISTRICT: Final = 6
UNITS_PER_SECTOR: Final = 40


@dataclass(frozen=True, slots=True)
class District:
    """A local authority district.

    easting, northing : its approximate centre, metres. spread : how far neighbourhoods lie from it, metres.
    weight : its share of people and groups, relative. area : the team and volunteer centre that cover it.
    """

    code: str
    name: str
    easting: int
    northing: int
    spread: int
    weight: float
    area: str


DISTRICTS: Final = (
    District("E06000033", "Southend-on-Sea", 587000, 187000, 3000, 1.8, "south-east"),
    District("E06000034", "Thurrock", 563000, 180000, 4500, 1.7, "south-west"),
    District("E07000066", "Basildon", 571000, 191000, 3500, 1.8, "south-west"),
    District("E07000067", "Braintree", 579000, 225000, 7500, 1.5, "mid"),
    District("E07000068", "Brentwood", 560000, 195000, 3000, 0.8, "south-west"),
    District("E07000069", "Castle Point", 579000, 186000, 2500, 0.9, "south-east"),
    District("E07000070", "Chelmsford", 572000, 206000, 4500, 1.8, "mid"),
    District("E07000071", "Colchester", 598000, 224000, 4500, 1.9, "north-east"),
    District("E07000072", "Epping Forest", 545000, 200000, 5500, 1.3, "west"),
    District("E07000073", "Harlow", 546000, 210000, 1800, 0.9, "west"),
    District("E07000074", "Maldon", 589000, 205000, 5500, 0.7, "mid"),
    District("E07000075", "Rochford", 585000, 192000, 3500, 0.9, "south-east"),
    District("E07000076", "Tendring", 617000, 221000, 6000, 1.5, "north-east"),
    District("E07000077", "Uttlesford", 556000, 228000, 7500, 0.9, "west"),
)
AREAS: Final = ("mid", "north-east", "south-east", "south-west", "west")


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """A made-up village or quarter: one postcode sector.

    units : the last two letters of a postcode → (easting, northing), metres.
    """

    district: District
    name: str
    outward: str
    sector: int
    easting: int
    northing: int
    units: dict[str, tuple[int, int]]

    def postcode(self, unit: str) -> str:
        """Write a postcode of this neighbourhood, such as ``QE7 4AB``."""
        return f"{self.outward} {self.sector}{unit}"

    def draw(self, rng: np.random.Generator) -> dict[str, Any]:
        """Pick an address here: the fields that a placed document carries."""
        unit = sorted(self.units)[int(rng.integers(len(self.units)))]
        easting, northing = self.units[unit]
        return {
            "district": self.district.code,
            "postcode": self.postcode(unit),
            "easting": easting,
            "northing": northing,
        }


def neighbourhoods(rng: np.random.Generator, spread: float = 1.0) -> tuple[Neighbourhood, ...]:
    """Lay out six neighbourhoods in each district, the first at its centre; the same for the same generator state.

    spread : how far they lie apart, as a multiple of the usual.
    """
    return tuple(_neighbourhoods(rng, spread))


def _neighbourhoods(rng: np.random.Generator, spread: float) -> Iterator[Neighbourhood]:
    for number, district in enumerate(DISTRICTS):
        for sector in range(SECTORS_PER_DISTRICT):
            offset = rng.normal(0.0, district.spread * spread, 2) if sector else np.zeros(2)
            easting, northing = int(district.easting + offset[0]), int(district.northing + offset[1])
            name = village(number * SECTORS_PER_DISTRICT + sector)
            units = _units(rng, easting, northing)
            yield Neighbourhood(district, name, f"QE{number + 1}", sector + 1, easting, northing, units)


def _units(rng: np.random.Generator, easting: int, northing: int) -> dict[str, tuple[int, int]]:
    pairs = [first + second for first in _UNIT_LETTERS for second in _UNIT_LETTERS]
    chosen = sorted(pairs[i] for i in rng.choice(len(pairs), UNITS_PER_SECTOR, replace=False))
    offsets = rng.normal(0.0, 700.0, (UNITS_PER_SECTOR, 2))
    return {
        unit: (easting + int(east), northing + int(north)) for unit, (east, north) in zip(chosen, offsets, strict=True)
    }


def draw_neighbourhood(rng: np.random.Generator, places: tuple[Neighbourhood, ...]) -> Neighbourhood:
    """Pick a neighbourhood, busier districts more often."""
    weights = np.array([place.district.weight for place in places])
    return places[int(rng.choice(len(places), p=weights / weights.sum()))]


def district_documents() -> dict[str, dict[str, Any]]:
    """Write the ``district`` documents, by id."""
    return {d.code: {"name": d.name, "easting": d.easting, "northing": d.northing} for d in DISTRICTS}


def sector_documents(places: tuple[Neighbourhood, ...]) -> dict[str, dict[str, Any]]:
    """Write the ``postcode_sector`` documents, by id."""
    return {
        f"{place.district.code}.{place.outward}-{place.sector}": {
            "district": place.district.code,
            "sector": f"{place.outward} {place.sector}",
            "units": {unit: list(spot) for unit, spot in place.units.items()},
        }
        for place in places
    }
