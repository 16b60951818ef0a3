/** Which way a place lies from another, and how far, for somebody who has no map open. */

import { latLonOf, type Point } from "./grid.ts";

export const WINDS = ["north", "north-east", "east", "south-east", "south", "south-west", "west", "north-west"] as const;
export type Wind = (typeof WINDS)[number];

interface OnGrid {
  readonly easting?: number | null;
  readonly northing?: number | null;
}

/** The wind that the second place lies to, seen from the first; null when one is not known or both are one. */
export function windTo(from: OnGrid, to: OnGrid): Wind | null {
  if (from.easting == null || from.northing == null || to.easting == null || to.northing == null) return null;
  const [east, north] = [to.easting - from.easting, to.northing - from.northing];
  return east === 0 && north === 0 ? null : windOf(east, north);
}

function windOf(east: number, north: number): Wind {
  const eighth = Math.round(Math.atan2(east, north) / (Math.PI / 4));
  return WINDS[(eighth + 8) % 8] ?? "north";
}

const METRES_PER_DEGREE = 111_195;

/** From where the phone is to a place of the grid: the wind and the metres, on a ground flat enough for a county. */
export function wayFrom(here: Point, to: { readonly easting: number; readonly northing: number }): { readonly wind: Wind; readonly metres: number } {
  const there = latLonOf(to);
  const north = (there.lat - here.lat) * METRES_PER_DEGREE;
  const east = (there.lon - here.lon) * METRES_PER_DEGREE * Math.cos((here.lat * Math.PI) / 180);
  return { wind: windOf(east, north), metres: Math.hypot(east, north) };
}

/** The address that opens the phone's own map app at a place: nothing in it but a point rounded as the task's is. */
export function mapLink(to: OnGrid, platform: string): string | null {
  if (to.easting == null || to.northing == null) return null;
  const { lat, lon } = latLonOf({ easting: to.easting, northing: to.northing });
  const point = `${lat.toFixed(5)},${lon.toFixed(5)}`;
  return /^i(Phone|Pad)$/.test(platform) ? `maps://?q=${point}` : `geo:${point}?q=${point}`;
}
