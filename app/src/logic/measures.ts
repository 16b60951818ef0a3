/** Wellbeing measures: which questions, which way is up, and what has changed since the first. */

import type { MeasureDoc } from "@generated/contract.ts";

export type Instrument = MeasureDoc["instrument"];
export type Question = "satisfied" | "worthwhile" | "happy" | "anxious" | "lonely";

export interface Scale {
  readonly question: Question;
  readonly instrument: Instrument;
  readonly least: number;
  readonly most: number;
  /** More is worse for worry alone. */
  readonly moreIsBetter: boolean;
}

/** Sources: Office for National Statistics, personal wellbeing questions, and its direct measure of loneliness. */
export const SCALES: readonly Scale[] = [
  { question: "satisfied", instrument: "ons4", least: 0, most: 10, moreIsBetter: true },
  { question: "worthwhile", instrument: "ons4", least: 0, most: 10, moreIsBetter: true },
  { question: "happy", instrument: "ons4", least: 0, most: 10, moreIsBetter: true },
  { question: "anxious", instrument: "ons4", least: 0, most: 10, moreIsBetter: false },
  { question: "lonely", instrument: "loneliness", least: 1, most: 5, moreIsBetter: true },
];

export interface Point {
  readonly on: string;
  readonly value: number;
}

export interface Course {
  readonly scale: Scale;
  /** Oldest first; at least one. */
  readonly points: readonly Point[];
  readonly change: "first" | "same" | "better" | "worse";
  /** How far the last is from the first, in points of the scale. */
  readonly by: number;
}

/** How each question went over time; those that were never answered are left out. */
export function coursesOf(measures: readonly MeasureDoc[]): Course[] {
  const inTime = measures.toSorted((a, b) => (a.taken_on < b.taken_on ? -1 : a.taken_on > b.taken_on ? 1 : 0));
  return SCALES.flatMap((scale) => {
    const points = inTime.flatMap((doc) => {
      const value = doc[scale.question];
      return value === null ? [] : [{ on: doc.taken_on, value }];
    });
    return points.length === 0 ? [] : [courseOf(scale, points)];
  });
}

function courseOf(scale: Scale, points: readonly Point[]): Course {
  const by = (points.at(-1)?.value ?? 0) - (points[0]?.value ?? 0);
  const change = points.length === 1 ? "first" : by === 0 ? "same" : by > 0 === scale.moreIsBetter ? "better" : "worse";
  return { scale, points, change, by: Math.abs(by) };
}

/** The line through the points on paper of a width and a height: x by the day, y by the value. */
export function lineOf({ scale, points }: Course, width: number, height: number): readonly (readonly [x: number, y: number])[] {
  const days = points.map(({ on }) => Date.parse(on));
  const [first = 0, last = 0] = [days[0], days.at(-1)];
  return points.map(({ value }, n) => {
    const along = last === first ? 0.5 : ((days[n] ?? first) - first) / (last - first);
    return [Math.round(along * width), Math.round((1 - (value - scale.least) / (scale.most - scale.least)) * height)] as const;
  });
}
