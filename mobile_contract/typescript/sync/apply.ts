/** Apply: take the rows of a page in. Each row says how a record now is, so order and repeats do no harm. */

import { scopesOf } from "../../generated/contract.ts";
import { same } from "./edit.ts";
import { replay } from "./overlay.ts";
import type { StoredRecord, Transaction } from "./ports.ts";
import type { Trace } from "./report.ts";
import type { Doc, Row } from "./wire.ts";

export async function apply(tx: Transaction, rows: Row[], trace: Trace): Promise<void> {
  for (const row of rows) {
    await putRow(tx, row);
    trace.touched.add(row.k);
  }
  trace.report.pulled += rows.length;
}

/** Brings one record to where `row` says it is, unless this phone has already seen it further on. */
export async function putRow(tx: Transaction, row: Row): Promise<void> {
  const generation = (await tx.meta<number>("generation")) ?? 0;
  const held = await tx.record(row.k, row.i);
  if (held && held.generation === generation && held.version > row.v) return;
  if (row.op === "put") return put(tx, row.k, row.i, row.v, row.d ?? {}, generation);
  if (row.op === "out" && held && held.version >= row.v && (await isHeld(tx, held))) return;
  await tx.deleteRecord(row.k, row.i);
}

async function put(tx: Transaction, kind: string, id: string, version: number, doc: Doc, generation: number): Promise<void> {
  await tx.putRecord({ kind, id, version, doc, scopes: scopesOf(kind, id, doc), generation });
  for (const entry of await tx.outboxOf(kind, id)) {
    const arrived = entry.op === "create" || same(replay(doc, entry) ?? null, doc);
    if (entry.deferred && arrived) await tx.deleteOutbox(entry.mid);
  }
}

async function isHeld(tx: Transaction, record: StoredRecord): Promise<boolean> {
  const held = (await tx.meta<string[]>("held")) ?? [];
  return record.scopes.some((scope) => held.includes(scope));
}
