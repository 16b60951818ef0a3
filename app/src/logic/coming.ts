/** The next days of a thing, those that were called off among them. */

import { nextSessions } from "@contract/ranker/sessions.ts";
import type { Doc } from "@generated/contract.ts";
import { addDays, dayNumber } from "../words/dates.ts";
import type { Schedule } from "./session.ts";

export interface Coming {
  readonly on: string;
  readonly from_time: string;
  readonly until_time: string;
  /** It does not take place, and the code of the reason where one was given. */
  readonly off: boolean;
  readonly reason: string | null;
}

type Told = Schedule & { readonly cancellations?: readonly { readonly on: string; readonly reason: string }[] };

/** The first `most` days from `today` on, of all schedules together. */
export function comingDays(schedules: readonly Told[], today: string, most: number): Coming[] {
  const all = schedules.flatMap((schedule) => daysOf(schedule, today, most));
  return all.sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1)).slice(0, most);
}

function daysOf(schedule: Told, today: string, most: number): Coming[] {
  const whole = { ...schedule, cancelled_on: [] } as unknown as Doc;
  const found: Coming[] = [];
  for (let from = today; found.length < most; ) {
    const [next] = nextSessions([whole], dayNumber(from));
    if (!next) break;
    const off = schedule.cancelled_on?.includes(next.on) ?? false;
    found.push({ ...next, off, reason: schedule.cancellations?.find(({ on }) => on === next.on)?.reason ?? null });
    from = addDays(next.on, 1);
  }
  return found;
}

function keyOf({ on, from_time }: Coming): string {
  return `${on} ${from_time}`;
}
