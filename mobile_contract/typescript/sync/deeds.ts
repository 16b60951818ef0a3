/** What a person does to records, as the outbox takes it; checked by the compiler where the kind is known. */

import type { Changes, CounterFields, Draft, Kind } from "../../generated/contract.ts";
import { difference, newFields } from "./edit.ts";
import type { Deed } from "./outbox.ts";
import { ruleOf } from "./overlay.ts";
import type { Transaction } from "./ports.ts";
import { mustSee } from "./reading.ts";
import type { Command, Doc } from "./wire.ts";

/** A new record's fields: those that a kind needs, others as wanted; anything where the kind is only known at run time. */
export type DraftOf<K extends string> = K extends Kind ? Draft<K> : Doc;
/** Fields to change. */
export type ChangesOf<K extends string> = K extends Kind ? Changes<K> : Doc;
/** A field that is added to. */
export type CounterOf<K extends string> = K extends Kind ? CounterFields[K] : string;

/** Throws when `doc` is not what a new record may be: a fault of the screen. */
export function creation(kind: string, id: string, doc: Doc): Deed {
  return { kind, id, op: "create", base: 0, set: newFields(kind, doc), command: null };
}

/** A record as somebody saw it: the version that the server gave it, and its fields. */
export interface Seen {
  readonly version: number;
  readonly doc: object;
}

/** Null when nothing changes from what was seen. Throws when there is no such record here; so do those below. */
export async function change(tx: Transaction, kind: string, id: string, wanted: Doc, seen?: Seen): Promise<Deed | null> {
  const { version, doc } = { ...(await mustSee(tx, kind, id)), ...seen };
  const set = difference(kind, doc as Doc, wanted);
  return Object.keys(set).length ? { kind, id, op: "patch", base: version, set, command: null } : null;
}

export async function increase(tx: Transaction, kind: string, id: string, field: string, by: number): Promise<Deed | null> {
  if (ruleOf(kind).fields[field]?.merge !== "delta") throw new Error(`${kind}.${field} is no counter`);
  const { doc } = await mustSee(tx, kind, id);
  return change(tx, kind, id, { [field]: Number((doc as Doc)[field] ?? 0) + by });
}

export async function removal(tx: Transaction, kind: string, id: string): Promise<Deed> {
  const { version } = await mustSee(tx, kind, id);
  return { kind, id, op: "delete", base: version, set: {}, command: null };
}

export async function order(tx: Transaction, kind: string, id: string, command: Command): Promise<Deed> {
  if (!ruleOf(kind).commands.includes(command.name)) throw new Error(`a ${kind} takes no command ${command.name}`);
  const { version } = await mustSee(tx, kind, id);
  return { kind, id, op: "command", base: version, set: {}, command };
}
