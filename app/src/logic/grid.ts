/**
 * From the British National Grid to the latitude and longitude that maps of a phone understand.
 *
 * Ordnance Survey, A guide to coordinate systems in Great Britain: annex C.2 (the projection back) and section 6.6 (the
 * Helmert turn to WGS84, good to about 5 metres). Places of tasks are rounded to 100 metres in any case.
 */

const AIRY = { a: 6377563.396, b: 6356256.909 };
const WGS84 = { a: 6378137, b: 6356752.3142 };
const ORIGIN = { lat: (49 * Math.PI) / 180, lon: (-2 * Math.PI) / 180, e: 400_000, n: -100_000, f: 0.9996012717 };
const ARC_SECOND = Math.PI / 648_000;
const SHIFT = { x: 446.448, y: -125.157, z: 542.06, s: -20.4894e-6, rx: 0.1502 * ARC_SECOND, ry: 0.247 * ARC_SECOND, rz: 0.8421 * ARC_SECOND };

export interface Point {
  readonly lat: number;
  readonly lon: number;
}

/** Degrees on WGS84 of a place in whole metres of the grid. */
export function latLonOf({ easting, northing }: { readonly easting: number; readonly northing: number }): Point {
  const { lat, lon } = turned(unprojected(easting, northing));
  return { lat: (lat * 180) / Math.PI, lon: (lon * 180) / Math.PI };
}

function unprojected(e: number, n: number): Point {
  const { a, b } = AIRY;
  const e2 = 1 - (b * b) / (a * a);
  let lat = ORIGIN.lat + (n - ORIGIN.n) / (a * ORIGIN.f);
  for (let round = 0; round < 6; round += 1) lat += (n - ORIGIN.n - meridian(lat)) / (a * ORIGIN.f);
  const bend = 1 - e2 * Math.sin(lat) ** 2;
  const nu = (a * ORIGIN.f) / Math.sqrt(bend);
  const rho = (a * ORIGIN.f * (1 - e2)) / bend ** 1.5;
  const [t2, eta2, sec, d] = [Math.tan(lat) ** 2, nu / rho - 1, 1 / Math.cos(lat), e - ORIGIN.e];
  const tan = Math.tan(lat);
  const vii = tan / (2 * rho * nu);
  const viii = (tan / (24 * rho * nu ** 3)) * (5 + 3 * t2 + eta2 - 9 * t2 * eta2);
  const ix = (tan / (720 * rho * nu ** 5)) * (61 + 90 * t2 + 45 * t2 * t2);
  const xi = (sec / (6 * nu ** 3)) * (nu / rho + 2 * t2);
  const xii = (sec / (120 * nu ** 5)) * (5 + 28 * t2 + 24 * t2 * t2);
  return { lat: lat - vii * d ** 2 + viii * d ** 4 - ix * d ** 6, lon: ORIGIN.lon + (sec / nu) * d - xi * d ** 3 + xii * d ** 5 };
}

/** Length of the meridian from the true origin, in metres, scaled. */
function meridian(lat: number): number {
  const n = (AIRY.a - AIRY.b) / (AIRY.a + AIRY.b);
  const [less, more] = [lat - ORIGIN.lat, lat + ORIGIN.lat];
  return AIRY.b * ORIGIN.f * (
    (1 + n + 1.25 * n ** 2 + 1.25 * n ** 3) * less
    - (3 * n + 3 * n ** 2 + 2.625 * n ** 3) * Math.sin(less) * Math.cos(more)
    + (1.875 * n ** 2 + 1.875 * n ** 3) * Math.sin(2 * less) * Math.cos(2 * more)
    - (35 / 24) * n ** 3 * Math.sin(3 * less) * Math.cos(3 * more)
  );
}

function turned({ lat, lon }: Point): Point {
  const e2 = 1 - (AIRY.b / AIRY.a) ** 2;
  const nu = AIRY.a / Math.sqrt(1 - e2 * Math.sin(lat) ** 2);
  const [x, y, z] = [nu * Math.cos(lat) * Math.cos(lon), nu * Math.cos(lat) * Math.sin(lon), nu * (1 - e2) * Math.sin(lat)];
  const m = 1 + SHIFT.s;
  return angles(
    SHIFT.x + m * x - SHIFT.rz * y + SHIFT.ry * z, SHIFT.y + SHIFT.rz * x + m * y - SHIFT.rx * z, SHIFT.z - SHIFT.ry * x + SHIFT.rx * y + m * z,
  );
}

function angles(x: number, y: number, z: number): Point {
  const e2 = 1 - (WGS84.b / WGS84.a) ** 2;
  const p = Math.hypot(x, y);
  let lat = Math.atan2(z, p * (1 - e2));
  for (let round = 0; round < 6; round += 1) {
    const nu = WGS84.a / Math.sqrt(1 - e2 * Math.sin(lat) ** 2);
    lat = Math.atan2(z + e2 * nu * Math.sin(lat), p);
  }
  return { lat, lon: Math.atan2(y, x) };
}
