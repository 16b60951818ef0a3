/** Keeps off a list what a volunteer lacks the age, a guardian's consent or a training for; `trained.py` of the server does the same. */

import type { Doc } from "../../../generated/contract.ts";
import { heldOn, lacking } from "../../rules/index.ts";
import type { Offered, Ranking, Unsuited } from "./rank.ts";

/** A candidate with the documents of what is to be done and of the volunteer who may do it. */
export interface Candidate {
  offered: Offered;
  work: Doc;
  volunteer: Doc;
}

/** Those to rank, and those to be told of with the rule that keeps each off. */
export interface Parted {
  able: Offered[];
  keptOff: Unsuited[];
}

/** Parts candidates before they are ranked. names : training id → what people call it. on : ISO date. */
export function parted(candidates: readonly Candidate[], names: ReadonlyMap<string, string>, on: string): Parted {
  const able: Offered[] = [];
  const keptOff: Unsuited[] = [];
  for (const { offered, work, volunteer } of candidates) {
    const why = barred(work, volunteer, names, on);
    if (why) keptOff.push({ kind: offered.kind, id: offered.id, ...why });
    else able.push(offered);
  }
  return { able, keptOff };
}

/** Gives a ranking of those who are able with the others among what was kept off it, in order of id. */
export function withAll(ranking: Ranking, keptOff: readonly Unsuited[]): Ranking {
  return { ...ranking, excluded: [...ranking.excluded, ...keptOff].sort(byId) };
}

function byId(a: Unsuited, b: Unsuited): number {
  if (a.id !== b.id) return a.id < b.id ? -1 : 1;
  return a.kind < b.kind ? -1 : a.kind > b.kind ? 1 : 0;
}

function barred(
  work: Doc, volunteer: Doc, names: ReadonlyMap<string, string>, on: string,
): Pick<Unsuited, "rule" | "text" | "change"> | null {
  const found = lacking(work, volunteer, on);
  const [tooYoung] = found["min_age"] ?? [];
  if (tooYoung) return { rule: "under_age", text: tooYoung, change: null };
  const [unasked] = found["guardian_consent"] ?? [];
  if (unasked) return { rule: "guardian_consent_missing", text: unasked, change: "If a guardian agreed." };
  if (!found["training"]) return null;
  const what = missing(work, volunteer, on).map((id) => names.get(id) ?? id).join(", ");
  const text = `Asks for a training that is not held, or has run out: ${what}.`;
  return { rule: "training_missing", text, change: `If this were done: ${what}.` };
}

function missing(work: Doc, volunteer: Doc, on: string): string[] {
  const held = heldOn(volunteer, on);
  return [...new Set((work.training ?? []) as string[])].filter((id) => !held.has(id)).sort();
}
