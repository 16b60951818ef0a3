/**
 * Too long without a signal: a phone that nobody can shut out any more shows nothing, and is cleared in the end.
 *
 * The phone's clock is all that tells how long, and it may be wrong: a flat battery sets it years ahead, a hand sets it
 * back. So what it was seen to pass is added up, and setting it back takes nothing of that away. A leap beyond the limit hides
 * everything, yet it is not believed: a clock that is set right shows it again, also one that leaps back to where it was
 * seen before. Only day after day beyond the limit clears the phone, a day for each that it was opened on, however far the
 * clock leaps in between.
 */

const DAY_MS = 86_400_000;
/** Days without the server after which nothing is shown any more. */
export const LIMIT_DAYS = 30;
const WARNED_DAYS = 7;
/** On so many days a phone is found too late, and told so, before it is cleared. */
export const LATE_DAYS = 7;
/** Less than this is written down later, as each look would be a write. */
const NOTED_MS = 600_000;

export type Standing =
  | { readonly is: "fine" }
  | { readonly is: "soon"; readonly hides_at: number }
  | { readonly is: "overdue"; readonly days_left: number }
  | { readonly is: "over" };

/** What the phone has seen of time since it reached the server. All in milliseconds, clocks since 1970. */
export interface Passed {
  /** When that was: after another contact all begins anew. */
  readonly contact: number;
  /** How much has passed, and what the clock said when it was last believed. */
  readonly ms: number;
  readonly at: number;
  /** The latest that a believed clock has said. */
  readonly high?: number;
  /** On how many days it was found too late since, and the clock at the last of them. */
  readonly late_days: number;
  readonly late_at: number;
}

/** How a phone stands that last reached the server at `contact`, and what is to be noted of it, null for nothing. */
export function look(noted: Passed | undefined, contact: number, now: number): readonly [Standing, Passed | null] {
  const before = noted?.contact === contact ? noted : { contact, ms: 0, at: contact, late_days: 0, late_at: 0 };
  const high = before.high ?? Math.max(contact, before.at);
  // So long in one go, to where the clock has been: it stood years back meanwhile, and was set right.
  const isSetRight = now - before.at >= LIMIT_DAYS * DAY_MS && now - high < LIMIT_DAYS * DAY_MS;
  const ms = before.ms + Math.max(0, now - (isSetRight ? high : before.at));
  if (ms >= LIMIT_DAYS * DAY_MS) return late(before, now);
  const isNews = Math.abs(now - before.at) >= NOTED_MS || before.late_days > 0;
  const isSoon = ms >= (LIMIT_DAYS - WARNED_DAYS) * DAY_MS;
  return [
    isSoon ? { is: "soon", hides_at: now + LIMIT_DAYS * DAY_MS - ms } : { is: "fine" },
    isNews ? { contact, ms, at: now, high: Math.max(high, now), late_days: 0, late_at: 0 } : null,
  ];
}

/** A day counts if it is later than all that counted, so a clock that leaps to and fro adds none. */
function late(before: Passed, now: number): readonly [Standing, Passed | null] {
  const isAnotherDay = before.late_days === 0 || now - before.late_at >= DAY_MS;
  const late_days = before.late_days + (isAnotherDay ? 1 : 0);
  return [
    late_days > LATE_DAYS ? { is: "over" } : { is: "overdue", days_left: LATE_DAYS + 1 - late_days },
    isAnotherDay ? { ...before, late_days, late_at: now } : null,
  ];
}
