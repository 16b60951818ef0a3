/** Make a refused change anew, on what the phone holds now. */

import type { AttentionEntry, Doc } from "@contract/sync/index.ts";
import { replay } from "@contract/sync/overlay.ts";
import type { Kind } from "@generated/contract.ts";
import type { Reach } from "../ui/context.ts";

/** Gives the new change's id, and puts the refusal away; null when there is nothing left to change, and then it stays. */
export async function retry({ kith, engine }: Reach, entry: AttentionEntry): Promise<string | null> {
  const mid = await again(kith.client, entry);
  if (mid === null) return null;
  await kith.client.dismiss(entry.mid);
  engine.soon();
  return mid;
}

async function again(client: Reach["kith"]["client"], entry: AttentionEntry): Promise<string | null> {
  const { kind, id, command } = entry;
  if (entry.op === "command" && command) return client.command(kind, id, command.name, command.args, command.valid_until);
  const held = await client.read(kind, id);
  if (entry.op === "create" && !held) {
    await client.create(kind, entry.set, id);
    return (await client.outbox()).findLast((one) => one.kind === kind && one.id === id)?.mid ?? null;
  }
  if (!held) return null;
  if (entry.op === "delete") return client.remove(kind, id);
  return client.patch(kind as Kind, id, wanted(held.doc as Doc, entry) as never);
}

/** The fields of the change as plain values, sets and counters worked out from what stands now. */
function wanted(doc: Doc, entry: AttentionEntry): Doc {
  const after = replay(doc, { ...entry, op: "patch" }) ?? doc;
  return Object.fromEntries(Object.keys(entry.set).map((field) => [field, after[field] ?? null]));
}
