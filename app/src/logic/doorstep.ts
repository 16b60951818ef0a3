/** A doorstep round in walking order: how each door stands, which stretch it is on, which comes next, how many were reached. */

import type { HouseholdDoc, VisitDoc } from "@generated/contract.ts";
import { metresBetween } from "../words/distance.ts";

/** come_back: nobody answered yet, and they said when would suit. */
export type DoorState = "todo" | "not_in" | "come_back" | "refused" | "done";
export const DOOR_STATES: readonly DoorState[] = ["done", "refused", "come_back", "not_in", "todo"];

export interface Household {
  readonly id: string;
  readonly doc: Pick<HouseholdDoc, "number" | "area" | "easting" | "northing" | "round_id">;
}

export interface Visit {
  readonly id: string;
  readonly doc: Pick<VisitDoc, "household_id" | "outcome" | "visited_on" | "said" | "onward">;
}

export interface Door {
  readonly id: string;
  readonly number: number;
  readonly state: DoorState;
  readonly household: Household;
  readonly visits: readonly Visit[];
}

/** A run of doors near each other, at most as many as are seen at a glance: what the list on paper calls a street. */
export interface Stretch {
  readonly doors: readonly Door[];
  readonly first: number;
  readonly last: number;
}

/** Doors of one stretch are no further apart than this. */
const STRETCH_METRES = 300;
export const STRETCH_DOORS = 20;

/** A household counts by the best that came of it, as in every report. */
export function stateOf(visits: readonly Visit[]): DoorState {
  const came = new Set(visits.map((visit) => visit.doc.outcome));
  if (came.has("done")) return "done";
  if (came.has("refused")) return "refused";
  const last = visits.at(-1);
  if (!last) return "todo";
  return last.doc.said ? "come_back" : "not_in";
}

/** The doors of a round in the order of its list, each with its visits, the earliest first. */
export function doorsOf(roundId: string, households: readonly Household[], visits: readonly Visit[]): Door[] {
  const byDoor = new Map<string, Visit[]>();
  for (const visit of visits) {
    const had = byDoor.get(visit.doc.household_id);
    if (had) had.push(visit);
    else byDoor.set(visit.doc.household_id, [visit]);
  }
  return households
    .filter((one) => one.doc.round_id === roundId)
    .map((household) => {
      const came = (byDoor.get(household.id) ?? []).sort(byTime);
      return { id: household.id, number: household.doc.number, state: stateOf(came), household, visits: came };
    })
    .sort((a, b) => a.number - b.number || (a.id < b.id ? -1 : 1));
}

function byTime(a: Visit, b: Visit): number {
  if (a.doc.visited_on !== b.doc.visited_on) return a.doc.visited_on < b.doc.visited_on ? -1 : 1;
  return a.id < b.id ? -1 : 1;
}

/** Cut the doors, which are in walking order, into stretches. */
export function stretchesOf(doors: readonly Door[]): Stretch[] {
  const runs: Door[][] = [];
  for (const door of doors) {
    const run = runs.at(-1);
    if (run && belongs(run, door)) run.push(door);
    else runs.push([door]);
  }
  return runs.map((run) => ({ doors: run, first: run[0]?.number ?? 0, last: run.at(-1)?.number ?? 0 }));
}

function belongs(run: readonly Door[], door: Door): boolean {
  const first = run[0];
  if (!first || run.length >= STRETCH_DOORS || first.household.doc.area !== door.household.doc.area) return false;
  return (metresBetween(first.household.doc, door.household.doc) ?? 0) <= STRETCH_METRES;
}

/**
 * The door to go to after `number`: the next that nobody has been to, round to the start when need be; then those who
 * asked to be called on again; then those who were not in. Null when all have answered.
 */
export function nextDoor(doors: readonly Door[], number: number): Door | null {
  const ahead = [...doors.filter((door) => door.number > number), ...doors.filter((door) => door.number < number)];
  for (const state of ["todo", "come_back", "not_in"] as const) {
    const found = ahead.find((door) => door.state === state);
    if (found) return found;
  }
  return null;
}

export type Coverage = { readonly [S in DoorState]: number } & { readonly doors: number; readonly visited: number };

export function coverageOf(doors: readonly Door[]): Coverage {
  const found = { todo: 0, not_in: 0, come_back: 0, refused: 0, done: 0 };
  for (const door of doors) found[door.state] += 1;
  return { ...found, doors: doors.length, visited: doors.length - found.todo };
}

/** What came in from elsewhere today: the numbers of doors that colleagues have been to. own : ids of this phone's visits. */
export function meanwhile(doors: readonly Door[], own: ReadonlySet<string>, today: string): number[] {
  return doors
    .filter(({ visits }) => visits.some((visit) => visit.doc.visited_on === today && !own.has(visit.id)))
    .map(({ number }) => number);
}
