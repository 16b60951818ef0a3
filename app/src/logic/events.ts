/** Courses, sessions and registers: what is on, who has a place or waits, what has to be told. */

import { nextSessions } from "@contract/ranker/sessions.ts";
import type { Account } from "@contract/sync/index.ts";
import type { Doc } from "@generated/contract.ts";
import type { Item } from "../data/live.ts";
import { addDays, dayNumber } from "../words/dates.ts";

type Course = Pick<Item<"course">, "id" | "doc">;
type Placement = Pick<Item<"placement">, "id" | "doc" | "commands">;
type Schedule = Pick<Item<"schedule">, "id" | "doc"> & Partial<Pick<Item<"schedule">, "commands">>;
type Notice = Pick<Item<"notice">, "id" | "doc">;
type Attendance = Pick<Item<"attendance">, "id" | "doc">;

export type CourseState = "places" | "queue" | "closed" | "cancelled" | "over";

/** How a course stands for somebody who would like to join. */
export function courseState({ doc }: Course, count: { readonly places_open: number | null; readonly waiting: number } | undefined, today: string): CourseState {
  if (doc.status === "cancelled") return "cancelled";
  if (lastDay(doc) < today) return "over";
  if (doc.status === "closed" || (doc.enrol_until_on ?? doc.starts_on) < today) return "closed";
  const open = count?.places_open ?? doc.places;
  return open > 0 && (count?.waiting ?? 0) === 0 ? "places" : "queue";
}

function lastDay(doc: Course["doc"]): string {
  return doc.ends_on ?? doc.sessions_on.at(-1) ?? doc.starts_on;
}

/** Courses that are not over, the next to begin first; what has begun comes after. */
export function coursesNow<C extends Course>(courses: readonly C[], today: string): C[] {
  const rank = ({ doc }: C): string => `${doc.starts_on < today ? 1 : 0}${doc.starts_on}`;
  return courses.filter(({ doc }) => lastDay(doc) >= today).sort((a, b) => (rank(a) < rank(b) ? -1 : 1));
}

/** Whether a group takes people by a course of its own: then they enrol on that, and a place in the group itself would keep them from it. */
export function runsCourse(assetId: string, courses: readonly Course[], today: string): boolean {
  return courses.some((one) => one.doc.asset_id === assetId && ["places", "queue"].includes(courseState(one, undefined, today)));
}

/** Placements that could have a place on a course: of its asset, not over, with no place anywhere and none asked for. */
export function couldEnrol<P extends Placement>(course: Course, placements: readonly P[]): P[] {
  return placements.filter(({ doc, commands }) =>
    doc.item_kind === "asset" && doc.item_id === course.doc.asset_id && doc.place_held === "none" && commands.length === 0
    && ["chosen", "offered", "accepted"].includes(doc.status));
}

/** Those with a place first, then those who wait, in the order of the queue; then what this phone has asked for. */
export function onCourse<P extends Placement>(courseId: string, placements: readonly P[]): P[] {
  const asks = ({ commands }: P): boolean => commands.some(({ name, args }) => name === "enrol" && args["course_id"] === courseId);
  const rank = (one: P): number => (one.doc.course_id !== courseId ? 1e6 : one.doc.place_held === "waiting" ? 1 + (one.doc.waiting_position ?? 0) : 0);
  return placements.filter((one) => asks(one) || (one.doc.course_id === courseId && one.doc.place_held !== "none")).sort((a, b) => rank(a) - rank(b));
}

export interface SessionDay {
  readonly on: string;
  readonly isOff: boolean;
  readonly reason: string | null;
  readonly note: string | null;
}

const MOST = 6;
/** Commands by which one session is called off, or takes place after all. */
const DATES = ["cancel_date", "restore_date"];

/** The coming days of a schedule, those that are off among them; what this phone has said and not sent counts. */
export function comingDays({ doc, commands = [] }: Schedule, today: string, most = MOST): SessionDay[] {
  const on: string[] = [];
  for (let day = today; on.length < most; ) {
    const next = nextSessions([doc as unknown as Doc], dayNumber(day))[0];
    if (!next || on.includes(next.on)) break;
    on.push(next.on);
    day = addDays(next.on, 1);
  }
  const off = doc.cancelled_on.filter((day) => day >= today && (on.length < most || day < (on.at(-1) ?? "")));
  const why = new Map((doc.cancellations as unknown as { on: string; reason: string; note: string | null }[]).map((one) => [one.on, one]));
  return [...new Set([...on, ...off])].sort().map((day) => {
    const said = commands.filter(({ name, args }) => DATES.includes(name) && args["on"] === day).at(-1);
    const isOff = said ? said.name === "cancel_date" : doc.cancelled_on.includes(day);
    const { reason = null, note = null } = (said ? said.args : why.get(day)) as { reason?: string | null; note?: string | null } | undefined ?? {};
    return { on: day, isOff, reason: isOff ? reason : null, note: isOff ? note : null };
  });
}

/** The most days that a course may name. */
const MOST_SESSIONS = 120;

/** The days from `first` to `last`, both included, on which a schedule takes place. */
export function sessionDays(schedule: Schedule, first: string, last: string): string[] {
  return comingDays(schedule, first, MOST_SESSIONS).filter(({ on, isOff }) => on <= last && !isOff).map(({ on }) => on);
}

/** Whether an account may change what belongs to a group: its centre, or whoever runs it. */
export function keepsGroup({ roles, asset_ids }: Pick<Account, "roles" | "asset_ids">, assetId: string): boolean {
  return roles.includes("centre") || roles.includes("administrator") || asset_ids.includes(assetId);
}

/** Days of a course for its register: those that have been, and today, the newest first. */
export function registerDays({ doc }: Course, today: string): string[] {
  return doc.sessions_on.filter((on) => on <= today).sort().reverse();
}

export interface RegisterLine<P extends Placement> {
  readonly placement: P;
  readonly state: Attendance["doc"]["state"] | null;
}

/** One line for each who has a place, with what was written down. */
export function registerOf<P extends Placement>(courseId: string, placements: readonly P[], attendance: readonly Attendance[], on: string): RegisterLine<P>[] {
  const written = new Map(attendance.filter(({ doc }) => doc.on === on).map(({ doc }) => [doc.placement_id, doc.state]));
  const here = placements.filter(({ id, doc }) => (doc.course_id === courseId && doc.place_held === "accepted") || (doc.course_id === courseId && written.has(id)));
  return here.map((placement) => ({ placement, state: written.get(placement.id) ?? null }));
}

const REMEMBERED_DAYS = 14;

/** Notices that somebody may still have to act on: of days to come, and news of the last two weeks; the nearest day first. */
export function noticesNow<N extends Notice>(notices: readonly N[], today: string): N[] {
  const since = addDays(today, -REMEMBERED_DAYS);
  const counts = ({ doc }: N): boolean => (doc.on !== null && doc.type === "session_cancelled" ? doc.on >= today : doc.noticed_at.slice(0, 10) >= since);
  return notices.filter(counts).sort((a, b) => ((a.doc.on ?? "") < (b.doc.on ?? "") ? -1 : (a.doc.on ?? "") > (b.doc.on ?? "") ? 1 : a.id < b.id ? -1 : 1));
}

/** Places that came free and are kept for somebody until an instant. */
export function offeredPlaces<P extends Placement>(placements: readonly P[], now: Date): P[] {
  return placements.filter(({ doc, commands }) => doc.place_held === "offered" && doc.offered_until_at !== null && commands.length === 0 && Date.parse(doc.offered_until_at) > now.getTime());
}
