/** What a person may ask of a list of things to go to: how far, when, what it costs, what is needed to take part. */

import type { RankedKind } from "../data/items.ts";

export const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
export const DAYPARTS = ["am", "pm", "eve"] as const;
export const WAYS = ["there", "home", "online"] as const;
export type Way = (typeof WAYS)[number];

export interface Filters {
  /** At most so far, in kilometres as the crow flies; null for any distance. */
  readonly km: number | null;
  /** A day of the week, or "" for any. */
  readonly day: string;
  readonly part: string;
  /** At most so much a session; null for any. */
  readonly pence: number | null;
  /** Empty for any, as all the lists here. */
  readonly kinds: readonly RankedKind[];
  readonly ways: readonly Way[];
  readonly category: string;
  readonly access: readonly string[];
  /** Only with a place left, or without a limit. */
  readonly places: boolean;
}

export const NO_FILTERS: Filters = { km: null, day: "", part: "", pence: null, kinds: [], ways: [], category: "", access: [], places: false };

/** What the filters read of one thing. null: nobody has recorded it. */
export interface Facets {
  readonly kind: RankedKind;
  /** From the person's home; 0 when it comes to them. */
  readonly km: number | null;
  /** Days and parts of the day in which it is on, such as "mon_am". */
  readonly slots: readonly string[];
  readonly pence: number | null;
  readonly way: Way;
  readonly categories: readonly string[];
  readonly access: readonly string[];
  /** null: without a limit. */
  readonly places: number | null;
}

/** Whether a thing is what was asked for. What is not recorded does not pass: nobody is sent somewhere on a guess. */
export function passes(one: Facets, asked: Filters): boolean {
  return (
    (asked.kinds.length === 0 || asked.kinds.includes(one.kind)) &&
    (asked.ways.length === 0 || asked.ways.includes(one.way)) &&
    (asked.category === "" || one.categories.includes(asked.category)) &&
    (asked.km === null || (one.km !== null && one.km <= asked.km)) &&
    (asked.pence === null || (one.pence !== null && one.pence <= asked.pence)) &&
    (!asked.places || one.places !== 0) &&
    asked.access.every((need) => one.access.includes(need)) &&
    isThen(one.slots, asked.day, asked.part)
  );
}

function isThen(slots: readonly string[], day: string, part: string): boolean {
  if (day === "" && part === "") return true;
  return slots.some((slot) => (day === "" || slot.startsWith(day)) && (part === "" || slot.endsWith(part)));
}

/** How many filters are set. */
export function countSet(asked: Filters): number {
  const set = [asked.km !== null, asked.day !== "", asked.part !== "", asked.pence !== null, asked.category !== "", asked.places];
  return set.filter(Boolean).length + asked.kinds.length + asked.ways.length + asked.access.length;
}
