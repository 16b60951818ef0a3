/**
 * Tries of the PIN: each is counted on the disk before it is judged, so that killing the app gives none for nothing.
 *
 * A phone without room takes no new row, but it lets go of rows. So spare ones lie ready: a try takes one away, and so does
 * a right PIN. Nobody is shut out of their work for want of room, and nobody guesses for free by filling the phone.
 */

import type { Database, Rows } from "../data/database.ts";
import { isNoRoom } from "../logic/room.ts";
import { noRoom } from "../sync/room.ts";

/** After so many wrong PINs in a row the phone is cleared. */
export const MOST_TRIES = 10;
/** How often a PIN may be tried in a row while a phone stays full; they are laid out anew as soon as there is room. */
export const SPARES = 100;
/** How long to wait after the first wrong PIN, the second and so on, in milliseconds. */
const WAITS_MS: readonly number[] = [0, 0, 0, 5_000, 15_000, 30_000, 60_000, 120_000, 300_000];

/** Tries since the PIN was last right, and when the last of them was that could be written down. */
export interface Tries {
  readonly count: number;
  readonly at: number;
}

const NONE: Tries = { count: 0, at: 0 };

/** What becomes of a try now: it counts, it has to wait, there were too many, or there is no room left to count it. */
export type Chance =
  | { readonly is: "counted"; readonly left: number }
  | { readonly is: "wait"; readonly ms: number }
  | { readonly is: "over" }
  | { readonly is: "full" };

/** A spare row for a try, and one for a right PIN that followed it. */
export type Spare = `try ${number}` | `right ${number}`;

/** How many spare rows tries have taken, and how many of them lie before the last right PIN. */
interface Spent {
  readonly taken: number;
  readonly forgiven: number;
}

/** How long until the next try; a clock that was put back makes nobody wait longer than the rule. */
export function waitMs({ count, at }: Tries, now: number): number {
  const wait = count === 0 ? 0 : (WAITS_MS[count - 1] ?? WAITS_MS.at(-1) ?? 0);
  return Math.min(wait, Math.max(0, at + wait - now));
}

export async function triesOf(rows: Rows): Promise<Tries> {
  const { taken, forgiven } = spentOf(await spares(rows));
  const { count, at } = ((await rows.get("vault", "tries"))?.value as Tries | undefined) ?? NONE;
  return { count: count + taken - forgiven, at };
}

/** Count a try before it is judged. */
export async function countTry(database: Database, now: number): Promise<Chance> {
  try {
    return await counted(database, now, write);
  } catch (error) {
    if (!isNoRoom(error)) throw error;
    noRoom.tell(true);
    return counted(database, now, takeSpare);
  }
}

/** The PIN was right: what came before is forgotten. */
export function forgetTries(database: Database): Promise<void> {
  return database.transaction("readwrite", ["vault"], async (rows) => {
    const { taken } = spentOf(await spares(rows));
    await rows.delete("vault", "tries");
    if (taken > 0) await rows.delete("vault", `right ${taken}`);
  });
}

/** Lay out the spare rows that are not there. */
export async function layOut(rows: Rows): Promise<void> {
  const there = await spares(rows);
  for (const name of ALL) if (!there.has(name)) await rows.put("vault", { name, value: null });
}

/** Does one count: gives whether it could. */
type Count = (rows: Rows, tries: Tries) => Promise<boolean>;

function counted(database: Database, now: number, count: Count): Promise<Chance> {
  return database.transaction("readwrite", ["vault"], async (rows): Promise<Chance> => {
    const tries = await triesOf(rows);
    if (tries.count >= MOST_TRIES) return { is: "over" };
    const ms = waitMs(tries, now);
    if (ms > 0) return { is: "wait", ms };
    if (!(await count(rows, { count: tries.count + 1, at: now }))) return { is: "full" };
    return { is: "counted", left: MOST_TRIES - tries.count - 1 };
  });
}

const write: Count = async (rows, tries) => {
  await rows.put("vault", { name: "tries", value: tries });
  await layOut(rows);
  return true;
};

const takeSpare: Count = async (rows) => {
  const there = await spares(rows);
  const next = TRIES.find((n) => there.has(`try ${n}`));
  if (next !== undefined) await rows.delete("vault", `try ${next}`);
  return next !== undefined;
};

const TRIES = Array.from({ length: SPARES }, (_, n) => n + 1);
const ALL: readonly Spare[] = TRIES.flatMap((n): Spare[] => [`try ${n}`, `right ${n}`]);

async function spares(rows: Rows): Promise<ReadonlySet<string>> {
  return new Set((await rows.all("vault")).map(({ name }) => name).filter((name) => /^(try|right) /.test(name)));
}

/** Of a vault that never had any, none are spent. */
function spentOf(there: ReadonlySet<string>): Spent {
  if (there.size === 0) return { taken: 0, forgiven: 0 };
  const taken = (TRIES.find((n) => there.has(`try ${n}`)) ?? SPARES + 1) - 1;
  return { taken, forgiven: TRIES.findLast((n) => !there.has(`right ${n}`)) ?? 0 };
}
