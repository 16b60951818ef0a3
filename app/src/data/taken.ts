/** Which sets of records left this phone because its person may no longer see them: remembered until they have read so. */

import type { Kith } from "./kith.ts";

export const TAKEN = "taken";

type Places = Pick<Kith, "kept" | "store" | "live">;

/** Remember the sets that a sync has taken away. */
export async function noteTaken({ kept, live }: Places, scopes: readonly string[]): Promise<void> {
  if (scopes.length > 0) await kept.put(TAKEN, [...new Set([...((await kept.get<string[]>(TAKEN)) ?? []), ...scopes])]);
  live.changed([TAKEN]);
}

/** The sets that were taken away and have not come back since. */
export async function readTaken({ kept, store }: Places): Promise<readonly string[]> {
  const held = new Set(await store.run("read", (tx) => tx.meta<string[]>("held")));
  return ((await kept.get<string[]>(TAKEN)) ?? []).filter((scope) => !held.has(scope));
}

export async function forgetTaken({ kept, live }: Places): Promise<void> {
  await kept.delete(TAKEN);
  live.changed([TAKEN]);
}
