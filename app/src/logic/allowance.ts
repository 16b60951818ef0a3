/** Working time for volunteering: what an employer's year has, and what an employee has of it. All in minutes. */

import type { EmployerDoc, LeaveRequestDoc, TeamEventDoc } from "@generated/contract.ts";

export interface Allowance {
  /** The first day of the employer's year. */
  readonly from: string;
  readonly granted: number;
  readonly used: number;
  /** Agreed, for today or a day to come. */
  readonly promised: number;
  /** Agreed for a day of the year after this one. */
  readonly promisedNext: number;
  readonly left: number;
  /** Somebody waits for a word; teams : for how much of it the centre does, for days of whole teams. */
  readonly asked: number;
  readonly teams: number;
}

/** Time on a day, and how it stands. */
interface Taken {
  readonly on: string;
  readonly minutes: number;
  readonly is: "asked" | "agreed" | "over";
}

/** What of an allowance is gone, promised and left. The server counts it all; the phone, which part is still to come. */
export function allowanceOf(id: string, employer: EmployerDoc, requests: readonly LeaveRequestDoc[], events: readonly TeamEventDoc[], today: string): Allowance {
  const from = yearOf(employer.year_month, today);
  const until = nextYear(from);
  const days = events.filter((one) => one.employer_id === id).map(ofEvent);
  const all = [...requests.filter((one) => one.employer_id === id).map(ofLeave), ...days];
  const ahead = all.filter(({ on, is }) => is === "agreed" && on >= today);
  const promised = sum(ahead.filter(({ on }) => on < until));
  const counted = employer.year_on === from ? employer.used_min : 0;
  return {
    from, promised, granted: employer.allowance_min, used: Math.max(0, counted - promised), left: Math.max(0, employer.allowance_min - counted),
    promisedNext: sum(ahead.filter(({ on }) => on >= until)), asked: sum(all.filter(({ is }) => is === "asked")),
    teams: sum(days.filter(({ is }) => is === "asked")),
  };
}

/** A request as it will be once what its employee said has been sent. */
export function afterwards<R extends Pick<LeaveRequestDoc, "status">>(doc: R, commands: readonly { readonly name: string }[]): R {
  return commands.some(({ name }) => name === "cancel_leave") ? { ...doc, status: "cancelled" } : doc;
}

/** What the app says for who does not need it any more is nobody's own reason. */
export function isSaid(reason: LeaveRequestDoc["reason"]): reason is NonNullable<LeaveRequestDoc["reason"]> {
  return reason !== null && reason !== "changed_plans";
}

export interface OwnTime {
  readonly taken: number;
  readonly ahead: number;
  readonly asked: number;
}

/** What an employee has had since the first of January, has been promised, and waits to hear about. */
export function ownTime(requests: readonly LeaveRequestDoc[], today: string): OwnTime {
  const all = requests.map(ofLeave);
  const agreed = all.filter(({ is }) => is === "agreed");
  return {
    taken: sum(agreed.filter(({ on }) => on >= yearOf(1, today) && on < today)), ahead: sum(agreed.filter(({ on }) => on >= today)),
    asked: sum(all.filter(({ is }) => is === "asked")),
  };
}

/** The first day of the year, beginning with that month, in which a day lies. */
function yearOf(month: number, day: string): string {
  const begins = `-${String(month).padStart(2, "0")}-01`;
  return day.slice(4) >= begins ? day.slice(0, 4) + begins : nextYear(day.slice(0, 4) + begins, -1);
}

function nextYear(first: string, years = 1): string {
  return String(Number(first.slice(0, 4)) + years) + first.slice(4);
}

function ofLeave({ leave_on, minutes, status }: LeaveRequestDoc): Taken {
  return { on: leave_on, minutes, is: status === "approved" ? "agreed" : status === "asked" ? "asked" : "over" };
}

function ofEvent({ held_on, minutes, places, status }: TeamEventDoc): Taken {
  return { on: held_on, minutes: minutes * places, is: status === "agreed" ? "agreed" : status === "asked" ? "asked" : "over" };
}

function sum(all: readonly Taken[]): number {
  return all.reduce((minutes, one) => minutes + one.minutes, 0);
}
