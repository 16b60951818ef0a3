/** Which way something lies on the National Grid, as one would say it: eight winds. */

export const WINDS = ["n", "ne", "e", "se", "s", "sw", "w", "nw"] as const;
export type Wind = (typeof WINDS)[number];

interface Point {
  readonly easting?: number | null;
  readonly northing?: number | null;
}

/** Nearer than this no direction is told: a postcode's place is no better than that. */
const NEAREST_M = 150;

/** The wind in which `to` lies, seen from `from`; null when one is not known or they are as good as in one place. */
export function windFrom(from: Point, to: Point): Wind | null {
  if (from.easting == null || from.northing == null || to.easting == null || to.northing == null) return null;
  const [east, north] = [to.easting - from.easting, to.northing - from.northing];
  if (Math.hypot(east, north) < NEAREST_M) return null;
  const turns = Math.atan2(east, north) / (2 * Math.PI);
  return WINDS[((Math.round(turns * 8) % 8) + 8) % 8] ?? null;
}
