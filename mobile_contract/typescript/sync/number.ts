/** First half of push: give the waiting changes their numbers on the wire, as many as one request may hold. */

import type { OutboxEntry, Store, Transaction } from "./ports.ts";
import { OfflineError } from "./problems.ts";
import type { Manifest, Mutation } from "./wire.ts";

export interface BatchLimits {
  mutations: number;
  body_bytes: number;
}

const USUAL_LIMITS: BatchLimits = { mutations: 500, body_bytes: 4 * 1024 * 1024 };
/** Room for what surrounds the mutations in a body. */
const ENVELOPE_BYTES = 2_048;
const utf8 = new TextEncoder();

/** What one request may hold: as the manifest says, and less after requests that took too long. */
export async function limitsOf(tx: Transaction): Promise<BatchLimits> {
  const { mutations, body_bytes } = (await tx.meta<Manifest>("manifest"))?.limits ?? USUAL_LIMITS;
  const narrowed = (await tx.meta<number | null>("batch")) ?? USUAL_LIMITS.mutations;
  return { mutations: Math.min(mutations, narrowed, USUAL_LIMITS.mutations), body_bytes };
}

/** Lets the next push hold half as much when this one took too long. */
export async function noteTimeout(store: Store, error: unknown, sent: number): Promise<void> {
  if (!(error instanceof OfflineError && error.timedOut && sent > 1)) return;
  await store.transaction("write", (tx) => tx.setMeta("batch", Math.ceil(sent / 2)));
}

/** After a push that arrived, lets the next one hold twice as much again. */
export async function widen(tx: Transaction): Promise<void> {
  const narrowed = await tx.meta<number | null>("batch");
  if (narrowed) await tx.setMeta("batch", narrowed * 2 < USUAL_LIMITS.mutations ? narrowed * 2 : null);
}

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
