/** Evict: drop what the device may no longer hold, before anything new is taken in. */

import type { StoredRecord, Transaction } from "./ports.ts";
import type { Trace } from "./report.ts";

/** Drops the records of lost scopes that no held scope has; the outbox stays, the server judges it. */
export async function evict(tx: Transaction, lost: string[], trace: Trace): Promise<void> {
  if (!lost.length) return;
  const held = new Set(((await tx.meta<string[]>("held")) ?? []).filter((scope) => !lost.includes(scope)));
  await tx.setMeta("held", [...held]);
  for (const scope of lost) {
    const records = await tx.recordsInScope(scope);
    const gone = records.filter((record) => !record.scopes.some((other) => held.has(other)));
    await drop(tx, gone, trace);
    if (gone.length) await forgetSent(tx, gone);
  }
  trace.report.evicted.push(...lost);
}

export async function drop(tx: Transaction, records: StoredRecord[], trace: Trace): Promise<void> {
  for (const { kind, id } of records) {
    await tx.deleteRecord(kind, id);
    trace.touched.add(kind);
  }
}

/** What was taken from this phone leaves no trace in its journal either. */
async function forgetSent(tx: Transaction, records: StoredRecord[]): Promise<void> {
  const gone = new Set(records.map(({ kind, id }) => `${kind}/${id}`));
  for (const entry of await tx.sent()) {
    if (gone.has(`${entry.kind}/${entry.id}`)) await tx.deleteSent(entry.mid);
  }
}
