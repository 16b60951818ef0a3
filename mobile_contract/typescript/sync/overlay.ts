/** The person's view: the server's document with this phone's unanswered changes replayed on top. */

import { KINDS, type Docs, type Kind, type KindRule } from "../../generated/contract.ts";
import { copied } from "./copy.ts";
import type { OutboxEntry, StoredRecord } from "./ports.ts";
import type { Doc, FieldSet, Json } from "./wire.ts";

export type DocOf<K extends string> = K extends Kind ? Docs[K] : Doc;

/** A record as the person sees it. */
export interface View<K extends string = string> {
  kind: K;
  id: string;
  /** The server's version that it builds on, 0 when the server has not seen it. */
  version: number;
  doc: DocOf<K>;
  /** Changes on top that the server has not answered. */
  pending: boolean;
  /** Commands that wait for the server's decision, oldest first. */
  commands: { mid: string; name: string; args: Doc }[];
}

/** Gives the rule of a kind; throws for a kind that this version of the contract does not have. */
export function ruleOf(kind: string): KindRule {
  const rule = (KINDS as { [kind: string]: KindRule })[kind];
  if (!rule) throw new Error(`the contract has no kind ${kind}`);
  return rule;
}

/** Replays `entries`, oldest first, on the server's record; undefined when nothing is left to see. */
export function view<K extends string>(
  kind: K, id: string, record: StoredRecord | undefined, entries: OutboxEntry[],
): View<K> | undefined {
  const doc = entries.reduce<Doc | undefined>(replay, record?.doc);
  if (!doc) return undefined;
  const commands = entries.flatMap(({ mid, command }) => (command ? [{ mid, name: command.name, args: command.args }] : []));
  return { kind, id, version: record?.version ?? 0, doc: doc as DocOf<K>, pending: entries.length > 0, commands };
}

/** The document after one change; undefined when there is none. */
export function replay(doc: Doc | undefined, entry: OutboxEntry): Doc | undefined {
  if (entry.op === "delete") return undefined;
  if (entry.op === "create") return setFields(entry.kind, doc ?? defaults(entry.kind), entry.set, true);
  if (entry.op === "patch" && doc) return setFields(entry.kind, doc, entry.set, false);
  return doc;
}

function defaults(kind: string): Doc {
  const fields = Object.entries(ruleOf(kind).fields);
  return Object.fromEntries(fields.map(([name, rule]) => [name, copied(rule.default)]));
}

function setFields(kind: string, doc: Doc, set: FieldSet, isNew: boolean): Doc {
  const rules = ruleOf(kind).fields;
  const changed: Doc = { ...doc };
  for (const [name, value] of Object.entries(set)) {
    const merge = rules[name]?.merge;
    if (merge === "server" || (merge === "immutable" && !isNew)) continue;
    if (merge === "set") changed[name] = setOf(doc[name], value);
    else if (merge === "delta") changed[name] = sumOf(doc[name], value);
    else changed[name] = value;
  }
  return changed;
}

function setOf(before: Json | undefined, change: Json): Json {
  if (Array.isArray(change)) return [...new Set(change as string[])].sort();
  const { add = [], remove = [] } = change as { add?: string[]; remove?: string[] };
  const kept = (Array.isArray(before) ? (before as string[]) : []).filter((code) => !remove.includes(code));
  return [...new Set([...kept, ...add])].sort();
}

function sumOf(before: Json | undefined, change: Json): Json {
  if (typeof change === "number" || change === null) return change;
  return Number(before ?? 0) + Number((change as { delta: number }).delta);
}
