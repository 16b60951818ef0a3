/** How a document of the contract lies in a table: plain columns, times as milliseconds, sets and objects as JSON. */

import { KINDS } from "../../generated/contract.ts";
import { SCHEMAS, type FieldSchema } from "../../generated/schemas.ts";
import { copied } from "../../typescript/sync/copy.ts";
import type { Doc, Json } from "../../typescript/sync/wire.ts";

export type Cell = string | number | boolean | null;
export type Raw = { [column: string]: Cell };

export interface Column {
  name: string;
  type: "string" | "number" | "boolean";
  isOptional: boolean;
  holds: "plain" | "time" | "json";
  /** What an empty column of a new record stands for. */
  default: Json;
}

/** The columns of a kind, in the order of the contract. */
export function columnsOf(kind: string): Column[] {
  const schema = SCHEMAS[kind];
  if (!schema) throw new Error(`the contract has no kind ${kind}`);
  const required = new Set(schema.required);
  return Object.entries(schema.properties).map(([name, field]) => column(name, field, required.has(name)));
}

/** The document that a row holds. */
export function docOf(kind: string, raw: Raw): Doc {
  return Object.fromEntries(columnsOf(kind).map((column) => [column.name, valueOf(column, raw[column.name] ?? null)]));
}

/** The columns that hold a document. */
export function rawOf(kind: string, doc: Doc): Raw {
  return Object.fromEntries(columnsOf(kind).map((column) => [column.name, cellOf(column, doc[column.name] ?? null)]));
}

export function valueOf(column: Column, cell: Cell): Json {
  if (cell === null || cell === undefined) return copied(column.default);
  if (column.holds === "json") return cell === "" ? copied(column.default) : (JSON.parse(String(cell)) as Json);
  if (column.holds === "time") return typeof cell === "number" ? new Date(cell).toISOString().replace(".000Z", "Z") : cell;
  return cell;
}

export function cellOf(column: Column, value: Json): Cell {
  if (value === null || value === undefined) return null;
  if (column.holds === "json") return JSON.stringify(value);
  if (column.holds === "time") return Date.parse(String(value));
  return value as Cell;
}

/** The fields whose changes are told as differences, so that what they were must be known. */
export function differing(kind: string): string[] {
  const fields = KINDS[kind as keyof typeof KINDS].fields as { [name: string]: { merge: string } };
  return Object.keys(fields).filter((name) => fields[name]!.merge === "set" || fields[name]!.merge === "delta");
}

function column(name: string, field: FieldSchema, required: boolean): Column {
  const types = ([] as string[]).concat(field.type ?? "object");
  const isOptional = !required || types.includes("null");
  const [type, holds] = kindOf(types.find((one) => one !== "null") ?? "object", field.format);
  return { name, type, isOptional, holds, default: (field["default"] as Json | undefined) ?? null };
}

function kindOf(type: string, format: string | undefined): [Column["type"], Column["holds"]] {
  if (type === "integer" || type === "number") return ["number", "plain"];
  if (type === "boolean") return ["boolean", "plain"];
  if (type === "string") return format === "date-time" ? ["number", "time"] : ["string", "plain"];
  return ["string", "json"];
}
