/** Small words: numbers, money, lists, a first letter. */

import { isolated, locale, numberWords, t } from "./t.ts";

/** English only, for texts that are not in the catalogue yet: `t` with a `count` says it in every language. */
export function count(n: number, one: string, many = `${one}s`): string {
  return `${numberWords(n)} ${n === 1 ? one : many}`;
}

/** What one session costs: "Free", "50p", "£2.50". */
export function moneyWords(pence: number): string {
  if (pence === 0) return t("plain.free");
  return pence < 100 && locale() === "en-GB" ? `${pence}p` : poundsWords(pence);
}

/** "£3", "£2.50". */
export function poundsWords(pence: number): string {
  return numberWords(pence / 100, {
    style: "currency", currency: "GBP", currencyDisplay: "narrowSymbol", minimumFractionDigits: pence % 100 === 0 ? 0 : 2,
  });
}

/** "1 minute", "5 minutes". */
export function minutesWords(minutes: number): string {
  return t("plain.minutes", { count: minutes });
}

/** "1 day", "5 days". */
export function daysWords(days: number): string {
  return t("plain.days", { count: days });
}

/** "a, b and c"; in Polish only commas where an item has an "i" of its own, which would read as one more of them. */
export function listWords(words: readonly string[]): string {
  const items = words.map(isolated);
  if (locale() === "pl-PL" && items.some((item) => item.includes(" i "))) return items.join(", ");
  return new Intl.ListFormat(locale(), { type: "conjunction" }).format(items);
}

export function capital(text: string): string {
  return text.charAt(0).toLocaleUpperCase(locale()) + text.slice(1);
}

/** The first letter small, for words that come in the middle of a sentence; an abbreviation such as "SMS" stays. */
export function small(text: string): string {
  return /^\p{Lu}[\p{Lu}\d]/u.test(text) ? text : text.charAt(0).toLocaleLowerCase(locale()) + text.slice(1);
}

/** How much room something takes: "240 kB", "1.2 MB", "10.7 GB". */
export function sizeWords(bytes: number): string {
  if (bytes < 1_000_000) return numberWords(Math.max(1, Math.round(bytes / 1000)), { style: "unit", unit: "kilobyte" });
  const [size, unit] = bytes < 1_000_000_000 ? [bytes / 1_000_000, "megabyte"] : [bytes / 1_000_000_000, "gigabyte"];
  return numberWords(size, { style: "unit", unit, minimumFractionDigits: 1, maximumFractionDigits: 1 });
}
