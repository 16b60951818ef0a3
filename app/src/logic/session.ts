/** When something next happens, from its schedules. */

import { addDays, dayWords, timeWords, weekdayOf } from "../words/dates.ts";

export interface Schedule {
  readonly frequency: string;
  readonly weekday?: string | null;
  readonly week_of_month?: number | null;
  readonly on?: string | null;
  readonly from_time: string;
  readonly until_time: string;
  readonly starts_on?: string | null;
  readonly ends_on?: string | null;
  readonly cancelled_on?: readonly string[] | null;
}

export interface Session {
  readonly on: string;
  readonly from_time: string;
  readonly until_time: string;
}

const WEEKDAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
const LOOK_AHEAD_DAYS = 370;

/** The first session on or after `today`, within about a year; null when there is none. */
export function nextSession(schedules: readonly Schedule[], today: string): Session | null {
  let first: Session | null = null;
  for (const schedule of schedules) {
    const on = nextDay(schedule, today);
    if (on === null) continue;
    const session = { on, from_time: schedule.from_time, until_time: schedule.until_time };
    if (first === null || `${on} ${session.from_time}` < `${first.on} ${first.from_time}`) first = session;
  }
  return first;
}

function nextDay(schedule: Schedule, today: string): string | null {
  const from = schedule.starts_on && schedule.starts_on > today ? schedule.starts_on : today;
  for (let day = from, n = 0; n < LOOK_AHEAD_DAYS; day = addDays(day, 1), n += 1) {
    if (schedule.ends_on && day > schedule.ends_on) return null;
    if (happensOn(schedule, day) && !schedule.cancelled_on?.includes(day)) return day;
  }
  return null;
}

function happensOn(schedule: Schedule, day: string): boolean {
  if (schedule.frequency === "once") return schedule.on === day;
  if (WEEKDAYS[weekdayOf(day)] !== schedule.weekday) return false;
  return schedule.frequency === "weekly" || isWeekOfMonth(day, schedule.week_of_month ?? 1);
}

function isWeekOfMonth(day: string, week: number): boolean {
  const date = Number(day.slice(8));
  if (week === 5) return addDays(day, 7).slice(0, 7) !== day.slice(0, 7);
  return Math.ceil(date / 7) === week;
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
  return schedule.on ? `Once, ${dayWords(schedule.on, today)}, ${time}` : time;
}
