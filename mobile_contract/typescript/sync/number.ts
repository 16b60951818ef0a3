/** First half of push: give the waiting changes their numbers on the wire, as many as one request may hold. */

import type { OutboxEntry, Transaction } from "./ports.ts";
import type { Mutation } from "./wire.ts";

export interface BatchLimits {
  mutations: number;
  body_bytes: number;
}

/** Room for what surrounds the mutations in a body. */
const ENVELOPE_BYTES = 2_048;
const utf8 = new TextEncoder();

/** The next batch; empty when nothing waits, or while everything is being taken again. Numbers are kept, so a repeat is the same. */
export async function number(tx: Transaction, limits: BatchLimits): Promise<Mutation[]> {
  if (await tx.meta<boolean>("taking")) return [];
  const batch: Mutation[] = [];
  let last = (await tx.meta<number>("lseq")) ?? 0;
  let bytes = ENVELOPE_BYTES;
  for (const entry of await sendable(tx)) {
    const mutation = mutationOf(entry, entry.lseq ?? last + 1);
    bytes += utf8.encode(JSON.stringify(mutation)).length + 1;
    if (batch.length && (batch.length >= limits.mutations || bytes > limits.body_bytes)) break;
    if (entry.lseq === null) await tx.putOutbox({ ...entry, lseq: ++last });
    batch.push(mutation);
  }
  await tx.setMeta("lseq", last);
  return batch;
}

/** The changes that the server has not seen, or not answered. */
export async function sendable(tx: Transaction): Promise<OutboxEntry[]> {
  return (await tx.outbox()).filter((entry) => !entry.deferred);
}

/** Forgets the numbers, so that the next batch starts after `acked`. Ids of mutations stay, so nothing is applied twice. */
export async function renumber(tx: Transaction, acked: number): Promise<void> {
  for (const entry of await sendable(tx)) await tx.putOutbox({ ...entry, lseq: null });
  await tx.setMeta("lseq", acked);
}

function mutationOf(entry: OutboxEntry, lseq: number): Mutation {
  const { mid, kind, id, op, base, set, hlc, command } = entry;
  return { mid, lseq, kind, id, op, base, set, hlc, command };
}
