/** Days and times as people say them. A day is the text `2026-11-21`, in local time; an instant is UTC text. */

import { locale, t } from "./t.ts";

const DAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"] as const;
type Weekday = (typeof DAYS)[number];
const DAY_MS = 86_400_000;

/** The local day of a moment. */
export function dayOf(moment: Date): string {
  const month = String(moment.getMonth() + 1).padStart(2, "0");
  return `${moment.getFullYear()}-${month}-${String(moment.getDate()).padStart(2, "0")}`;
}

/** Whole days since 1970; the same in every time zone, as a day has no time. */
export function dayNumber(day: string): number {
  return Math.round(Date.parse(`${day}T00:00:00Z`) / DAY_MS);
}

export function addDays(day: string, days: number): string {
  return new Date((dayNumber(day) + days) * DAY_MS).toISOString().slice(0, 10);
}

/** 0 for Sunday to 6 for Saturday. */
export function weekdayOf(day: string): number {
  return (((dayNumber(day) + 4) % 7) + 7) % 7;
}

function nameOf(day: string): Weekday {
  return DAYS[weekdayOf(day)] ?? "sun";
}

/** "21 November 2026". */
export function dateWords(day: string): string {
  return formatted(day, { day: "numeric", month: "long", year: "numeric" });
}

function formatted(day: string, options: Intl.DateTimeFormatOptions): string {
  const moment = new Date(`${day}T00:00:00Z`);
  return Number.isNaN(moment.getTime()) ? day : dateFormat(options).format(moment);
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** Made once for a language and a form: to make one takes longer than all that it ever writes on a page. */
function dateFormat(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale()} ${JSON.stringify(options)}`;
  const made = formats.get(key) ?? new Intl.DateTimeFormat(locale(), { ...options, timeZone: "UTC" });
  formats.set(key, made);
  return made;
}

/** "today", "tomorrow", "on Tuesday", "on Tuesday 1 December", with the year when it is another. */
export function dayWords(day: string, today: string): string {
  const ahead = dayNumber(day) - dayNumber(today);
  if (Math.abs(ahead) <= 1) return relative().format(ahead, "day");
  return ahead > 1 && ahead < 7 ? t(`dates.onDay.${nameOf(day)}`) : fixedDayWords(day, today);
}

/** "on Tuesday 1 December", with the year when it is another: for paper, where "tomorrow" would soon be wrong. */
export function fixedDayWords(day: string, today: string): string {
  return t("dates.onDate", { day: t(`dates.onDay.${nameOf(day)}`), date: dateInYear(day, today) });
}

function dateInYear(day: string, today: string): string {
  return day.slice(0, 4) === today.slice(0, 4) ? formatted(day, { day: "numeric", month: "long" }) : dateWords(day);
}

/** "tomorrow, Sunday 22 November", "on Tuesday 24 November": what people plan by its day and hour, with the word that is quickest read beside it. */
export function plannedDayWords(day: string, today: string): string {
  const isNear = Math.abs(dayNumber(day) - dayNumber(today)) <= 1;
  if (!isNear) return fixedDayWords(day, today);
  return t("dates.nearDay", { near: dayWords(day, today), day: t(`dates.days.${nameOf(day)}`), date: dateInYear(day, today) });
}

/** "November 2026", for a month such as 2026-11. */
export function monthWords(month: string): string {
  return formatted(`${month.slice(0, 7)}-01`, { month: "long", year: "numeric" });
}

function relative(): Intl.RelativeTimeFormat {
  return new Intl.RelativeTimeFormat(locale(), { numeric: "auto" });
}

/** "today", "tomorrow", "in 5 days". */
export function inDaysWords(days: number): string {
  return relative().format(days, "day");
}

/** "9am", "2:30pm", "midday" for a local time such as 14:30; "9:00", "14:30" in a language of 24 hours. */
export function timeWords(time: string): string {
  const [hours = 0, minutes = 0] = time.split(":").map(Number);
  if (minutes === 0 && hours === 12) return t("dates.midday");
  if (minutes === 0 && hours === 0) return t("dates.midnight");
  if (!locale().startsWith("en")) return dateFormat({ hour: "numeric", minute: "2-digit" }).format(Date.UTC(2000, 0, 1, hours, minutes));
  const hour = hours % 12 === 0 ? 12 : hours % 12;
  const past = minutes === 0 ? "" : `:${String(minutes).padStart(2, "0")}`;
  return `${hour}${past}${hours < 12 ? "am" : "pm"}`;
}

/** "10am to midday". */
export function timesWords(from: string, until: string): string {
  return t("dates.times", { from: timeWords(from), until: timeWords(until) });
}

/** "just now", "5 minutes ago", "2 hours ago", "yesterday at 9am", "on Tuesday 3 November". */
export function sinceWords(instant: string, now: Date): string {
  const then = new Date(instant);
  const minutes = Math.floor((now.getTime() - then.getTime()) / 60_000);
  if (minutes < 1) return t("dates.justNow");
  if (minutes < 60) return relative().format(-minutes, "minute");
  const [day, today] = [dayOf(then), dayOf(now)];
  if (day === today) return relative().format(-Math.floor(minutes / 60), "hour");
  const words = dayWords(day, today);
  return dayNumber(today) - dayNumber(day) === 1 ? t("dates.dayAt", { day: words, time: timeWords(clockOf(then)) }) : words;
}

/** The local time of a moment, such as 09:05. */
export function clockOf(moment: Date): string {
  return `${String(moment.getHours()).padStart(2, "0")}:${String(moment.getMinutes()).padStart(2, "0")}`;
}

/** A span between two instants: "tomorrow, Sunday 22 November, 2pm to 4pm". */
export function spanWords(fromAt: string, untilAt: string, now: Date, wordsOf = plannedDayWords): string {
  const [from, until] = [new Date(fromAt), new Date(untilAt)];
  const [today, first, last] = [dayOf(now), dayOf(from), dayOf(until)];
  const times = { from: timeWords(clockOf(from)), until: timeWords(clockOf(until)) };
  if (first === last) return t("dates.span", { day: wordsOf(first, today), ...times });
  return t("dates.spanOfDays", { first: wordsOf(first, today), last: wordsOf(last, today), ...times });
}

/** Age in whole years on a day. */
export function ageOn(birth: string, day: string): number {
  const years = Number(day.slice(0, 4)) - Number(birth.slice(0, 4));
  return day.slice(5) < birth.slice(5) ? years - 1 : years;
}

/** UTC now, in the contract's form without fractions of a second. */
export function instantOf(moment: Date): string {
  return `${moment.toISOString().slice(0, 19)}Z`;
}

/** A date typed as three numbers, or null when there is no such day. A year of two figures is one of this century. */
export function dayFrom(date: string, month: string, year: string): string | null {
  if (!/^\d{1,2}$/.test(date) || !/^\d{1,2}$/.test(month) || !/^(\d{4}|\d{2})$/.test(year)) return null;
  const text = `${year.padStart(4, "20")}-${month.padStart(2, "0")}-${date.padStart(2, "0")}`;
  const moment = new Date(`${text}T00:00:00Z`);
  return Number.isNaN(moment.getTime()) || moment.toISOString().slice(0, 10) !== text ? null : text;
}
