/** How much data sync has used, by day, kept on this phone alone. */

import type { Database } from "../data/database.ts";
import { addDays, dayOf } from "../words/dates.ts";

export interface Used {
  readonly sent: number;
  readonly received: number;
}

interface Kept extends Used {
  /** What the last sync without news cost that day, both ways; null when every one had some. */
  readonly idle: number | null;
}

export interface DataUsed {
  readonly today: number;
  /** Of this day and the 29 before. */
  readonly month: number;
  readonly idle: number | null;
}

/** A browser does not tell what headers cost; over HTTP/2 these repeat and were measured at about this. */
const HEADERS = { sent: 70, received: 90 };
/** What asks for news alone is smaller than this many bytes, both ways. */
const MOST_IDLE = 1_000;
const KEPT_DAYS = 62;
const NAME = "data-used";

type Days = { readonly [day: string]: Kept };

export class Meter {
  private sent = 0;
  private received = 0;

  /** A request goes out, with a body of so many bytes as they travel. */
  asked(bytes: number): void {
    this.sent += HEADERS.sent + bytes;
    this.received += HEADERS.received;
  }

  /** Some of an answer came. */
  came(bytes: number): void {
    this.received += bytes;
  }

  /** Give what came together since the last time, and begin anew. */
  take(): Used {
    const used = { sent: this.sent, received: this.received };
    [this.sent, this.received] = [0, 0];
    return used;
  }
}

/** Add to what a day has used; `isIdle` when it was one sync that had no news. */
export async function noteUsed(database: Database, used: Used, isIdle: boolean, now: Date): Promise<void> {
  const [today, all] = [dayOf(now), used.sent + used.received];
  if (all === 0) return;
  await database.transaction("readwrite", ["settings"], async (rows) => {
    const days = (await rows.get("settings", NAME))?.value as Days | undefined;
    const before = days?.[today];
    const after: Kept = {
      sent: (before?.sent ?? 0) + used.sent,
      received: (before?.received ?? 0) + used.received,
      // The least of the day: beside some syncs a ranker or a file was fetched, which asking does not cost.
      idle: isIdle && all <= MOST_IDLE ? Math.min(all, before?.idle ?? Infinity) : (before?.idle ?? null),
    };
    const kept = Object.entries(days ?? {}).filter(([day]) => day > addDays(today, -KEPT_DAYS));
    await rows.put("settings", { name: NAME, value: { ...Object.fromEntries(kept), [today]: after } });
  });
}

export async function readUsed(database: Database, now: Date): Promise<DataUsed> {
  const today = dayOf(now);
  const all = Object.entries(((await database.get("settings", NAME))?.value as Days | undefined) ?? {}).sort(([one], [other]) => (one < other ? -1 : 1));
  const month = all.filter(([day]) => day > addDays(today, -30) && day <= today);
  const sum = (some: readonly [string, Used][]): number => some.reduce((total, [, { sent, received }]) => total + sent + received, 0);
  return { today: sum(month.filter(([day]) => day === today)), month: sum(month), idle: month.findLast(([, { idle }]) => idle !== null)?.[1].idle ?? null };
}
