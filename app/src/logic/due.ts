/** What a referral waits for, and by when. */

import type { ReferralDoc } from "@generated/contract.ts";
import { addDays } from "../words/dates.ts";

/** Named in the catalogue under `caseload.due`. */
export type DueDeed = "firstContact" | "findSomething" | "choose" | "askTaken" | "askStarted" | "askGoing" | "tellOff";

export interface Due {
  readonly what: DueDeed;
  readonly by: string;
}

const FIRST_CONTACT_DAYS: { readonly [urgency: string]: number } = { urgent: 1, soon: 3, routine: 7 };

const NEXT: { readonly [status: string]: readonly [what: DueDeed, days: number] } = {
  contacted: ["findSomething", 7],
  shortlisted: ["choose", 7],
  offered: ["askTaken", 7],
  accepted: ["askStarted", 14],
  started: ["askGoing", 28],
};

/** The next thing to do for a referral, counted from the last contact; null when there is none. */
export function dueFor(referral: Pick<ReferralDoc, "status" | "urgency" | "received_on">, lastContactOn: string | null): Due | null {
  if (referral.status === "received") {
    return { what: "firstContact", by: addDays(referral.received_on, FIRST_CONTACT_DAYS[referral.urgency] ?? 7) };
  }
  const next = NEXT[referral.status];
  if (!next) return null;
  const since = lastContactOn && lastContactOn > referral.received_on ? lastContactOn : referral.received_on;
  return { what: next[0], by: addDays(since, next[1]) };
}
