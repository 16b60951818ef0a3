/** Distances as people say them: metres when near, kilometres (and miles, where people think in miles) when not. */

import { locale, numberWords, t } from "./t.ts";

const METRES_PER_MILE = 1609.344;
const NEAR_M = 75;

/** Words for a distance in metres: "about 300 metres", "about 2.4 km (1½ miles)", "about 30 km (19 miles)". */
export function distanceWords(metres: number): string {
  if (metres < NEAR_M) return t("plain.near");
  if (metres < 950) return t("plain.metres", { metres: Math.max(100, Math.round(metres / 100) * 100) });
  return alsoInMiles(t("plain.far", { km: kmWords(metres) }), metres);
}

/** "5 km (3 miles)": a distance to choose, which is meant as it stands. */
export function reachWords(km: number): string {
  return alsoInMiles(numberWords(km, { style: "unit", unit: "kilometer" }), km * 1000);
}

function alsoInMiles(distance: string, metres: number): string {
  return locale() === "en-GB" ? t("plain.alsoMiles", { distance, miles: milesWords(metres) }) : distance;
}

/** "2.4", "30": kilometres without their unit. */
function kmWords(metres: number): string {
  return numberWords(metres / 1000, { maximumFractionDigits: metres < 10_000 ? 1 : 0 });
}

/** "very near", "about 300 metres away". */
export function awayWords(metres: number): string {
  const distance = distanceWords(metres);
  return metres < NEAR_M ? distance : t("plain.away", { distance });
}

/** Words for the same distance in miles, to the nearest half below five. */
export function milesWords(metres: number): string {
  const miles = metres / METRES_PER_MILE;
  if (miles >= 5) return t("plain.miles.many", { miles: Math.round(miles) });
  const halves = Math.max(1, Math.round(miles * 2));
  if (halves === 1) return t("plain.miles.half");
  if (halves === 2) return t("plain.miles.one");
  return t("plain.miles.many", { miles: `${Math.floor(halves / 2)}${halves % 2 ? "½" : ""}` });
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
