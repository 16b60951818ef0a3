/** Whom or what a record is about, by the names that this phone holds. */

import type { Doc } from "@contract/sync/index.ts";
import { nameOf } from "../data/caseload.ts";
import { volunteerName } from "../data/centre.ts";
import { useList } from "./context.ts";

/** Names what a record is called or whose it is, also by what is set in a new one; null where the phone knows neither. */
export function useAbout(): (id: string, set?: Doc) => string | null {
  const names = new Map([
    ...useList("person").map((one) => [one.id, nameOf(one)] as const),
    ...useList("volunteer").map((one) => [one.id, volunteerName(one)] as const),
    ...[...useList("asset"), ...useList("opportunity"), ...useList("task")].map((one) => [one.id, one.doc.name] as const),
  ]);
  const people = new Map(useList("referral").map((one) => [one.id, one.doc.person_id]));
  const known = (id: unknown): string => names.get(String(id)) || names.get(people.get(String(id)) ?? "") || "";
  return (id, { person_id, referral_id, volunteer_id } = {}) => known(id) || known(person_id) || known(referral_id) || known(volunteer_id) || null;
}
