/** A volunteer's trainings: what is held and until when, what runs out, what waits to be looked at, and what each opens. */

import { heldOn } from "@contract/rules/index.ts";
import type { Doc } from "@contract/sync/index.ts";
import type { Item } from "../data/live.ts";
import { dayNumber } from "../words/dates.ts";

type Training = Pick<Item<"training">, "id" | "doc">;
type Completion = Pick<Item<"completion">, "id" | "doc" | "commands">;
type Volunteer = Pick<Item<"volunteer">, "doc">;
/** A task or a role: what asks for trainings. */
export type Gated = Pick<Item<"task">, "kind" | "id" | "doc"> | Pick<Item<"opportunity">, "kind" | "id" | "doc">;

/** over: held once, and run out. soon: runs out within the time in which people are told. checking: not held, and the centre has yet to look. */
export type TrainingState = "over" | "soon" | "checking" | "held" | "none";

export interface TrainingLine {
  readonly training: Training;
  readonly state: TrainingState;
  /** The last day on which it is good, null for ever or never. */
  readonly until: string | null;
  /** They said that they did it, and the centre has yet to look. */
  readonly waits: boolean;
  /** What is open now and asks for it. */
  readonly opens: readonly Gated[];
}

const ORDER: readonly TrainingState[] = ["over", "soon", "checking", "none", "held"];

/** One line for each training that is given or held, what is due first. today : ISO date. */
export function trainingLines(volunteer: Volunteer, trainings: readonly Training[], completions: readonly Completion[], gated: readonly Gated[], today: string): TrainingLine[] {
  const lines = trainings.map((training) => trainingLine(volunteer, training, completions, gated, today));
  return lines
    .filter(({ training, state }) => training.doc.status === "active" || state !== "none")
    .sort((a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state) || b.opens.length - a.opens.length || a.training.doc.name.localeCompare(b.training.doc.name));
}

export function trainingLine(volunteer: Volunteer, training: Training, completions: readonly Completion[], gated: readonly Gated[], today: string): TrainingLine {
  const kept = volunteer.doc.trained.find(({ training_id }) => training_id === training.id);
  const until = (kept?.until_on as string | null | undefined) ?? null;
  const waits = completions.some(({ doc, commands }) => doc.training_id === training.id && doc.status === "unverified" && commands.length === 0);
  const opens = gated.filter((one) => asksFor(one, training.id) && isOpenNow(one, today));
  return { training, state: stateOf(volunteer, training, kept !== undefined, until, waits, today), until, waits, opens };
}

function stateOf(volunteer: Volunteer, training: Training, isKept: boolean, until: string | null, waits: boolean, today: string): TrainingState {
  const isHeld = heldOn(volunteer.doc as unknown as Doc, today).has(training.id);
  if (isHeld && (until === null || dayNumber(until) - dayNumber(today) > training.doc.lead_days)) return "held";
  if (isHeld) return "soon";
  if (waits) return "checking";
  return isKept ? "over" : "none";
}

function asksFor({ doc }: Gated, trainingId: string): boolean {
  return doc.training.includes(trainingId);
}

function isOpenNow(one: Gated, today: string): boolean {
  if (one.kind === "task") return one.doc.status === "open" && one.doc.window_until_at.slice(0, 10) >= today;
  return one.doc.status === "active" && (one.doc.closes_on ?? today) >= today;
}

/** Completions that wait for the centre, the oldest first; nobody looks at their own, nor twice at one. */
export function toCheck(completions: readonly Completion[], ownVolunteerId: string | null): Completion[] {
  const waits = completions.filter(({ doc, commands }) => doc.status === "unverified" && doc.volunteer_id !== ownVolunteerId && commands.length === 0);
  return waits.sort((a, b) => (a.doc.done_on < b.doc.done_on ? -1 : 1));
}

/** What stands of one volunteer's completions: what waits to be looked at first, then the latest of each training that counts. */
export function standing<C extends Pick<Item<"completion">, "doc">>(completions: readonly C[]): C[] {
  const latest = [...completions].sort((a, b) => (a.doc.done_on < b.doc.done_on ? 1 : -1));
  const counts = new Map<string, C>();
  for (const one of latest) if (one.doc.status === "verified" && !counts.has(one.doc.training_id)) counts.set(one.doc.training_id, one);
  return [...latest.filter(({ doc }) => doc.status === "unverified"), ...counts.values()];
}

export interface Due {
  readonly volunteerId: string;
  readonly name: string;
  readonly training: Training;
  readonly until: string;
}

/** Whose trainings run out soon or have lately, the soonest first; who was told for as long again and did nothing is left out. */
export function dueIn(volunteers: readonly Pick<Item<"volunteer">, "id" | "doc">[], trainings: readonly Training[], today: string): Due[] {
  const known = new Map(trainings.map((training) => [training.id, training]));
  const now = dayNumber(today);
  const due = volunteers.filter(({ doc }) => doc.status !== "left").flatMap(({ id, doc }) =>
    doc.trained.flatMap(({ training_id, until_on }) => {
      const [training, until] = [known.get(training_id), until_on as string | null];
      if (!training || until === null || Math.abs(dayNumber(until) - now) > training.doc.lead_days) return [];
      return [{ volunteerId: id, name: `${doc.given_name} ${doc.family_name}`, training, until }];
    }));
  return due.sort((a, b) => (a.until < b.until ? -1 : a.until > b.until ? 1 : a.name.localeCompare(b.name)));
}
