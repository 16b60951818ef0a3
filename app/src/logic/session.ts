/** When something next happens, from its schedules. */

import { nextSessions, type Session } from "@contract/ranker/sessions.ts";
import type { Doc } from "@generated/contract.ts";
import { dayNumber, dayWords, timeWords } from "../words/dates.ts";

export interface Schedule {
  readonly frequency: string;
  readonly weekday?: string | null;
  readonly week_of_month?: number | null;
  readonly on?: string | null;
  readonly from_time: string;
  readonly until_time: string;
  readonly starts_on?: string | null;
  readonly ends_on?: string | null;
  readonly next_on?: readonly string[] | null;
  readonly cancelled_on?: readonly string[] | null;
}

/**
 * The first session from `today` on that is not over at `clock`, the local time such as 15:30; null when none is near.
 * The ranker's own definition but for the clock: it ranks by the day.
 */
export function nextSession(schedules: readonly Schedule[], today: string, clock: string): Session | null {
  const docs = schedules as unknown as readonly Doc[];
  const isAhead = (session: Session): boolean => !isOver(session, today, clock);
  // Each schedule tells one session only, so what is over today is asked for again from tomorrow.
  const [now, later] = [dayNumber(today), dayNumber(today) + 1].map((day) => nextSessions(docs, day).find(isAhead));
  return now?.on === today ? now : (later ?? null);
}

export function isOver(session: Session, today: string, clock: string): boolean {
  return session.on < today || (session.on === today && session.until_time <= clock);
}

/** "Tomorrow, 10am to 11:30am" without the capital. */
export function sessionWords(session: Session, today: string): string {
  return `${dayWords(session.on, today)}, ${timeWords(session.from_time)} to ${timeWords(session.until_time)}`;
}

const DAY_NAMES: { readonly [code: string]: string } = {
  mon: "Monday", tue: "Tuesday", wed: "Wednesday", thu: "Thursday", fri: "Friday", sat: "Saturday", sun: "Sunday",
};
const NTH = ["", "first", "second", "third", "fourth", "last"];

/** "Every Tuesday, 10am to midday", "The last Friday of the month, 2pm to 4pm". */
export function scheduleWords(schedule: Schedule, today: string): string {
  const time = `${timeWords(schedule.from_time)} to ${timeWords(schedule.until_time)}`;
  const day = DAY_NAMES[schedule.weekday ?? ""] ?? "day";
  if (schedule.frequency === "weekly") return `Every ${day}, ${time}`;
  if (schedule.frequency === "monthly") return `The ${NTH[schedule.week_of_month ?? 1]} ${day} of the month, ${time}`;
  if (schedule.frequency === "rule") return time;
  return schedule.on ? `Once, ${dayWords(schedule.on, today)}, ${time}` : time;
}
