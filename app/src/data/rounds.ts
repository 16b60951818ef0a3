/** Making a round and its doors. */

import { hundreds, type Place, type Postcode } from "../logic/postcode.ts";
import type { StreetLine } from "../logic/street-list.ts";
import type { Reach } from "../ui/context.ts";
import type { Item } from "./live.ts";
import { findPlace } from "./places.ts";
import { create } from "./write.ts";

/** Where the postcodes of a list are, by how they are written; null for each that this phone does not know. */
export async function placesOf({ kith }: Reach, lines: readonly StreetLine[], districts: readonly string[]): Promise<Map<string, Place | null>> {
  const codes = new Map(lines.flatMap(({ postcode }): [string, Postcode][] => (postcode ? [[postcode.text, postcode]] : [])));
  const found = await Promise.all([...codes].map(async ([text, postcode]): Promise<[string, Place | null]> => [text, await findPlace(kith, postcode, districts)]));
  return new Map(found);
}

/** Put doors on a round's list after those that it has: numbers, and a place rounded to 100 metres. */
export async function addDoors(reach: Reach, round: { readonly id: string; readonly team_id: string }, lines: readonly StreetLine[], places: ReadonlyMap<string, Place | null>, last: number): Promise<void> {
  let number = last;
  for (const { doors, postcode } of lines) {
    const place = postcode && places.get(postcode.text);
    const where = place ? { easting: hundreds(place.easting), northing: hundreds(place.northing) } : {};
    for (let n = 0; n < doors; n += 1) {
      number += 1;
      await create(reach, "household", { round_id: round.id, team_id: round.team_id, number, ...where });
    }
  }
}

/** The newest version of each survey. */
export function surveysNow(surveys: readonly Item<"survey">[]): Item<"survey">[] {
  const replaced = new Set(surveys.map(({ doc }) => doc.replaces));
  return surveys.filter(({ id }) => !replaced.has(id)).sort((a, b) => a.doc.title.localeCompare(b.doc.title));
}
