/** What is left of a record that goes: its id, and nothing that it said. */

import { SCHEMAS, type FieldSchema } from "../../generated/schemas.ts";
import type { Json } from "../../typescript/sync/wire.ts";
import type { Pulled } from "./pull.ts";

/** One of these fits each pattern of the contract: an id, a time of day, a day, an instant. */
const TEXTS = ["-", "00:00", "1970-01-01", "1970-01-01T00:00:00Z"];

/**
 * A deleted document that its schema still accepts. RxDB purges deleted documents from a collection, but its
 * replication remembers the last state of each for ever, so that state must say nothing.
 */
export function blank(kind: string, id: string, version: number): Pulled {
  const { properties, required = [] } = SCHEMAS[kind]!;
  const values = required.map((name) => [name, emptyOf(properties[name]!)]);
  return { ...Object.fromEntries(values), id, kith_version: version, _deleted: true } as Pulled;
}

function emptyOf(field: FieldSchema): Json {
  const types = ([] as string[]).concat(field.type ?? "object");
  const [first] = (field["enum"] as Json[] | undefined) ?? [];
  if (types.includes("null")) return null;
  if (first !== undefined) return first;
  if (types.includes("string")) return TEXTS.find((text) => new RegExp(String(field["pattern"] ?? "")).test(text)) ?? "-";
  if (types.includes("integer") || types.includes("number")) return (field["minimum"] as number | undefined) ?? 0;
  if (types.includes("boolean")) return false;
  return types.includes("array") ? [] : {};
}
