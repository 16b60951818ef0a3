/** Between rows of WatermelonDB and changes for the server. */

import { KINDS } from "../../generated/contract.ts";
import { same } from "../../typescript/sync/edit.ts";
import { replay } from "../../typescript/sync/overlay.ts";
import type { OutboxEntry } from "../../typescript/sync/ports.ts";
import type { Doc, Json, Row } from "../../typescript/sync/wire.ts";
import { changes } from "../shared/differences.ts";
import type { Answered, Deed } from "../shared/outbox.ts";
import type { Refused } from "../shared/refused.ts";
import { cellOf, columnsOf, differing, docOf, rawOf, valueOf, type Raw } from "./columns.ts";

/** A row as it lies in the table, WatermelonDB's own columns and ours included. */
export type Kept = Raw & { id: string; _status: string; _changed: string; kith_version: number; kith_known: string | null; kith_taken: number };

/** What a change carries back with its answer: the cells that were sent. */
interface Note {
  [column: string]: Json;
}

export function isKind(table: string): boolean {
  return table in KINDS;
}

/** The change that a row waits to have sent. Its `set` is empty when the row is again as the server knows it. */
export function deedOf(kind: string, row: Kept): Deed {
  const { id } = row;
  if (row._status === "deleted") return { kind, id, op: "delete", base: row.kith_version, set: {} };
  const isNew = row._status === "created";
  const changed = new Set(row._changed.split(","));
  const columns = columnsOf(kind).filter(({ name }) => (isNew ? (row[name] ?? null) !== null : changed.has(name)));
  const wanted = Object.fromEntries(columns.map((column) => [column.name, valueOf(column, row[column.name]!)]));
  const note: Note = Object.fromEntries(columns.map(({ name }) => [name, row[name]!]));
  if (isNew) return { kind, id, op: "create", base: 0, set: wanted, note };
  return { kind, id, op: "patch", base: row.kith_version, set: changes(kind, knownOf(row), wanted), note };
}

/** Whether the server has refused just this, so that sending it again would change nothing. */
export function isRefused(deed: Deed, refused: readonly Refused[]): boolean {
  return refused.some(({ kind, id, op, set }) => kind === deed.kind && id === deed.id && op === deed.op && same(set, deed.set));
}

/** The row of a document that a pull brought. */
export function rowOf(kind: string, { i: id, v, d }: Row, generation: number): Raw & { id: string } {
  return { id, ...rawOf(kind, d ?? {}), kith_version: v, kith_known: known(kind, d ?? {}), kith_taken: generation };
}

/**
 * The row after the server took a change: what was edited meanwhile stays to be sent, as a change of what was sent, and the
 * rest is as the server has it.
 */
export function taken(kind: string, row: Kept, { entry, result }: Answered): Kept {
  if (entry.again) return row;
  const sent = (entry.note ?? {}) as Note;
  const isNew = row._status === "created";
  const touched = isNew ? columnsOf(kind).map(({ name }) => name) : row._changed.split(",").filter(Boolean);
  const dirty = touched.filter((name) => !same((row[name] ?? null) as Json, sent[name] ?? null));
  const after: Kept = { ...row, _changed: dirty.join(","), _status: dirty.length ? "updated" : "synced" };
  if (result.version && result.version <= row.kith_version) return after; // a pull has shown more than this answer tells
  const doc = result.row?.op === "put" ? (result.row.d ?? {}) : null;
  const theirs = Object.fromEntries(Object.entries(doc ?? {}).filter(([name]) => !dirty.includes(name)));
  for (const column of doc ? columnsOf(kind) : []) {
    if (!dirty.includes(column.name)) after[column.name] = cellOf(column, doc![column.name] ?? null);
  }
  const own = Object.fromEntries(Object.entries(docOf(kind, sent as Raw)).filter(([name]) => name in sent));
  const hasUnseen = doc && dirty.length && entry.op !== "create"; // the edits that wait were made before a colleague's was seen
  const version = hasUnseen ? row.kith_version : Math.max(result.version, row.kith_version);
  return { ...after, kith_version: version, kith_known: known(kind, { ...knownOf(row), ...own, ...theirs }) };
}

/**
 * WatermelonDB's resolver: a row with unsent edits keeps the version that they were made on, so that no one's change is run
 * over. Sets and counters become a colleague's with the own change on top.
 */
export function resolve(table: string, local: Kept, remote: Kept, resolved: Kept): Kept {
  if (!isKind(table) || local._status === "synced") return resolved;
  const edited = local._changed.split(",").filter((name) => differing(table).includes(name));
  const [before, now] = [knownOf(local), knownOf(remote)];
  const set = changes(table, before, docOf(table, local), edited);
  const mixed = replay(now, { kind: table, op: "patch", set } as OutboxEntry)!;
  const columns = columnsOf(table).filter(({ name }) => edited.includes(name));
  const cells = Object.fromEntries(columns.map((column) => [column.name, cellOf(column, mixed[column.name] ?? null)]));
  const base = Math.min(local.kith_version, remote.kith_version); // after a restore the server counts from earlier
  return { ...resolved, ...cells, kith_version: base, kith_known: remote.kith_known };
}

function known(kind: string, doc: Doc): string | null {
  const names = differing(kind).filter((name) => name in doc);
  return names.length ? JSON.stringify(Object.fromEntries(names.map((name) => [name, doc[name]]))) : null;
}

function knownOf(row: { kith_known: string | null }): Doc {
  return row.kith_known ? (JSON.parse(row.kith_known) as Doc) : {};
}
