/** Apply: take the rows of a page in. Each row says how a record now is, so order and repeats do no harm. */

import { scopesOf } from "../../generated/contract.ts";
import { same } from "./edit.ts";
import { remember } from "./journal.ts";
import { replay } from "./overlay.ts";
import type { OutboxEntry, StoredRecord, Transaction } from "./ports.ts";
import type { Trace } from "./report.ts";
import type { Row } from "./wire.ts";

/** What every row of a page is judged by, read once. */
interface Frame {
  now: number;
  generation: number;
  held: ReadonlySet<string>;
  deferred: readonly OutboxEntry[];
}

export async function apply(tx: Transaction, rows: Row[], now: number, trace: Trace): Promise<void> {
  if (!rows.length) return;
  const frame = await frameOf(tx, now);
  for (const row of rows) {
    await bring(tx, row, frame);
    trace.touched.add(row.k);
  }
  trace.report.pulled += rows.length;
}

async function frameOf(tx: Transaction, now: number): Promise<Frame> {
  const generation = (await tx.meta<number>("generation")) ?? 0;
  const held = new Set(await tx.meta<string[]>("held"));
  return { now, generation, held, deferred: (await tx.outbox()).filter((entry) => entry.deferred) };
}

/** Brings one record to where `row` says it is, unless this phone has already seen it further on. */
async function bring(tx: Transaction, row: Row, frame: Frame): Promise<void> {
  const before = await tx.record(row.k, row.i);
  if (before && before.generation === frame.generation && before.version > row.v) return;
  if (row.op === "put") await put(tx, row, frame);
  else if (row.op === "del" || !stays(before, row, frame)) await tx.deleteRecord(row.k, row.i);
}

async function put(tx: Transaction, { k: kind, i: id, v: version, d }: Row, frame: Frame): Promise<void> {
  const doc = d ?? {};
  await tx.putRecord({ kind, id, version, doc, scopes: scopesOf(kind, id, doc), generation: frame.generation });
  for (const entry of frame.deferred) {
    if (entry.kind !== kind || entry.id !== id) continue;
    const arrived = entry.op === "create" || same(replay(doc, entry) ?? null, doc);
    if (!arrived) continue;
    await tx.deleteOutbox(entry.mid);
    await remember(tx, entry, frame.now);
  }
}

/** A record that left one scope stays when what the phone has is as new, and another held scope has that. */
function stays(record: StoredRecord | undefined, row: Row, { held }: Frame): boolean {
  return record !== undefined && record.version >= row.v && record.scopes.some((scope) => held.has(scope));
}
