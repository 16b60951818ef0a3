/** Reading: the records of the store as the person sees them. */

import { view, type View } from "./overlay.ts";
import type { OutboxEntry, Transaction } from "./ports.ts";

export async function see<K extends string>(tx: Transaction, kind: K, id: string): Promise<View<K> | undefined> {
  return view(kind, id, await tx.record(kind, id), await tx.outboxOf(kind, id));
}

/** Throws when there is no such record here: a fault of the screen. */
export async function mustSee<K extends string>(tx: Transaction, kind: K, id: string): Promise<View<K>> {
  const seen = await see(tx, kind, id);
  if (!seen) throw new Error(`there is no ${kind} ${id} here`);
  return seen;
}

/** Every record of a kind, in the order of their ids. */
export async function seeAll<K extends string>(tx: Transaction, kind: K): Promise<View<K>[]> {
  const records = new Map((await tx.records(kind)).map((record) => [record.id, record]));
  const entries = byRecord(await tx.outboxOf(kind));
  const ids = [...new Set([...records.keys(), ...entries.keys()])].sort();
  return ids.flatMap((id) => view(kind, id, records.get(id), entries.get(id) ?? []) ?? []);
}

function byRecord(entries: OutboxEntry[]): Map<string, OutboxEntry[]> {
  const groups = new Map<string, OutboxEntry[]>();
  for (const entry of entries) groups.set(entry.id, [...(groups.get(entry.id) ?? []), entry]);
  return groups;
}
