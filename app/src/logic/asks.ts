/** Asks: whether a volunteer may still answer one, and how long they have. */

import type { Item } from "../data/live.ts";

/** It awaits an answer, and none was given on this phone either. */
export function isOpenAsk({ doc, commands }: Pick<Item<"ask">, "doc" | "commands">, now: Date): boolean {
  if (doc.status !== "asked" && doc.status !== "seen") return false;
  return Date.parse(doc.answer_until_at) > now.getTime() && !commands.some(({ name }) => name === "decline_ask");
}

/** Whether the centre does not know yet that the volunteer has seen it. */
export function isUnseen({ doc, commands }: Pick<Item<"ask">, "doc" | "commands">): boolean {
  return doc.status === "asked" && !commands.some(({ name }) => name === "see_ask" || name === "decline_ask");
}

export interface Left {
  readonly unit: "minutes" | "hours" | "days";
  readonly count: number;
}

/** How long there is until an instant, in whole units, never told longer than it is. */
export function leftUntil(instant: string, now: Date): Left {
  const minutes = Math.max(1, Math.floor((Date.parse(instant) - now.getTime()) / 60_000));
  if (minutes < 120) return { unit: "minutes", count: minutes < 20 ? minutes : Math.floor(minutes / 5) * 5 };
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? { unit: "hours", count: hours } : { unit: "days", count: Math.floor(hours / 24) };
}
