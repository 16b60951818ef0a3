/** Why a role is kept off a volunteer's list, as a sentence. */

import type { VolunteerDoc } from "@generated/contract.ts";
import type { KeptOff } from "../data/roles.ts";
import { missingFor } from "../logic/missing.ts";
import { t } from "./t.ts";

/** What the volunteer lacks is told as beside a task; the ranker, which speaks only English of it, tells the rest.
 * names : training id → what people call it. on : ISO date. */
export function keptOffWords({ role, why }: KeptOff, volunteer: VolunteerDoc, names: ReadonlyMap<string, string>, on: string): string {
  const { trainings, age, guardian } = missingFor(role.doc, volunteer, on);
  if (why.rule === "under_age" && age !== null) return t("tasks.lacks.age", { age });
  if (why.rule === "guardian_consent_missing" && guardian) return t("tasks.lacks.guardian");
  if (why.rule !== "training_missing") return [why.text, why.change].filter(Boolean).join(" ");
  return trainings.map((id) => t("tasks.lacks.training", { name: names.get(id) ?? t("tasks.lacks.unknown") })).join(" ");
}
