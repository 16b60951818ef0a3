/** The way of somebody who asks to volunteer: which steps may follow, from when, and which reasons fit; as the server has it. */

import { type EnquiryDoc, type StepCode, type StepReasonCode } from "@generated/contract.ts";
import { addDays } from "../words/dates.ts";

export const WAY = ["enquiry", "interview", "matched", "referred", "placed", "at_4_weeks", "at_12_weeks"] as const satisfies readonly StepCode[];
export const ENDS = ["withdrawn", "unsuitable", "no_reply"] as const satisfies readonly StepCode[];

/** Days after the start from which a stay can be told. */
const STAYS: { readonly [step: string]: number } = { at_4_weeks: 28, at_12_weeks: 84 };
/** Steps that join somebody to a role. */
export const ABOUT_A_ROLE: readonly StepCode[] = ["matched", "referred", "placed"];

const REASONS: { readonly [what: string]: readonly StepReasonCode[] } = {
  withdrawn: ["time", "health", "moved", "work", "caring", "elsewhere", "too_far", "not_as_hoped", "took_too_long", "role_ended", "asked_not_to_say", "other"],
  unsuitable: ["no_role", "checks", "skills", "age", "unsafe", "other"],
  no_reply: ["unanswered", "wrong_contact", "other"],
  back: ["mistake", "role_filled", "organisation_declined", "another_role", "came_back", "other"],
};

type Stands = Pick<EnquiryDoc, "status" | "reached" | "placed_on">;

export interface NextStep {
  readonly step: StepCode;
  /** The first day on which it can be told; null for any day. */
  readonly from: string | null;
}

function place(step: StepCode): number {
  return (WAY as readonly StepCode[]).indexOf(step);
}

export function isEnded(status: StepCode): boolean {
  return place(status) < 0;
}

/** Since when it stands at its step. */
export function sinceOf({ stepped_on, enquired_on }: Pick<EnquiryDoc, "stepped_on" | "enquired_on">): string {
  return stepped_on ?? enquired_on;
}

/** Steps forward: the one that follows; of somebody who began, both stays, as who was not asked after 4 weeks may be there after 12. */
export function stepsForward({ status, placed_on }: Stands): NextStep[] {
  const now = place(status);
  if (now < 0) return [];
  const coming = WAY.slice(now + 1, status === "placed" ? undefined : now + 2);
  return coming.map((step) => ({ step, from: step in STAYS && placed_on ? addDays(placed_on, STAYS[step] ?? 0) : null }));
}

/** Ends that an enquiry may come to from where it stands. */
export function stepsToEnd({ status }: Stands): StepCode[] {
  return isEnded(status) || status === "at_12_weeks" ? [] : [...ENDS];
}

/** Steps back: to an earlier one, or from an end to where it stood. */
export function stepsBack({ status, reached }: Stands): StepCode[] {
  return WAY.slice(0, place(reached) + (isEnded(status) ? 1 : 0)).reverse();
}

/** The reasons that fit a step from here; none for a step forward. */
export function reasonsFor(stands: Stands, step: StepCode): readonly StepReasonCode[] {
  if (stepsBack(stands).includes(step)) return REASONS["back"] ?? [];
  return REASONS[step] ?? [];
}
