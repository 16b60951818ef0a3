/** When something next happens; `ml/sessions.py` says the same. Days are whole numbers since 1970-01-01. */

import { VOCABULARIES, type Doc } from "../../generated/contract.ts";

/** One coming session, in local time. */
export interface Session {
  /** The date, such as 2026-11-24. */
  on: string;
  from_time: string;
  until_time: string;
}

const HORIZON_DAYS = 84;
const WEEK = 7;
const LAST = 5;
const DAY_MS = 86_400_000;
const WEEKDAYS = Object.keys(VOCABULARIES.weekday);
const SLOTS = new Map(Object.keys(VOCABULARIES.slot).map((code, place) => [code, place]));

/** Dates come again and again among schedules, and a phone reads some thousands of them for one slate. */
const MOST_KNOWN = 4000;
const days = new Map<string, number>();
const dates = new Map<number, string>();

/** The day of an ISO date; undefined when there is none. */
export function dayOf(text: unknown): number | undefined {
  if (typeof text !== "string" || !text) return undefined;
  const known = days.get(text);
  if (known !== undefined) return known;
  const day = Date.UTC(Number(text.slice(0, 4)), Number(text.slice(5, 7)) - 1, Number(text.slice(8, 10))) / DAY_MS;
  if (days.size >= MOST_KNOWN) days.clear();
  days.set(text, day);
  return day;
}

/** The ISO date of a day. */
export function isoOf(day: number): string {
  const known = dates.get(day);
  if (known !== undefined) return known;
  const text = new Date(day * DAY_MS).toISOString().slice(0, 10);
  if (dates.size >= MOST_KNOWN) dates.clear();
  dates.set(day, text);
  return text;
}

/** The next session of each schedule that still has one, the earliest first. */
export function nextSessions(schedules: readonly Doc[], today: number): Session[] {
  const coming = schedules.map((schedule) => nextOf(schedule, today)).filter((session) => session !== undefined);
  return coming.sort((a, b) => compare(key(a), key(b)));
}

/** The mask bit of the weekday and daypart in which a session begins. */
export function slotBit(day: number, fromTime: string): number {
  const daypart = fromTime < "12:00" ? "am" : fromTime < "17:00" ? "pm" : "eve";
  return 1 << (SLOTS.get(`${WEEKDAYS[weekdayOf(day)] ?? ""}_${daypart}`) ?? 0);
}

function key(session: Session): string {
  return `${session.on} ${session.from_time} ${session.until_time}`;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function nextOf(schedule: Doc, today: number): Session | undefined {
  const day = nextDay(schedule, today);
  if (day === undefined) return undefined;
  return { on: isoOf(day), from_time: String(schedule.from_time), until_time: String(schedule.until_time) };
}

/** The first day from `today` on that is not called off. */
export function nextDay(schedule: Doc, today: number): number | undefined {
  const first = Math.max(today, dayOf(schedule.starts_on) ?? today);
  const last = Math.min(today + HORIZON_DAYS, dayOf(schedule.ends_on) ?? Infinity);
  const isOn = (day: number): boolean => first <= day && day <= last && !isCancelled(schedule, day);
  if (schedule.frequency === "once") {
    const on = dayOf(schedule.on);
    return on !== undefined && isOn(on) ? on : undefined;
  }
  if (schedule.frequency === "rule") {
    return Array.isArray(schedule.next_on) ? schedule.next_on.map(dayOf).find((day) => day !== undefined && isOn(day)) : undefined;
  }
  const weekday = WEEKDAYS.indexOf(String(schedule.weekday));
  if (weekday < 0) return undefined;
  const week = schedule.frequency === "weekly" ? null : typeof schedule.week_of_month === "number" ? schedule.week_of_month : 1;
  for (let day = first + ((weekday - weekdayOf(first) + WEEK) % WEEK); day <= last; day += WEEK) {
    if ((week === null || isWeekOfMonth(day, week)) && isOn(day)) return day;
  }
  return undefined;
}

function isCancelled({ cancelled_on }: Doc, day: number): boolean {
  return Array.isArray(cancelled_on) && cancelled_on.some((text) => dayOf(text) === day);
}

function weekdayOf(day: number): number {
  return (((day + 3) % WEEK) + WEEK) % WEEK; // 1970-01-01 was a Thursday; Monday is 0
}

function isWeekOfMonth(day: number, week: number): boolean {
  if (week === LAST) return monthOf(day + WEEK) !== monthOf(day);
  return Math.floor((new Date(day * DAY_MS).getUTCDate() - 1) / WEEK) + 1 === week;
}

function monthOf(day: number): number {
  return new Date(day * DAY_MS).getUTCMonth();
}
