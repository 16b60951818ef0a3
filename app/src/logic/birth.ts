/** A date of birth as people write it in one go: "27/3/1952", "27 3 52", "27 March 1952", "27 marca 1952". */

import { dayFrom } from "../words/dates.ts";

/** How months begin, in the languages of the app; the first that fits is meant. */
const MONTHS: readonly RegExp[] = [
  /^(jan|sty)/, /^(feb|lut)/, /^(mar(?!j))/, /^(apr|kwi)/, /^(may|maj)/, /^(jun|cze)/, /^(jul|lip)/, /^(aug|sie)/, /^(sep|wrz)/, /^(oct|paź|paz)/, /^(nov|lis)/, /^(dec|gru)/,
];

/** Nobody alive was born before. */
const EARLIEST = "1900-01-01";

/** The day that was meant, or null when there is no such day, it is to come or too long ago. `today` settles what "52" means. */
export function dateFrom(typed: string, today = new Date()): string | null {
  const parts = typed.trim().toLowerCase().split(/[\s./,-]+/).filter(Boolean);
  if (parts.length !== 3) return null;
  const [day = "", month = "", year = ""] = /^\d{4}$/.test(parts[0] ?? "") ? [...parts].reverse() : parts;
  const found = dayFrom(day.replace(/(st|nd|rd|th)$/, ""), monthOf(month), fullYear(year, today.getFullYear()));
  return found !== null && found >= EARLIEST && found <= today.toISOString().slice(0, 10) ? found : null;
}

function monthOf(text: string): string {
  const named = MONTHS.findIndex((shape) => shape.test(text));
  return named < 0 ? text : String(named + 1);
}

/** Two figures are the latest such year that has begun. */
function fullYear(text: string, now: number): string {
  if (!/^\d{2}$/.test(text)) return text;
  const century = Math.floor(now / 100) * 100;
  const year = century + Number(text);
  return String(year > now ? year - 100 : year);
}
