/** What is lost when a phone is cleared: changes that were not sent, and referrals that were not finished. */

import { count, listWords } from "../words/plain.ts";

export interface Unsafe {
  readonly changes: number;
  readonly drafts: number;
}

/** "2 changes not sent yet and 1 unfinished referral"; null when all is safe. */
export function unsafeWords({ changes, drafts }: Unsafe): string | null {
  const parts = [
    ...(changes > 0 ? [`${count(changes, "change")} not sent yet`] : []),
    ...(drafts > 0 ? [count(drafts, "unfinished referral")] : []),
  ];
  return parts.length === 0 ? null : listWords(parts);
}

/** Why somebody may not sign in here yet: the phone keeps drafts of another account. Null when they may. */
export function draftsOfAnother(drafts: number, owner: string | null, typed: string): string | null {
  // The server keeps usernames in lower case.
  if (drafts === 0 || owner === null || typed.trim().toLowerCase() === owner.toLowerCase()) return null;
  return `${drafts === 1 ? "An unfinished referral" : `${drafts} unfinished referrals`} of another person would be lost. They must sign in here first, then finish or throw away what they began`;
}
