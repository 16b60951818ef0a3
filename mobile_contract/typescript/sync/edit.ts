/** From what a screen gives, plain values, to what a mutation carries: only what changes, sets and counters as differences. */

import { ruleOf } from "./overlay.ts";
import type { Doc, FieldSet, Json } from "./wire.ts";

/** Throws when `doc` names an unknown field, sets a server's field or lacks a required one: a fault of the screen. */
export function newFields(kind: string, doc: Doc): FieldSet {
  const rules = ruleOf(kind).fields;
  for (const name of Object.keys(doc)) writable(kind, name);
  for (const [name, rule] of Object.entries(rules)) {
    if (rule.required && (doc[name] ?? null) === null) throw new Error(`a new ${kind} needs ${name}`);
  }
  return Object.fromEntries(Object.entries(doc).flatMap(([name, value]) => (value === undefined ? [] : [[name, sendable(value)]])));
}

/** The mutation's `set` that turns `current` into `current` with `wanted`; empty when nothing changes. */
export function difference(kind: string, current: Doc, wanted: Doc): FieldSet {
  const set: FieldSet = {};
  for (const [name, given] of Object.entries(wanted)) {
    const merge = writable(kind, name).merge;
    if (given === undefined) continue;
    const value = sendable(given);
    if (same(current[name] ?? null, value)) continue;
    if (merge === "immutable") throw new Error(`${kind}.${name} was written once and stays`);
    if (merge === "set") codes(set, name, current[name], value);
    else if (merge === "delta") set[name] = { delta: Number(value) - Number(current[name] ?? 0) };
    else set[name] = value;
  }
  return set;
}

function writable(kind: string, name: string) {
  const rule = ruleOf(kind).fields[name];
  if (!rule) throw new Error(`${kind} has no field ${name}`);
  if (rule.merge === "server") throw new Error(`only the server writes ${kind}.${name}`);
  return rule;
}

function codes(set: FieldSet, name: string, current: Json | undefined, wanted: Json): void {
  const before = (current ?? []) as string[];
  const after = (wanted ?? []) as string[];
  const add = [...new Set(after)].filter((code) => !before.includes(code)).sort();
  const remove = before.filter((code) => !after.includes(code)).sort();
  if (add.length || remove.length) set[name] = { add, remove };
}

/** Whole pairs, halves of a character (an emoji that a length limit cut in two), null characters. */
const PAIRS_AND_UNSENDABLE = /[\uD800-\uDBFF][\uDC00-\uDFFF]|[\uD800-\uDFFF]|\0/g;

/** The value without what could never be sent: UTF-8 cannot carry half a character, some databases no null character. */
function sendable(value: Json): Json {
  if (typeof value === "string") return value.replace(PAIRS_AND_UNSENDABLE, (found) => (found.length === 2 ? found : ""));
  if (Array.isArray(value)) return value.map(sendable);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, sendable(inner)]));
}

/** Equal as JSON, whatever the order of keys. */
export function same(one: Json, other: Json): boolean {
  if (one === other) return true;
  if (one === null || other === null || typeof one !== "object" || typeof other !== "object") return false;
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  const [left, right] = [one as Doc, other as Doc];
  const names = Object.keys(left);
  return names.length === Object.keys(right).length && names.every((name) => name in right && same(left[name]!, right[name]!));
}
