/** Find where a postcode is, from the sectors that this phone holds. */

import { placeOf, sectorId, type Place, type Postcode, type Sector } from "../logic/postcode.ts";
import type { Kith } from "./kith.ts";

/** The place of a postcode in the districts of the account; null when the phone does not know it. */
export async function findPlace(kith: Kith, postcode: Postcode, districts: readonly string[]): Promise<Place | null> {
  const sectors = await Promise.all(districts.map((district) => kith.client.read("postcode_sector", sectorId(district, postcode))));
  return placeOf(postcode, sectors.map((sector) => sector?.doc as unknown as Sector | undefined));
}

