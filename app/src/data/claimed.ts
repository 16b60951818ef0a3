/** When a task was to be when it was claimed on this phone: until the claim has been sent, the centre may move it. */

import { useReach } from "../ui/context.ts";
import type { Kith } from "./kith.ts";
import { type Item, useTopics } from "./live.ts";

const NAME = "claimed";
/** Older ones are over by then. */
const MOST = 50;

interface Claimed {
  readonly id: string;
  readonly from: string;
  readonly until: string;
}

/** Note for which time a task is claimed. */
export async function claimedFor({ kept, live }: Kith, { id, doc }: Item<"task">): Promise<void> {
  await kept.change<readonly Claimed[]>(NAME, (before = []) => noted(before, { id, from: doc.window_from_at, until: doc.window_until_at }));
  live.changed([NAME]);
}

export function noted(before: readonly Claimed[], one: Claimed): readonly Claimed[] {
  return [...before.filter(({ id }) => id !== one.id), one].slice(-MOST);
}

/** Whether a task is at another time than it was claimed for. */
export function isMoved(claimed: readonly Claimed[], { id, doc }: Pick<Item<"task">, "id" | "doc">): boolean {
  return claimed.some((one) => one.id === id && (one.from !== doc.window_from_at || one.until !== doc.window_until_at));
}

export function useMoved(task: Item<"task">): boolean {
  const { kith } = useReach();
  useTopics(kith.live, [NAME]);
  return isMoved(kith.live.get(NAME, async () => (await kith.kept.get<readonly Claimed[]>(NAME)) ?? []) ?? [], task);
}
