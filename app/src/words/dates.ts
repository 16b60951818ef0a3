/** Days and times as people say them. A day is the text `2026-11-21`, in local time; an instant is UTC text. */

const DAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const MONTHS = [
  "January", "February", "March", "April", "May", "June",
  "July", "August", "September", "October", "November", "December",
];
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

/** "21 November 2026". */
export function dateWords(day: string): string {
  const [year = "", month = "1", date = "1"] = day.split("-");
  return `${Number(date)} ${MONTHS[Number(month) - 1] ?? ""} ${year}`;
}

/** "today", "tomorrow", "on Tuesday", "on Tuesday 1 December", with the year when it is another. */
export function dayWords(day: string, today: string): string {
  const ahead = dayNumber(day) - dayNumber(today);
  if (ahead === 0) return "today";
  if (ahead === 1) return "tomorrow";
  if (ahead === -1) return "yesterday";
  const name = DAYS[weekdayOf(day)] ?? "";
  if (ahead > 1 && ahead < 7) return `on ${name}`;
  const text = dateWords(day);
  return `on ${name} ${day.slice(0, 4) === today.slice(0, 4) ? text.slice(0, -5) : text}`;
}

/** "9am", "2:30pm", "midday" for a local time such as 14:30. */
export function timeWords(time: string): string {
  const [hours = 0, minutes = 0] = time.split(":").map(Number);
  if (minutes === 0 && hours === 12) return "midday";
  if (minutes === 0 && hours === 0) return "midnight";
  const hour = hours % 12 === 0 ? 12 : hours % 12;
  const past = minutes === 0 ? "" : `:${String(minutes).padStart(2, "0")}`;
  return `${hour}${past}${hours < 12 ? "am" : "pm"}`;
}

/** "just now", "5 minutes ago", "2 hours ago", "yesterday at 9am", "on Tuesday 3 November". */
export function sinceWords(instant: string, now: Date): string {
  const then = new Date(instant);
  const minutes = Math.floor((now.getTime() - then.getTime()) / 60_000);
  if (minutes < 1) return "just now";
  if (minutes < 60) return `${minutes} ${minutes === 1 ? "minute" : "minutes"} ago`;
  const today = dayOf(now);
  if (dayOf(then) === today) {
    const hours = Math.floor(minutes / 60);
    return `${hours} ${hours === 1 ? "hour" : "hours"} ago`;
  }
  const words = dayWords(dayOf(then), today);
  return words === "yesterday" ? `yesterday at ${timeWords(clockOf(then))}` : words;
}

/** The local time of a moment, such as 09:05. */
export function clockOf(moment: Date): string {
  return `${String(moment.getHours()).padStart(2, "0")}:${String(moment.getMinutes()).padStart(2, "0")}`;
}

/** A span between two instants: "tomorrow, 2pm to 4pm". */
export function spanWords(fromAt: string, untilAt: string, now: Date): string {
  const [from, until] = [new Date(fromAt), new Date(untilAt)];
  const [today, first, last] = [dayOf(now), dayOf(from), dayOf(until)];
  const start = `${dayWords(first, today)}, ${timeWords(clockOf(from))}`;
  const end = timeWords(clockOf(until));
  return first === last ? `${start} to ${end}` : `${start} to ${dayWords(last, today)}, ${end}`;
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

/** A date typed as three numbers, or null when there is no such day. */
export function dayFrom(date: string, month: string, year: string): string | null {
  if (!/^\d{1,2}$/.test(date) || !/^\d{1,2}$/.test(month) || !/^\d{4}$/.test(year)) return null;
  const text = `${year}-${month.padStart(2, "0")}-${date.padStart(2, "0")}`;
  const moment = new Date(`${text}T00:00:00Z`);
  return Number.isNaN(moment.getTime()) || moment.toISOString().slice(0, 10) !== text ? null : text;
}
