/** Which of the open tasks somebody wants to see, and in which order. */

import { byDistance, byTime, type TaskLine } from "../data/tasks.ts";
import { addDays, dayOf } from "../words/dates.ts";

export interface Sieve {
  /** At most so many kilometres away; null for as far as they go. */
  readonly km: number | null;
  readonly when: "any" | "today" | "week" | "free";
  readonly order: "near" | "soon";
}

export const WHOLE: Sieve = { km: null, when: "any", order: "near" };

/** The lines that pass, in order. free : the slots of the week in which the volunteer said they can help. */
export function sifted(lines: readonly TaskLine[], sieve: Sieve, free: readonly string[], now: Date): TaskLine[] {
  const until = sieve.when === "today" ? dayOf(now) : sieve.when === "week" ? addDays(dayOf(now), 6) : null;
  return lines
    .filter((line) => sieve.km === null || (line.metres !== null && line.metres <= sieve.km * 1000))
    .filter((line) => until === null || dayOf(new Date(line.task.doc.window_from_at)) <= until)
    .filter((line) => sieve.when !== "free" || slotsOf(line.task.doc).some((slot) => free.includes(slot)))
    .sort(sieve.order === "soon" ? byTime : byDistance);
}

const DAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
const HOUR_MS = 3_600_000;
const MOST_HOURS = 7 * 24;

/** The parts of the week that a window touches, in local time: "tue_am", "tue_pm". */
export function slotsOf({ window_from_at, window_until_at }: { readonly window_from_at: string; readonly window_until_at: string }): string[] {
  const [from, until] = [Date.parse(window_from_at), Date.parse(window_until_at)];
  const hours = Math.min(MOST_HOURS, Math.max(1, Math.ceil((until - from) / HOUR_MS)));
  const slots = Array.from({ length: hours }, (_, n) => slotOf(new Date(from + n * HOUR_MS)));
  return [...new Set(slots)];
}

function slotOf(moment: Date): string {
  const hour = moment.getHours();
  return `${DAYS[moment.getDay()] ?? ""}_${hour < 12 ? "am" : hour < 17 ? "pm" : "eve"}`;
}
