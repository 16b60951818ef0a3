/** What waits to be sent, and what came back refused, live. */

import type { QueuedFile } from "@contract/files/index.ts";
import type { AttentionEntry, OutboxEntry } from "@contract/sync/index.ts";
import { useTopics } from "../data/live.ts";
import { unsentFiles } from "../data/unsent.ts";
import { useReach } from "./context.ts";

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
