/** Distances as people say them here: metres when near, kilometres and miles when not. */

const METRES_PER_MILE = 1609.344;
const NEAR = "very near";

/** Words for a distance in metres: "about 300 metres", "about 2.4 km (1½ miles)", "about 30 km (19 miles)". */
export function distanceWords(metres: number): string {
  if (metres < 75) return NEAR;
  if (metres < 950) return `about ${Math.max(100, Math.round(metres / 100) * 100)} metres`;
  const km = metres / 1000;
  const kmText = km < 10 ? km.toFixed(1).replace(/\.0$/, "") : String(Math.round(km));
  return `about ${kmText} km (${milesWords(metres)})`;
}

/** "very near", "about 300 metres away". */
export function awayWords(metres: number): string {
  const words = distanceWords(metres);
  return words === NEAR ? words : `${words} away`;
}

/** Words for the same distance in miles, to the nearest half below five. */
export function milesWords(metres: number): string {
  const miles = metres / METRES_PER_MILE;
  if (miles >= 5) return `${Math.round(miles)} miles`;
  const halves = Math.max(1, Math.round(miles * 2));
  if (halves === 1) return "half a mile";
  if (halves === 2) return "1 mile";
  return `${Math.floor(halves / 2)}${halves % 2 ? "½" : ""} miles`;
}

/** Metres between two places on the National Grid; null when one is not known. */
export function metresBetween(
  a: { readonly easting?: number | null; readonly northing?: number | null },
  b: { readonly easting?: number | null; readonly northing?: number | null },
): number | null {
  if (a.easting == null || a.northing == null || b.easting == null || b.northing == null) return null;
  const dx = a.easting - b.easting;
  const dy = a.northing - b.northing;
  return Math.floor(Math.sqrt(dx * dx + dy * dy));
}
