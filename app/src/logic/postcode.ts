/** Postcodes: read as typed, and found in the sectors that the phone holds. */

export interface Postcode {
  /** As it is written: `CM1 4AB`. */
  readonly text: string;
  /** `CM1 4`. */
  readonly sector: string;
  /** The last two letters. */
  readonly unit: string;
}

const SHAPE = /^([A-Z]{1,2}\d[A-Z\d]?)(\d)([A-Z]{2})$/;

/** Read a postcode in any case and spacing; null when it cannot be one. */
export function readPostcode(typed: string): Postcode | null {
  const found = SHAPE.exec(typed.toUpperCase().replace(/[^A-Z0-9]/g, ""));
  if (!found) return null;
  const [, outward = "", digit = "", unit = ""] = found;
  return { text: `${outward} ${digit}${unit}`, sector: `${outward} ${digit}`, unit };
}

export interface Place {
  readonly district: string;
  readonly postcode: string;
  readonly easting: number;
  readonly northing: number;
}

/** A place is told to 100 metres where no house may be known by it. */
export function hundreds(metres: number): number {
  return Math.round(metres / 100) * 100;
}

export interface Home {
  readonly postcode: string | null;
  readonly district: string | null;
  readonly easting: number | null;
  readonly northing: number | null;
}

/** What a record says of a home once a postcode was typed: where nobody here knows the new one, nothing of the former stays. */
export function homeOf(typed: Postcode | null, place: Place | null, before: string | null): Partial<Home> {
  if (place) return place;
  if ((typed?.text ?? null) === (readPostcode(before ?? "")?.text ?? null)) return { postcode: typed?.text ?? null };
  return { postcode: typed?.text ?? null, district: null, easting: null, northing: null };
}

/**
 * What a record of the directory says once its postcode was typed, nothing where it is as before; null where no district
 * here has it. It never loses its district, without which nobody would be sent it.
 */
export function standsAt(typed: string, place: Place | null, before: string): Partial<Home> | null {
  const postcode = readPostcode(typed);
  if (typed.trim() === before || (postcode && postcode.text === readPostcode(before)?.text)) return {};
  return typed.trim() ? place : { postcode: null, easting: null, northing: null };
}

export interface Sector {
  readonly district: string;
  readonly sector: string;
  readonly units: { readonly [unit: string]: readonly number[] };
}

/** The id of the record of a sector in a district: `E07000070.CM1-4`. */
export function sectorId(district: string, postcode: Postcode): string {
  return `${district}.${postcode.sector.replace(" ", "-")}`;
}

/** The place of a postcode in those sectors; null when none has it. A sector that spans districts has a record in each. */
export function placeOf(postcode: Postcode, sectors: readonly (Sector | undefined)[]): Place | null {
  for (const sector of sectors) {
    const grid = sector?.units[postcode.unit];
    if (sector && sector.sector === postcode.sector && grid?.[0] !== undefined && grid[1] !== undefined) {
      return { district: sector.district, postcode: postcode.text, easting: grid[0], northing: grid[1] };
    }
  }
  return null;
}
