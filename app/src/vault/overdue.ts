/**
 * Too long without a signal: a phone that nobody can shut out any more is cleared. People are warned for a week, and a
 * phone that is found to be too late has one more day to send what waits, also because a clock may be wrong.
 */

const DAY_MS = 86_400_000;
/** Days without the server after which nothing is shown any more. */
export const LIMIT_DAYS = 30;
const WARNED_DAYS = 7;

export type Standing =
  | { readonly is: "fine" }
  | { readonly is: "soon"; readonly clears_at: number }
  | { readonly is: "overdue"; readonly days: number; readonly clears_at: number }
  | { readonly is: "over" };

/**
 * How a phone stands that last reached the server at `contact`; `seen` is when it was first found to be too late, null
 * when it never was. All in milliseconds since 1970.
 */
export function standingOf(contact: number, seen: number | null, now: number): Standing {
  const days = Math.floor((now - contact) / DAY_MS);
  if (days < LIMIT_DAYS - WARNED_DAYS) return { is: "fine" };
  if (days < LIMIT_DAYS) return { is: "soon", clears_at: contact + (LIMIT_DAYS + 1) * DAY_MS };
  const clears_at = (seen ?? now) + DAY_MS;
  return now < clears_at ? { is: "overdue", days, clears_at } : { is: "over" };
}
