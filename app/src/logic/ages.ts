/** The bands of age that a session counts, youngest first, and the sum that no field holds. */

import type { SessionLogDoc } from "@generated/contract.ts";
import type { Counts } from "./tally.ts";

export const AGES = [
  "age_under_16", "age_16_17", "age_18_24", "age_25_34", "age_35_44", "age_45_54", "age_55_64", "age_65_74", "age_75_84", "age_85_over", "age_not_known",
] as const;
export type Age = (typeof AGES)[number];

export function countsOf(doc: SessionLogDoc): Counts {
  return Object.fromEntries(AGES.map((age) => [age, doc[age]]));
}

export function metBy(doc: SessionLogDoc): number {
  return AGES.reduce((sum, age) => sum + doc[age], 0);
}
