/** What a volunteer gave in a time: minutes, and how often they helped. Nobody else is named or counted twice. */

import type { Item } from "../data/live.ts";

export interface Given {
  /** ISO date. */
  readonly on: string;
  readonly minutes: number;
  readonly sort: "task" | "exchange" | "session";
}

export interface Impact {
  readonly minutes: number;
  readonly tasks: number;
  readonly exchanges: number;
  readonly sessions: number;
  readonly thanks: number;
}

/** Everything they gave, by day. Minutes that a time bank credits for a task are that task's, and counted with it. */
export function givenBy(
  volunteerId: string,
  claims: readonly Item<"claim">[],
  exchanges: readonly Item<"exchange">[],
  entries: readonly Item<"entry">[],
  dayOf: (instant: string) => string,
): Given[] {
  const tasks = claims.flatMap(({ doc }): Given[] =>
    doc.volunteer_id === volunteerId && doc.status === "done" && doc.ended_at
      ? [{ on: dayOf(doc.ended_at), minutes: doc.minutes ?? 0, sort: "task" }] : []);
  const helped = exchanges.flatMap(({ doc }): Given[] =>
    doc.giver_volunteer_id === volunteerId && doc.status === "settled" ? [{ on: doc.day_on, minutes: doc.minutes, sort: "exchange" }] : []);
  const sessions = entries.flatMap(({ doc }): Given[] =>
    doc.type === "session" && doc.minutes > 0 && doc.volunteer_id === volunteerId && doc.reversed_at === null
      ? [{ on: doc.day_on, minutes: doc.minutes, sort: "session" }] : []);
  return [...tasks, ...helped, ...sessions];
}

/** Sum up what began with `prefix`: "2026" for a year, "2026-11" for a month. */
export function impactIn(prefix: string, given: readonly Given[], thankedOn: readonly string[]): Impact {
  const then = given.filter(({ on }) => on.startsWith(prefix));
  const number = (sort: Given["sort"]): number => then.filter((one) => one.sort === sort).length;
  return {
    minutes: then.reduce((sum, { minutes }) => sum + minutes, 0),
    tasks: number("task"), exchanges: number("exchange"), sessions: number("session"),
    thanks: thankedOn.filter((on) => on.startsWith(prefix)).length,
  };
}

export interface Month {
  /** "2026-11". */
  readonly month: string;
  readonly minutes: number;
}

/** The minutes of each month of a year, up to the present one. */
export function monthsOf(year: string, given: readonly Given[], today: string): Month[] {
  const last = today.startsWith(year) ? Number(today.slice(5, 7)) : 12;
  return Array.from({ length: last }, (_, n) => {
    const month = `${year}-${String(n + 1).padStart(2, "0")}`;
    return { month, minutes: impactIn(month, given, []).minutes };
  });
}
