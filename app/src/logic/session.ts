/** When something next happens, from its schedules. */

import { nextSessions, type Session } from "@contract/ranker/sessions.ts";
import type { Doc } from "@generated/contract.ts";
import { dateWords, dayNumber, plannedDayWords, timesWords, timeWords } from "../words/dates.ts";
import { t, textOf } from "../words/t.ts";

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

/** "Tomorrow, Sunday 22 November, 10am to 11:30am" without the capital. */
export function sessionWords(session: Session, today: string, wordsOf = plannedDayWords): string {
  return t("dates.span", { day: wordsOf(session.on, today), from: timeWords(session.from_time), until: timeWords(session.until_time) });
}

/** Its last day is over: it is told as what was. */
export function hasEnded({ frequency, on, ends_on }: Schedule, today: string): boolean {
  return (ends_on ?? today) < today || (frequency === "once" && (on ?? today) < today);
}

/** The times to tell of one thing: what has ended is left out as long as something goes on. */
export function timesToTell<S extends Schedule>(schedules: readonly S[], today: string): readonly S[] {
  const going = schedules.filter((one) => !hasEnded(one, today));
  return going.length > 0 ? going : schedules;
}

/** An end before six in the morning is one of the next day; any other before the beginning is a slip. */
export function isBackwards(from: string, until: string): boolean {
  return until <= from && until >= "06:00";
}

/** "Every Tuesday, 10am to midday", "The last Friday of the month, 2pm to 4pm". */
export function scheduleWords(schedule: Schedule, today: string, wordsOf = plannedDayWords): string {
  const times = timesWords(schedule.from_time, schedule.until_time);
  const when = whenWords(schedule, today, wordsOf);
  const told = when === null ? times : t("dates.scheduled", { when, times });
  return schedule.ends_on && schedule.ends_on < today ? t("dates.ended", { told, date: dateWords(schedule.ends_on) }) : told;
}

function whenWords({ frequency, weekday, week_of_month, on }: Schedule, today: string, wordsOf: typeof plannedDayWords): string | null {
  if (frequency === "weekly") return textOf(`dates.every.${weekday}`, t("dates.every.day"));
  if (frequency === "monthly") return monthlyWords(weekday ?? "", week_of_month ?? 1);
  return frequency !== "rule" && on ? t("dates.once", { day: wordsOf(on, today) }) : null;
}

/** Week 5 of a month is its last. */
function monthlyWords(weekday: string, week: number): string {
  return week === 5 ? textOf(`dates.last.${weekday}`, "") : textOf(`dates.nth.${week}`, "", { day: textOf(`dates.dayOf.${weekday}`, weekday) });
}
