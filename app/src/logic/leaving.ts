/** What is lost when a phone is cleared: changes that were not sent, and forms that were not finished. */

import { listWords } from "../words/plain.ts";
import { t } from "../words/t.ts";

export interface Unsafe {
  readonly changes: number;
  readonly drafts: number;
}

/** "2 changes not sent yet and 1 unfinished form"; null when all is safe. */
export function unsafeWords({ changes, drafts }: Unsafe): string | null {
  const parts = [
    ...(changes > 0 ? [t("account.leaving.changes", { count: changes })] : []),
    ...(drafts > 0 ? [t("account.leaving.drafts", { count: drafts })] : []),
  ];
  return parts.length === 0 ? null : listWords(parts);
}

/** Why somebody may not sign in here yet: the phone keeps drafts of another account. Null when they may. */
export function draftsOfAnother(drafts: number, owner: string | null, typed: string): string | null {
  // The server keeps usernames in lower case.
  if (drafts === 0 || owner === null || typed.trim().toLowerCase() === owner.toLowerCase()) return null;
  return t("account.leaving.ofAnother", { count: drafts });
}
