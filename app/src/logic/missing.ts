/** What a volunteer lacks for a task or a role, in parts that a screen can say how to get. The server asks the same again. */

import { heldOn, lacking } from "@contract/rules/index.ts";
import type { Doc, OpportunityDoc, TaskDoc, VolunteerDoc } from "@generated/contract.ts";

type Work = Pick<TaskDoc | OpportunityDoc, "dbs_level" | "training" | "min_age">;

export interface Missing {
  /** higher: a check above the one held. again: the one held has run out. */
  readonly check: "higher" | "again" | null;
  readonly level: Work["dbs_level"];
  /** Ids of trainings not held on the day. */
  readonly trainings: readonly string[];
  /** From which age it is open, when they are younger. */
  readonly age: number | null;
  readonly guardian: boolean;
  /** Why nothing at all may be claimed: not a volunteer yet, or paused by the centre, or gone. */
  readonly standing: "enquiry" | "paused" | "left" | null;
}

const LEVELS = ["none", "basic", "standard", "enhanced"];
const ADULT = 18;

/** on : ISO date, the day on which it counts. */
export function missingFor(work: Work, volunteer: VolunteerDoc, on: string): Missing {
  const found = lacking(work as unknown as Doc, volunteer as unknown as Doc, on);
  const held = heldOn(volunteer as unknown as Doc, on);
  const isLower = LEVELS.indexOf(volunteer.dbs_level) < LEVELS.indexOf(work.dbs_level);
  return {
    check: found["dbs_level"] ? (isLower ? "higher" : "again") : null,
    level: work.dbs_level,
    trainings: [...new Set(work.training)].filter((id) => !held.has(id)),
    age: found["min_age"] ? (work.min_age ?? ADULT) : null,
    guardian: found["guardian_consent"] !== undefined,
    standing: volunteer.status === "active" ? null : volunteer.status,
  };
}

export function isNothing({ check, trainings, age, guardian, standing }: Missing): boolean {
  return check === null && trainings.length === 0 && age === null && !guardian && standing === null;
}
