/** What waits to be sent, what came back refused and what was made twice, live. */

import type { QueuedFile } from "@contract/files/index.ts";
import type { AttentionEntry, Doc, OutboxEntry } from "@contract/sync/index.ts";
import type { Kind } from "@generated/contract.ts";
import { type Item, useTopics } from "../data/live.ts";
import type { Save } from "../data/saves.ts";
import { unsentFiles } from "../data/unsent.ts";
import { maySettle } from "../logic/settling.ts";
import { useAccount, useLoaded, useReach } from "./context.ts";

export function useOutbox(): readonly OutboxEntry[] {
  const { live, client } = useReach().kith;
  useTopics(live, ["outbox"]);
  return live.get("outbox", () => client.outbox()) ?? [];
}

export function useAttention(): readonly AttentionEntry[] {
  const { live, client } = useReach().kith;
  useTopics(live, ["attention"]);
  return live.get("attention", () => client.attention()) ?? [];
}

/** Files on this phone that the outbox does not tell of, those that were refused among them. */
export function useFiles(): readonly QueuedFile[] {
  const { kith } = useReach();
  useTopics(kith.live, ["files"]);
  return kith.live.get("files", () => unsentFiles(kith)) ?? [];
}

/** What was saved together, of what waits. */
export function useSaves(): readonly Save[] {
  const { live, saves } = useReach().kith;
  useTopics(live, ["saves"]);
  return live.get("saves", () => saves.all()) ?? [];
}

/** Of these kinds somebody may write their own alone. */
const OWN: readonly Kind[] = ["schedule", "course", "location"];

/** Changes made twice that this person can settle; undefined before the first reading. */
export function useConflicts(): readonly Item<"conflict">[] | undefined {
  const { live } = useReach().kith;
  const account = useAccount();
  useTopics(live, OWN);
  return useLoaded("conflict")?.filter(({ doc }) => {
    const record = () => live.list(doc.record_kind as Kind)?.find(({ id }) => id === doc.record_id)?.doc;
    return doc.status === "open" && maySettle(doc, account, record as () => Doc | undefined);
  });
}
