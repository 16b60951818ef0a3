/** Micro-tasks as a volunteer sees them: what they were asked, what is theirs, what is open, how far it is. */

import type { SkillCode } from "@generated/contract.ts";
import { isOpenAsk } from "../logic/asks.ts";
import { metresBetween } from "../words/distance.ts";
import type { Item } from "./live.ts";

export interface TaskLine {
  readonly task: Item<"task">;
  readonly metres: number | null;
  /** open: anybody may claim. pending: claimed here, not answered yet. mine: won. past: nobody claimed it in time. other: somebody else's, or over. */
  readonly state: "open" | "pending" | "mine" | "past" | "other";
  /** Skills that it asks for and the volunteer has not named. */
  readonly lacks: readonly SkillCode[];
  /** That the volunteer was asked about it and may still answer. */
  readonly ask: Item<"ask"> | null;
  /** The volunteer's own hold on it, the latest, ended or not. */
  readonly claim: Item<"claim"> | null;
}

export interface Tasks {
  readonly asked: readonly TaskLine[];
  readonly mine: readonly TaskLine[];
  readonly open: readonly TaskLine[];
  /** Theirs until the centre called it off, lately. */
  readonly calledOff: readonly TaskLine[];
}

/** What the phone holds about tasks. */
export interface Held {
  readonly volunteer: Item<"volunteer"> | undefined;
  readonly tasks: readonly Item<"task">[];
  readonly claims: readonly Item<"claim">[];
  readonly asks: readonly Item<"ask">[];
}

const LATELY_MS = 3 * 86_400_000;

/** Sort tasks into those that the volunteer was asked about, their own, and those near them that are still open. */
export function tasksFor(held: Held, now: Date): Tasks {
  const line = liner(held, now);
  const lines = held.tasks.map(line);
  const isAsked = ({ state, ask }: TaskLine): boolean => state === "open" && ask !== null;
  const near = lines.filter((one) => one.state === "open" && one.ask === null && isInReach(one, held.volunteer));
  return {
    asked: lines.filter(isAsked).sort(byAnswer),
    mine: lines.filter(({ state }) => state === "mine" || state === "pending").sort(byTime),
    open: near.sort(byDistance),
    calledOff: lines.filter((one) => isCalledOff(one, now)).sort(byTime),
  };
}

/** Gives what makes a task's line; the lists are looked through once, not once for each task. */
export function liner({ volunteer, claims, asks }: Omit<Held, "tasks">, now: Date): (task: Item<"task">) => TaskLine {
  const own = latest(claims.filter(({ doc }) => doc.volunteer_id === volunteer?.id), ({ doc }) => doc.claimed_at);
  const asked = latest(asks.filter((ask) => ask.doc.volunteer_id === volunteer?.id && isOpenAsk(ask, now)), ({ doc }) => doc.asked_at);
  const has = new Set(volunteer?.doc.skills);
  return (task) => {
    const claim = own.get(task.id) ?? null;
    return {
      task, claim, ask: asked.get(task.id) ?? null,
      metres: volunteer ? metresBetween(volunteer.doc, task.doc) : null,
      state: stateOf(task, claim, now),
      lacks: volunteer ? task.doc.skills.filter((skill) => !has.has(skill)) : [],
    };
  };
}

/** The latest of each task's records, by the task's id. */
function latest<T extends { readonly doc: { readonly task_id: string } }>(items: readonly T[], when: (item: T) => string): Map<string, T> {
  const found = new Map<string, T>();
  for (const item of items) {
    const before = found.get(item.doc.task_id);
    if (!before || when(before) <= when(item)) found.set(item.doc.task_id, item);
  }
  return found;
}

function stateOf(task: Item<"task">, claim: Item<"claim"> | null, now: Date): TaskLine["state"] {
  if (claim && isHeld(claim) && task.doc.status === "claimed") return "mine";
  if (task.commands.some((command) => command.name === "claim")) return "pending";
  if (task.doc.status !== "open") return "other";
  return Date.parse(task.doc.window_until_at) > now.getTime() ? "open" : "past";
}

export function isHeld({ doc }: Pick<Item<"claim">, "doc">): boolean {
  return doc.status === "active" || doc.status === "en_route";
}

function isCalledOff({ task, claim }: TaskLine, now: Date): boolean {
  const ended = claim?.doc.ended_at;
  return task.doc.status === "cancelled" && claim?.doc.status === "released" && ended != null && now.getTime() - Date.parse(ended) < LATELY_MS;
}

function isInReach(line: TaskLine, volunteer: Item<"volunteer"> | undefined): boolean {
  const limit = volunteer?.doc.max_km;
  return limit == null || line.metres === null || line.metres <= limit * 1000;
}

export function byTime(a: TaskLine, b: TaskLine): number {
  return a.task.doc.window_from_at < b.task.doc.window_from_at ? -1 : 1;
}

export function byDistance(a: TaskLine, b: TaskLine): number {
  const [x, y] = [a.metres ?? Infinity, b.metres ?? Infinity];
  return x === y ? byTime(a, b) : x - y;
}

function byAnswer(a: TaskLine, b: TaskLine): number {
  return (a.ask?.doc.answer_until_at ?? "") < (b.ask?.doc.answer_until_at ?? "") ? -1 : 1;
}

/** Open tasks of the same sort as one that somebody else has, the nearest first. */
export function othersLike(task: Item<"task">, open: readonly TaskLine[], most = 3): TaskLine[] {
  const others = open.filter((line) => line.task.id !== task.id);
  const alike = others.filter((line) => line.task.doc.type === task.doc.type);
  const near = others.filter((line) => line.task.doc.type !== task.doc.type && line.task.doc.category === task.doc.category);
  return [...alike, ...near, ...others.filter((line) => !alike.includes(line) && !near.includes(line))].slice(0, most);
}
