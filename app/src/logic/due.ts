/** What a referral waits for, and by when. */

import type { ReferralDoc } from "@generated/contract.ts";
import { addDays } from "../words/dates.ts";

export interface Due {
  readonly what: string;
  readonly by: string;
}

const FIRST_CONTACT_DAYS: { readonly [urgency: string]: number } = { urgent: 1, soon: 3, routine: 7 };

const NEXT: { readonly [status: string]: readonly [what: string, days: number] } = {
  contacted: ["Find something that suits", 7],
  shortlisted: ["Choose from the shortlist", 7],
  offered: ["Ask if the place was taken up", 7],
  accepted: ["Ask if they have started", 14],
  started: ["Ask how it is going", 28],
};

/** The next thing to do for a referral, counted from the last contact; null when there is none. */
export function dueFor(referral: Pick<ReferralDoc, "status" | "urgency" | "received_on">, lastContactOn: string | null): Due | null {
  if (referral.status === "received") {
    return { what: "Make first contact", by: addDays(referral.received_on, FIRST_CONTACT_DAYS[referral.urgency] ?? 7) };
  }
  const next = NEXT[referral.status];
  if (!next) return null;
  const since = lastContactOn && lastContactOn > referral.received_on ? lastContactOn : referral.received_on;
  return { what: next[0], by: addDays(since, next[1]) };
}
