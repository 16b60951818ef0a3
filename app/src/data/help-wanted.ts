/**
 * Who wants help at a door: a visit says how many, and nothing says whether they were referred, as a referral names no door.
 * So the phone that noted the visit remembers it until its person puts it away.
 */

import type { Reach } from "../ui/context.ts";
import { useList, useReach } from "../ui/context.ts";
import type { Kith } from "./kith.ts";
import { useTopics } from "./live.ts";

const NAME = "help-wanted";

/** By the visit: still to be seen to, or put away. */
type Wanted = { readonly [visitId: string]: "open" | "done" };

export interface Help {
  /** The most that any visit to the door tells of. */
  readonly people: number;
  /** open: noted on this phone and not put away. done: put away. other: a colleague's. */
  readonly state: "open" | "done" | "other";
}

/** What visits say of help, by the door. */
export function useHelpWanted(): ReadonlyMap<string, Help> {
  const { kith } = useReach();
  useTopics(kith.live, [NAME]);
  const kept = kith.live.get(NAME, async () => (await kith.kept.get<Wanted>(NAME)) ?? {}) ?? {};
  const found = new Map<string, Help>();
  for (const { id, doc } of useList("visit")) {
    if (doc.onward === 0) continue;
    const before = found.get(doc.household_id);
    const state = before?.state === "open" ? "open" : (kept[id] ?? before?.state ?? "other");
    found.set(doc.household_id, { people: Math.max(doc.onward, before?.people ?? 0), state });
  }
  return found;
}

export async function rememberHelp(kith: Kith, visitId: string): Promise<void> {
  await change(kith, (kept) => ({ ...kept, [visitId]: "open" }));
}

/** Everybody at this door has been seen to. */
export async function putHelpAway({ kith }: Reach, doorId: string): Promise<void> {
  const visits = (await kith.client.list("visit")).filter(({ doc }) => doc.household_id === doorId && doc.onward > 0);
  await change(kith, (kept) => ({ ...kept, ...Object.fromEntries(visits.map(({ id }) => [id, "done" as const])) }));
}

async function change(kith: Kith, to: (kept: Wanted) => Wanted): Promise<void> {
  await kith.kept.change<Wanted>(NAME, (kept = {}) => to(kept));
  kith.live.changed([NAME]);
}
