/** From two documents to what a mutation carries; what may be changed is for the server to say. */

import { same } from "../../typescript/sync/edit.ts";
import { ruleOf } from "../../typescript/sync/overlay.ts";
import type { Doc, FieldSet, Json } from "../../typescript/sync/wire.ts";

/** The `set` that turns `known` into `wanted`: sets of codes as add and remove, counters as a difference. */
export function changes(kind: string, known: Doc, wanted: Doc, names: string[] = Object.keys(ruleOf(kind).fields)): FieldSet {
  const rules = ruleOf(kind).fields;
  const set: FieldSet = {};
  for (const name of names) {
    const rule = rules[name];
    const value = wanted[name];
    if (!rule || value === undefined || (name in known && same(known[name] ?? null, value))) continue;
    if (rule.merge === "set") codes(set, name, known[name], value);
    else if (rule.merge === "delta") count(set, name, known[name], value);
    else set[name] = value;
  }
  return set;
}

/** The `set` of a new record: what has no value is left to the contract's defaults. */
export function firstValues(kind: string, doc: Doc): FieldSet {
  const given = Object.keys(ruleOf(kind).fields).filter((name) => (doc[name] ?? null) !== null);
  return Object.fromEntries(given.map((name) => [name, doc[name]!]));
}

function codes(set: FieldSet, name: string, known: Json | undefined, wanted: Json): void {
  const [before, after] = [textsOf(known), textsOf(wanted)];
  const add = [...new Set(after)].filter((code) => !before.includes(code)).sort();
  const remove = before.filter((code) => !after.includes(code)).sort();
  if (add.length || remove.length) set[name] = { add, remove };
}

function count(set: FieldSet, name: string, known: Json | undefined, wanted: Json): void {
  const delta = Number(wanted ?? 0) - Number(known ?? 0);
  if (delta) set[name] = { delta };
}

function textsOf(value: Json | undefined): string[] {
  return Array.isArray(value) ? (value as string[]) : [];
}
