/** Was something chosen for a referral, and does the choice still stand? */

import type { PlacementDoc } from "@generated/contract.ts";

/** stands: chosen and not over. before: chosen once, and declined or ended since. */
export type Choice = "none" | "before" | "stands";

const OVER: readonly PlacementDoc["status"][] = ["declined", "ended"];

export function choiceOf(placements: readonly PlacementDoc[], referralId: string, itemId: string): Choice {
  const made = placements.filter((one) => one.referral_id === referralId && one.item_id === itemId);
  if (made.length === 0) return "none";
  return made.every(({ status }) => OVER.includes(status)) ? "before" : "stands";
}
