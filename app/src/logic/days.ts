/** How near to today a day has to be that somebody types: a slip of the year is told before it is saved. */

import { t } from "../words/t.ts";

/** Whole years before and after today. */
interface Span {
  readonly back: number;
  readonly ahead: number;
}

/** What is agreed for one day: a task, an exchange, a day of a team. */
export const ARRANGED: Span = { back: 2, ahead: 2 };
/** What goes on: a break, a course, the times of a group, what is good until a day. */
export const LASTING: Span = { back: 10, ahead: 10 };
/** What goes on until somebody ends it, lately or in time to come. */
export const RUNNING: Span = { back: 1, ahead: 10 };
/** What somebody did once, such as a training. */
export const DONE: Span = { back: 60, ahead: 1 };
/** Any day of anybody, a birth too. */
export const A_LIFE: Span = { back: 125, ahead: 10 };

type Given = { readonly [field: string]: string | null };
type Wrong = { readonly [field: string]: string };

/** What must be put right: field → sentence. A day that is missing, or as it was `before`, is left alone. */
export function farOff(given: Given, { back, ahead }: Span, today: string, before: Given = {}): Wrong {
  const wrong = Object.entries(given).flatMap(([field, day]) => {
    if (!day || day === before[field]) return [];
    if (day > yearsFrom(today, ahead)) return [[field, t("ui.wrong.farAhead")]];
    return day < yearsFrom(today, -back) ? [[field, t("ui.wrong.longAgo")]] : [];
  });
  return Object.fromEntries(wrong) as Wrong;
}

function yearsFrom(today: string, years: number): string {
  return `${Number(today.slice(0, 4)) + years}${today.slice(4)}`;
}
