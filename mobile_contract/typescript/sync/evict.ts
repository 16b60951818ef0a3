/** Evict: drop what the device may no longer hold, before anything new is taken in. */

import type { StoredRecord, Transaction } from "./ports.ts";
import type { Trace } from "./report.ts";

/** Drops the records of lost scopes that no held scope has; the outbox stays, the server judges it. */
export async function evict(tx: Transaction, lost: string[], trace: Trace): Promise<void> {
  if (!lost.length) return;
  const held = new Set(((await tx.meta<string[]>("held")) ?? []).filter((scope) => !lost.includes(scope)));
  await tx.setMeta("held", [...held]);
  for (const scope of lost) {
    for (const record of await tx.recordsInScope(scope)) {
      if (!record.scopes.some((other) => held.has(other))) await drop(tx, record, trace);
    }
  }
  trace.report.evicted.push(...lost);
}

/** Drops a record and what was kept of changes to it. */
export async function drop(tx: Transaction, { kind, id }: StoredRecord, trace: Trace): Promise<void> {
  await tx.deleteRecord(kind, id);
  for (const entry of await tx.sent()) {
    if (entry.kind === kind && entry.id === id) await tx.deleteSent(entry.mid);
  }
  trace.touched.add(kind);
}
