/** The outbox: changes are written down here first, in order, and can be taken back until they are sent. */

import type { Chance, OutboxEntry, Transaction } from "./ports.ts";
import { ruleOf } from "./overlay.ts";
import { tick } from "./hlc.ts";
import { uuid7 } from "./uuid7.ts";
import type { Command, FieldSet, Op } from "./wire.ts";

/** What a person did, before it has a place in the outbox. */
export interface Deed {
  kind: string;
  id: string;
  op: Op;
  base: number;
  set: FieldSet;
  command: Command | null;
}

/** Writes a deed down at the end of the outbox. */
export async function enqueue(
  tx: Transaction, deed: Deed, now: number, chance: Chance, device: string,
): Promise<OutboxEntry> {
  const order = ((await tx.meta<number>("order")) ?? 0) + 1;
  const hlc = tick(await tx.meta<string>("clock"), now, device);
  const made_at = new Date(now).toISOString();
  const entry: OutboxEntry = { mid: uuid7(now, chance), order, lseq: null, ...deed, hlc, made_at, deferred: false };
  await tx.setMeta("order", order);
  await tx.setMeta("clock", hlc);
  await tx.putOutbox(entry);
  return entry;
}

/** Takes back an unsent change and the unsent ones that build on it; gives them, empty when it has been sent. */
export async function takeBack(tx: Transaction, mid: string): Promise<OutboxEntry[]> {
  const taken = takenWith(await tx.outbox(), mid);
  for (const entry of taken) await tx.deleteOutbox(entry.mid);
  return taken;
}

/** What taking back the change `mid` would take back: it, then what builds on it; empty when it has been sent. */
export function takenWith(outbox: readonly OutboxEntry[], mid: string): OutboxEntry[] {
  const first = outbox.find((entry) => entry.mid === mid);
  if (!first || first.lseq !== null) return [];
  const taken = [first];
  for (const entry of outbox) {
    if (entry.order > first.order && taken.some((earlier) => buildsOn(entry, earlier))) taken.push(entry);
  }
  return taken;
}

/** Whether `later` makes no sense without `earlier`: it is about, or refers to, a record that `earlier` made. */
function buildsOn(later: OutboxEntry, earlier: OutboxEntry): boolean {
  if (earlier.op !== "create") return false;
  if (later.kind === earlier.kind && later.id === earlier.id) return true;
  const rules = ruleOf(later.kind).fields;
  return Object.entries(later.set).some(([name, value]) => rules[name]?.refers_to === earlier.kind && value === earlier.id);
}
