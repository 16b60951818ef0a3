/** What waits to be sent, and what came back refused, live. */

import type { AttentionEntry, OutboxEntry } from "@contract/sync/index.ts";
import { useTopics } from "../data/live.ts";
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
