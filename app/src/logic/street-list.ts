/** The list of a round as it is typed or pasted, a line for a street or a door. Of it only how many doors there are, and roughly where, is kept. */

import { type Postcode, readPostcode } from "./postcode.ts";

/** A run of doors in walking order near one postcode. */
export interface StreetLine {
  readonly doors: number;
  /** Of this line or of the last one above that has one. */
  readonly postcode: Postcode | null;
}

const POSTCODE = /\b[A-Z]{1,2}\d[A-Z\d]?\s*\d[A-Z]{2}\b/i;
/** House numbers from one to another: "1-35", "1 to 35". */
const SPAN = /(\d{1,4})\s*(?:-|–|to)\s*(\d{1,4})/i;
const ONE_SIDE = /\b(?:odd|even)s?\b/i;

export function readStreets(text: string): StreetLine[] {
  let postcode: Postcode | null = null;
  return text.split("\n").map((line) => line.trim()).filter(Boolean).map((line) => {
    const [found] = POSTCODE.exec(line) ?? [];
    if (found) postcode = readPostcode(found);
    return { doors: doorsOn(line.replace(POSTCODE, "")), postcode };
  });
}

/** A span of house numbers is as many doors, on one side of the street half of them; any other line is one door. */
function doorsOn(line: string): number {
  const [, from = "", to = ""] = SPAN.exec(line) ?? [];
  const between = from === "" ? 0 : Number(to) - Number(from);
  if (between <= 0) return 1;
  return (ONE_SIDE.test(line) && between % 2 === 0 ? between / 2 : between) + 1;
}

export function doorsIn(lines: readonly StreetLine[]): number {
  return lines.reduce((sum, { doors }) => sum + doors, 0);
}
