/** Leaflet on the British National Grid as it is: a metre of easting is a metre, so nothing needs to be projected. */

import { CRS, extend, type LatLngExpression, Transformation } from "leaflet";

/** Ordnance Survey's own levels, so that its tiles fit: 896 metres a pixel, and half of that at each level. */
const COARSEST = 896;
const [WEST, NORTH] = [-238_375, 1_376_256];

export const LEVELS = { least: 1, most: 9 };

export function metresPerPixel(zoom: number): number {
  return COARSEST / 2 ** zoom;
}

export const NATIONAL_GRID = extend({}, CRS.Simple, {
  transformation: new Transformation(1, -WEST, -1, NORTH),
  scale: (zoom: number): number => 1 / metresPerPixel(zoom),
  zoom: (scale: number): number => Math.log2(scale * COARSEST),
}) as typeof CRS.Simple;

/** Leaflet asks for the northern one first. */
export function point(easting: number, northing: number): LatLngExpression {
  return [northing, easting];
}
