/** How a record stands with the server, from what of it waits in the outbox. */

import type { OutboxEntry, Status } from "@contract/sync/index.ts";

/** sent: nothing waits. here: saved on this phone. going: sent, not answered. early: the server waits for what it refers to. */
export type HowItStands = "sent" | "here" | "going" | "early" | "sign-in" | "upgrade";

export function standingOf(
  entries: readonly Pick<OutboxEntry, "lseq" | "deferred">[], state: Status["state"], pending = entries.length > 0,
): HowItStands {
  if (!pending && entries.length === 0) return "sent";
  if (entries.length > 0 && entries.every((entry) => entry.deferred)) return "early";
  if (state === "sign-in" || state === "upgrade") return state;
  return entries.some((entry) => entry.lseq === null) || entries.length === 0 ? "here" : "going";
}
