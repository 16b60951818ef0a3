/** Tries of the PIN: each is counted on the disk before it is judged, so that killing the app gives none for nothing. */

import type { Database, Rows } from "../data/database.ts";

/** After so many wrong PINs in a row the phone is cleared. */
export const MOST_TRIES = 10;
/** How long to wait after the first wrong PIN, the second and so on, in milliseconds. */
const WAITS_MS: readonly number[] = [0, 0, 0, 5_000, 15_000, 30_000, 60_000, 120_000, 300_000];

/** Tries since the PIN was last right, and when the last of them was. */
export interface Tries {
  readonly count: number;
  readonly at: number;
}

const NONE: Tries = { count: 0, at: 0 };

/** What becomes of a try now: it counts, it has to wait, or there were too many. */
export type Chance = { readonly is: "counted"; readonly left: number } | { readonly is: "wait"; readonly ms: number } | { readonly is: "over" };

/** How long until the next try; a clock that was put back makes nobody wait longer than the rule. */
export function waitMs({ count, at }: Tries, now: number): number {
  const wait = count === 0 ? 0 : (WAITS_MS[count - 1] ?? WAITS_MS.at(-1) ?? 0);
  return Math.min(wait, Math.max(0, at + wait - now));
}

export async function triesOf(database: Rows): Promise<Tries> {
  return ((await database.get("vault", "tries"))?.value as Tries | undefined) ?? NONE;
}

/** Count a try before it is judged. */
export function countTry(database: Database, now: number): Promise<Chance> {
  return database.transaction("readwrite", ["vault"], async (rows): Promise<Chance> => {
    const tries = await triesOf(rows);
    if (tries.count >= MOST_TRIES) return { is: "over" };
    const ms = waitMs(tries, now);
    if (ms > 0) return { is: "wait", ms };
    await rows.put("vault", { name: "tries", value: { count: tries.count + 1, at: now } });
    return { is: "counted", left: MOST_TRIES - tries.count - 1 };
  });
}

/** The PIN was right: what came before is forgotten. */
export async function forgetTries(database: Database): Promise<void> {
  await database.delete("vault", "tries");
}
