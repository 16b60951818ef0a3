/** A new task as it is typed: what is wrong with it, and the two records that it becomes, one public and one private. */

import type { Draft as NewDoc, TaskDetailDoc, TaskDoc } from "@generated/contract.ts";
import { clockOf, dayOf, instantOf } from "../words/dates.ts";
import { changesOf } from "./changed.ts";
import { isWhole } from "./numbers.ts";
import { hundreds, type Place, readPostcode } from "./postcode.ts";

export interface TypedTask {
  readonly name: string;
  readonly type: string;
  readonly on: string;
  readonly from: string;
  readonly until: string;
  readonly minutes: string;
  readonly postcode: string;
  readonly skills: readonly string[];
  readonly forWhom: string;
  readonly address: string;
  readonly phone: string;
  readonly instructions: string;
}

export const NO_TASK: TypedTask = {
  name: "", type: "", on: "", from: "", until: "", minutes: "30", postcode: "", skills: [], forWhom: "", address: "", phone: "", instructions: "",
};

/** The category that a type of task belongs to. */
const CATEGORY: { readonly [T in TaskDoc["type"]]: TaskDoc["category"] } = {
  shopping: "home_help", prescription: "home_help", lift: "transport", dog_walk: "home_help", phone_call: "befriending", company: "befriending",
  garden: "gardening", repair: "home_help", form: "money_advice", phone_help: "digital_help", meal: "food_aid",
};

export type WrongTask = "name" | "type" | "on" | "past" | "time" | "order" | "minutes" | "long" | "postcode";

const MINUTE_MS = 60_000;

/** What is wrong, by field. now : nothing is asked for that is over. hasPlace : without a postcode it stays where it is; else
 * nobody would know whom to ask, as volunteers hold the tasks of their own districts. */
export function wrongTask(typed: TypedTask, now: Date, hasPlace: boolean): { readonly [field: string]: WrongTask } {
  const times = /^\d\d:\d\d$/.test(typed.from) && /^\d\d:\d\d$/.test(typed.until);
  const span = times && typed.on ? spanOf(typed) : null;
  return {
    ...(typed.type ? {} : { type: "type" as const }),
    ...(typed.name.trim() ? {} : { name: "name" as const }),
    ...(typed.on ? {} : { on: "on" as const }),
    ...(times ? {} : { from: "time" as const }),
    ...(span && span.until <= span.from ? { until: "order" as const } : {}),
    ...(span && span.until > span.from && span.until <= now ? { on: "past" as const } : {}),
    ...(isWhole(typed.minutes, 5, 1440) ? {} : { minutes: "minutes" as const }),
    ...(span && span.until > span.from && Number(typed.minutes) * MINUTE_MS > span.until.getTime() - span.from.getTime() ? { minutes: "long" as const } : {}),
    ...(readPostcode(typed.postcode) || (hasPlace && !typed.postcode.trim()) ? {} : { postcode: "postcode" as const }),
  };
}

function spanOf({ on, from, until }: TypedTask): { from: Date; until: Date } {
  return { from: new Date(`${on}T${from}:00`), until: new Date(`${on}T${until}:00`) };
}

/** Where a task is, roughly. */
export type Spot = Pick<Place, "district" | "easting" | "northing">;

/** Where an earlier task is; null where it tells no more than the district. */
export function spotOf({ district, easting, northing }: TaskDoc): Spot | null {
  return district && easting != null && northing != null ? { district, easting, northing } : null;
}

/** The public part says roughly where: its place is rounded to 100 metres and it has no postcode. */
export function publicPart(typed: TypedTask, centreId: string, place: Place | Spot | null, district: string | null): NewDoc<"task"> {
  const { from, until } = spanOf(typed);
  const type = typed.type as TaskDoc["type"];
  return {
    name: typed.name.trim(), type, category: CATEGORY[type], centre_id: centreId, minutes: Number(typed.minutes), skills: [...typed.skills] as TaskDoc["skills"],
    window_from_at: instantOf(from), window_until_at: instantOf(until), district: place?.district ?? district,
    ...(place ? { easting: hundreds(place.easting), northing: hundreds(place.northing) } : {}),
  };
}

export function privatePart(typed: TypedTask, centreId: string, taskId: string): NewDoc<"task_detail"> {
  const text = (words: string): string | null => words.trim() || null;
  return { task_id: taskId, centre_id: centreId, name: text(typed.forWhom), address: text(typed.address), phone: text(typed.phone), instructions: text(typed.instructions) };
}

/** A task as it was typed; its postcode is not kept, so an empty one leaves the place as it is. */
export function typedFrom(task: TaskDoc, detail: TaskDetailDoc | undefined): TypedTask {
  const [from, until] = [new Date(task.window_from_at), new Date(task.window_until_at)];
  return { ...againFrom(task, detail), on: dayOf(from), from: clockOf(from), until: clockOf(until) };
}

/** What of the public part was changed. Times that were left alone stay, though they may reach into another day. */
export function publicChanges(task: TaskDoc, before: TypedTask, typed: TypedTask, place: Place | null): Partial<TaskDoc> {
  const { window_from_at, window_until_at, ...others } = { ...task, ...publicPart(typed, task.centre_id, place, task.district) };
  const isMoved = before.on !== typed.on || before.from !== typed.from || before.until !== typed.until;
  return changesOf(task, { ...task, ...others, ...(isMoved ? { window_from_at, window_until_at } : {}) });
}

/** An earlier task to be asked for again, without its day. */
export function againFrom(task: TaskDoc, detail: TaskDetailDoc | undefined): TypedTask {
  return {
    ...NO_TASK, name: task.name, type: task.type, minutes: String(task.minutes), skills: task.skills,
    forWhom: detail?.name ?? "", address: detail?.address ?? "", phone: detail?.phone ?? "", instructions: detail?.instructions ?? "",
  };
}
