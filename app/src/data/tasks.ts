/** Micro-tasks as a volunteer sees them: what is theirs, what is open, how far it is. */

import type { SkillCode } from "@generated/contract.ts";
import { metresBetween } from "../words/distance.ts";
import type { Item } from "./live.ts";

export interface TaskLine {
  readonly task: Item<"task">;
  readonly metres: number | null;
  /** open: anybody may claim. pending: claimed here, not answered yet. mine: won. past: nobody claimed it in time. other: somebody else's, or over. */
  readonly state: "open" | "pending" | "mine" | "past" | "other";
  /** Skills that it asks for and the volunteer has not named. */
  readonly lacks: readonly SkillCode[];
}

export interface Tasks {
  readonly mine: readonly TaskLine[];
  readonly open: readonly TaskLine[];
}

/** Sort tasks into the volunteer's own and those near them that are still open, the nearest first. */
export function tasksFor(
  volunteer: Item<"volunteer"> | undefined,
  tasks: readonly Item<"task">[],
  claims: readonly Item<"claim">[],
  now: Date,
): Tasks {
  const held = heldTasks(claims, volunteer?.id);
  const lines = tasks.map((task) => taskLine(task, volunteer, held, now));
  const mine = lines.filter((line) => line.state === "mine" || line.state === "pending");
  const near = lines.filter((line) => line.state === "open" && isInReach(line, volunteer));
  return { mine: mine.sort(byTime), open: near.sort(byDistance) };
}

export function taskLine(
  task: Item<"task">,
  volunteer: Item<"volunteer"> | undefined,
  held: ReadonlySet<string>,
  now: Date,
): TaskLine {
  const has = new Set(volunteer?.doc.skills);
  return {
    task,
    metres: volunteer ? metresBetween(volunteer.doc, task.doc) : null,
    state: stateOf(task, held, now),
    lacks: volunteer ? task.doc.skills.filter((skill) => !has.has(skill)) : [],
  };
}

function stateOf(task: Item<"task">, held: ReadonlySet<string>, now: Date): TaskLine["state"] {
  if (held.has(task.id) && task.doc.status === "claimed") return "mine";
  if (task.commands.some((command) => command.name === "claim")) return "pending";
  if (task.doc.status !== "open") return "other";
  return isInTime(task, now) ? "open" : "past";
}

/** Tasks that a volunteer has, set out for or not. */
export function heldTasks(claims: readonly Item<"claim">[], volunteerId: string | null | undefined): ReadonlySet<string> {
  return new Set(claims.filter((claim) => isHeld(claim, volunteerId)).map((claim) => claim.doc.task_id));
}

function isHeld({ doc }: Item<"claim">, volunteerId: string | null | undefined): boolean {
  return (doc.status === "active" || doc.status === "en_route") && doc.volunteer_id === volunteerId;
}

function isInTime(task: Item<"task">, now: Date): boolean {
  return Date.parse(task.doc.window_until_at) > now.getTime();
}

function isInReach(line: TaskLine, volunteer: Item<"volunteer"> | undefined): boolean {
  const limit = volunteer?.doc.max_km;
  return limit == null || line.metres === null || line.metres <= limit * 1000;
}

function byTime(a: TaskLine, b: TaskLine): number {
  return a.task.doc.window_from_at < b.task.doc.window_from_at ? -1 : 1;
}

function byDistance(a: TaskLine, b: TaskLine): number {
  const [x, y] = [a.metres ?? Infinity, b.metres ?? Infinity];
  return x === y ? byTime(a, b) : x - y;
}
