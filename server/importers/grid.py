"""Latitude and longitude to whole metres of the British National Grid.

Source: Ordnance Survey, "A guide to coordinate systems in Great Britain" (v3.6), annexes B and C: the ellipsoids,
the seven-parameter Helmert transformation from WGS84 to OSGB36 (good to about 5 m) and the transverse Mercator series.
"""

from dataclasses import dataclass
from math import atan2, cos, hypot, radians, sin, sqrt, tan
from typing import Final


@dataclass(frozen=True, slots=True)
class Ellipsoid:
    """A figure of the Earth; its half axes in metres."""

    a: float
    b: float

    @property
    def e2(self) -> float:
        """First eccentricity squared."""
        return 1 - (self.b / self.a) ** 2


WGS84: Final = Ellipsoid(6378137.0, 6356752.3141)
AIRY: Final = Ellipsoid(6377563.396, 6356256.909)

# WGS84 to OSGB36: metres, parts, radians.
_SHIFT: Final = (-446.448, 125.157, -542.060)
_SCALE: Final = 20.4894e-6
_TURN: Final = tuple(radians(seconds / 3600) for seconds in (-0.1502, -0.2470, -0.8421))

# The National Grid: true origin, its false coordinates, scale on the central meridian.
_LAT0: Final = radians(49)
_LON0: Final = radians(-2)
_E0: Final = 400_000.0
_N0: Final = -100_000.0
_F0: Final = 0.9996012717

#: Great Britain and its waters, in degrees; outside them the series is not the National Grid.
_LATITUDES: Final = (49.0, 61.5)
_LONGITUDES: Final = (-9.5, 2.5)


def easting_northing(latitude: float, longitude: float) -> tuple[int, int]:
    """Place a GPS position on the National Grid.

    latitude, longitude : degrees on WGS84. Returns whole metres.
    Raises ValueError outside Great Britain.
    """
    if not (_LATITUDES[0] <= latitude <= _LATITUDES[1] and _LONGITUDES[0] <= longitude <= _LONGITUDES[1]):
        raise ValueError("the position is outside Great Britain")
    lat, lon = _osgb36(radians(latitude), radians(longitude))
    easting, northing = project(lat, lon)
    return round(easting), round(northing)


def _osgb36(lat: float, lon: float) -> tuple[float, float]:
    """Turn WGS84 latitude and longitude into OSGB36's, all in radians."""
    return _angles(_helmert(_cartesian(lat, lon)))


def _cartesian(lat: float, lon: float) -> tuple[float, float, float]:
    nu = WGS84.a / sqrt(1 - WGS84.e2 * sin(lat) ** 2)
    return nu * cos(lat) * cos(lon), nu * cos(lat) * sin(lon), nu * (1 - WGS84.e2) * sin(lat)


def _helmert(point: tuple[float, float, float]) -> tuple[float, float, float]:
    x, y, z = point
    (tx, ty, tz), (rx, ry, rz), m = _SHIFT, _TURN, 1 + _SCALE
    return tx + m * x - rz * y + ry * z, ty + rz * x + m * y - rx * z, tz - ry * x + rx * y + m * z


def _angles(point: tuple[float, float, float]) -> tuple[float, float]:
    x, y, z = point
    p = hypot(x, y)
    lat = atan2(z, p * (1 - AIRY.e2))
    for _ in range(6):  # each round gains about two digits
        nu = AIRY.a / sqrt(1 - AIRY.e2 * sin(lat) ** 2)
        lat = atan2(z + AIRY.e2 * nu * sin(lat), p)
    return lat, atan2(y, x)


def project(lat: float, lon: float) -> tuple[float, float]:
    """Project OSGB36 latitude and longitude, in radians, to easting and northing in metres (annex C.1)."""
    bend = 1 - AIRY.e2 * sin(lat) ** 2
    nu = AIRY.a * _F0 / sqrt(bend)
    rho = AIRY.a * _F0 * (1 - AIRY.e2) / bend**1.5
    eta2 = nu / rho - 1
    s, c, t2 = sin(lat), cos(lat), tan(lat) ** 2
    north1 = nu / 2 * s * c
    north2 = nu / 24 * s * c**3 * (5 - t2 + 9 * eta2)
    north3 = nu / 720 * s * c**5 * (61 - 58 * t2 + t2**2)
    east1 = nu * c
    east2 = nu / 6 * c**3 * (nu / rho - t2)
    east3 = nu / 120 * c**5 * (5 - 18 * t2 + t2**2 + 14 * eta2 - 58 * t2 * eta2)
    d = lon - _LON0
    return (
        _E0 + east1 * d + east2 * d**3 + east3 * d**5,
        _N0 + _meridian(lat) + north1 * d**2 + north2 * d**4 + north3 * d**6,
    )


def _meridian(lat: float) -> float:
    """Length of the meridian from the true origin to `lat`, in metres, scaled."""
    n = (AIRY.a - AIRY.b) / (AIRY.a + AIRY.b)
    less, more = lat - _LAT0, lat + _LAT0
    return (
        AIRY.b
        * _F0
        * (
            (1 + n + 5 / 4 * n**2 + 5 / 4 * n**3) * less
            - (3 * n + 3 * n**2 + 21 / 8 * n**3) * sin(less) * cos(more)
            + (15 / 8 * n**2 + 15 / 8 * n**3) * sin(2 * less) * cos(2 * more)
            - 35 / 24 * n**3 * sin(3 * less) * cos(3 * more)
        )
    )
