/** What was agreed to, and what becomes of it when somebody changes their mind. */

import type { ConsentDoc } from "@generated/contract.ts";
import type { Answers } from "./wizard.ts";

export type Agreed = Pick<Answers, "keep_record" | "share" | "improve">;

/** From the least to the most. */
const SHARES: readonly ConsentDoc["share_with_providers"][] = ["nothing", "codes_only", "name_and_needs"];

export function answersOf(doc: ConsentDoc | undefined): Agreed {
  return { keep_record: doc?.keep_record ?? false, share: doc?.share_with_providers ?? "nothing", improve: doc?.use_for_improvement ?? false };
}

/** Does a change agree to more than before? Then it is a new consent; to take back is a change of those that stand. */
export function agreesToMore(before: Agreed, after: Agreed): boolean {
  return (after.keep_record && !before.keep_record) || (after.improve && !before.improve) || SHARES.indexOf(after.share) > SHARES.indexOf(before.share);
}

/** An older consent cut down to what is still agreed to: nothing that was taken back is left standing in it. */
export function atMost(doc: ConsentDoc, agreed: Agreed): Pick<ConsentDoc, "keep_record" | "share_with_providers" | "use_for_improvement"> {
  const share = SHARES[Math.min(SHARES.indexOf(doc.share_with_providers), SHARES.indexOf(agreed.share))] ?? "nothing";
  return { keep_record: doc.keep_record && agreed.keep_record, share_with_providers: share, use_for_improvement: doc.use_for_improvement && agreed.improve };
}
