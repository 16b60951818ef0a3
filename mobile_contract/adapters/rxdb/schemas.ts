/** RxDB's schemas and collections, made from the contract so that nobody types them by hand. */

import type { RxCollectionCreator, RxJsonSchema } from "rxdb";
import { KINDS, type Docs, type Kind } from "../../generated/contract.ts";
import { SCHEMAS } from "../../generated/schemas.ts";
import { copied } from "../../typescript/sync/copy.ts";
import type { Json } from "../../typescript/sync/wire.ts";
import { kithConflictHandler } from "./conflict.ts";

/** A record in RxDB: the contract's fields, its id, and the server's version of it (0 while only this device has it). */
export type KithDoc<K extends Kind = Kind> = Docs[K] & { id: string; kith_version: number };
/** The same, of any kind. */
export type AnyDoc = { id: string; kith_version: number; [field: string]: Json };

/** The collection of the adapter's own: sessions, what is on its way. */
export const KEEP = "kith_keep";

const KEPT_WORDS = ["type", "format", "enum", "minimum", "maximum", "minLength", "maxLength", "pattern", "items", "properties", "required", "additionalProperties"];

/** The schema of a kind. Raise `version` and give a migration strategy when the contract's fields have changed. */
export function kithSchema(kind: string, version = 0): RxJsonSchema<AnyDoc> {
  const { properties, required = [] } = SCHEMAS[kind]!;
  const fields = Object.fromEntries(Object.entries(properties).map(([name, field]) => [name, plain(field)]));
  const ours = { id: { type: "string", maxLength: 64 }, kith_version: { type: "integer", minimum: 0, default: 0 } };
  const schema = { title: kind, version, primaryKey: "id", type: "object", properties: { ...ours, ...fields }, required: ["id", ...required] };
  return schema as unknown as RxJsonSchema<AnyDoc>;
}

/** What `database.addCollections` wants for `kinds`, all by default. A collection is called as its kind. */
export function kithCollections(kinds: readonly string[] = Object.keys(KINDS)): { [name: string]: RxCollectionCreator<any> } {
  const records = kinds.map((kind) => [kind, { schema: kithSchema(kind), conflictHandler: kithConflictHandler }]);
  return { ...Object.fromEntries(records), [KEEP]: { schema: KEEP_SCHEMA } };
}

/** A new record's fields with the contract's defaults, as `collection.insert` wants them. */
export function newDoc<K extends Kind>(kind: K, id: string, given: Partial<Docs[K]>): KithDoc<K> {
  const fields = KINDS[kind].fields as { [name: string]: { default: Json } };
  const defaults = Object.fromEntries(Object.entries(fields).map(([name, rule]) => [name, copied(rule.default)]));
  const known = Object.fromEntries(Object.entries({ ...defaults, ...given }).filter(([, value]) => value !== null));
  return { ...known, id, kith_version: 0 } as unknown as KithDoc<K>;
}

const KEEP_SCHEMA = {
  version: 0, primaryKey: "name", type: "object",
  properties: { name: { type: "string", maxLength: 100 }, json: { type: "string" } }, required: ["name", "json"],
} as const;

function plain(field: unknown): unknown {
  if (Array.isArray(field)) return field.map(plain);
  if (!field || typeof field !== "object") return field;
  const kept = Object.entries(field).filter(([word]) => KEPT_WORDS.includes(word));
  return Object.fromEntries(kept.map(([word, value]) => [word, word === "properties" ? each(value as object) : plain(value)]));
}

function each(fields: object): unknown {
  return Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, plain(field)]));
}
