/** What whoever does a task or takes a role on must hold on the day; `server/domain/qualified.py` says the same. */

import type { Doc } from "../../generated/contract.ts";

const CHECKS = ["none", "basic", "standard", "enhanced"];
const NEVER = "9999-12-31";
const ADULT = 18;

/** The ids of the trainings that a volunteer holds on a day, by their own record. */
export function heldOn(volunteer: Doc, on: string): Set<string> {
  const trained = (volunteer.trained ?? []) as unknown as { training_id: string; until_on: string | null }[];
  return new Set(trained.filter(({ until_on }) => (until_on ?? NEVER) >= on).map(({ training_id }) => training_id));
}

/** What a volunteer lacks for a task on a day, by field of the task; empty when they may do it. */
export function lacking(task: Doc, volunteer: Doc, on: string): Record<string, string[]> {
  const found: Record<string, string[]> = {};
  const asks = String(task.dbs_level ?? "none");
  if (CHECKS.indexOf(String(volunteer.dbs_level ?? "none")) < CHECKS.indexOf(asks)) {
    found.dbs_level = ["A higher background check than is held."];
  } else if (asks !== "none" && String(volunteer.dbs_until_on ?? on) < on) {
    found.dbs_level = ["The background check has run out."];
  }
  const held = heldOn(volunteer, on);
  const missing = [...new Set((task.training ?? []) as string[])].filter((name) => !held.has(name)).sort();
  if (missing.length) found.training = [`Not held, or run out: ${missing.join(", ")}.`];
  return { ...found, ...lacksAge(task, volunteer, on) };
}

/** What keeps a volunteer from it for their age; see `server/domain/youth.py`. */
function lacksAge(task: Doc, volunteer: Doc, on: string): Record<string, string[]> {
  if (volunteer.birth_on == null) return {};
  const age = ageOn(String(volunteer.birth_on), on);
  const least = task.min_age == null ? null : Number(task.min_age);
  if (age < ADULT && least === null) return { min_age: [`Open from the age of ${ADULT} on.`] };
  const found: Record<string, string[]> = {};
  if (least !== null && age < least) found.min_age = [`Open from the age of ${least} on.`];
  if (age < ADULT && String(volunteer.guardian_until_on ?? "") < on) {
    found.guardian_consent = ["Under 18, and no guardian's consent holds on this day."];
  }
  return found;
}

/** How old somebody is on a day, in whole years. Both are ISO dates, so that days of a year compare as text. */
function ageOn(birthOn: string, on: string): number {
  const years = Number(on.slice(0, 4)) - Number(birthOn.slice(0, 4));
  return on.slice(5) < birthOn.slice(5) ? years - 1 : years;
}
