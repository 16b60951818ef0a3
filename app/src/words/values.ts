/** What stands in a field, as a person would say it. */

import type { Doc, Json } from "@contract/sync/index.ts";
import { type FieldRule, type Kind, KINDS } from "@generated/contract.ts";
import { fieldWords, isSilent } from "./changes.ts";
import { dateWords, sinceWords, timeWords } from "./dates.ts";
import en from "./en/changes.json";
import { label } from "./labels.ts";
import { listWords, moneyWords } from "./plain.ts";
import { numberWords, t } from "./t.ts";

type Rules = { readonly [field: string]: FieldRule };

export function rulesOf(kind: string): Rules {
  return kind in KINDS ? (KINDS[kind as Kind].fields as Rules) : {};
}

/** Words for a value of any sort; of a deletion, that it was removed, and of a whole record its fields. */
export function valueWords(kind: string, field: string, value: Json): string {
  if (field === "*") return value === null ? t("sync.conflicts.removed") : recordWords(kind, value);
  if (value === null || value === "" || (Array.isArray(value) && value.length === 0)) return t("sync.conflicts.nothing");
  if (typeof value === "boolean") return t(value ? "sync.conflicts.yes" : "sync.conflicts.no");
  if (typeof value === "number") return field.endsWith("_pence") ? moneyWords(value) : numberWords(value);
  if (Array.isArray(value)) return listWords(value.map((one) => valueWords(kind, field, one)));
  if (typeof value === "object") return recordWords(kind, value);
  return textWords(rulesOf(kind)[field], value);
}

function textWords(rule: FieldRule | undefined, value: string): string {
  if (rule?.vocabulary) return label(rule.vocabulary, value);
  if (/^\d{4}-\d\d-\d\d$/.test(value)) return dateWords(value);
  if (/^\d{4}-\d\d-\d\dT/.test(value)) return sinceWords(value, new Date());
  if (/^\d\d:\d\d$/.test(value)) return timeWords(value);
  // A code looks like a word, but only what chooses among codes has any: a name may be "done" as well.
  const isCode = rule !== undefined && !rule.personal && /^[a-z_]+$/.test(value) && Object.hasOwn(en.values, value);
  return isCode ? t(`changes.values.${value as keyof typeof en.values}`) : value;
}

/** "First name: Ada, phone number: 01632": what was told of a whole record. */
function recordWords(kind: string, value: Json): string {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return String(value);
  const told = Object.entries(value as Doc).filter(([field, held]) => !isSilent(field) && held !== null && held !== "");
  return told.map(([field, held]) => t("sync.conflicts.pair", { field: fieldWords(field), value: valueWords(kind, field, held) })).join("; ");
}

/** What one side of a conflict says: its value, with what belongs to the same group. */
export function sideWords(kind: string, field: string, side: Doc): string {
  const rest = (side["with"] ?? {}) as Doc;
  const more = Object.entries(rest).filter(([name]) => name !== field && !isSilent(name));
  const own = valueWords(kind, field, side["value"] ?? null);
  return [own, ...more.map(([name, value]) => t("sync.conflicts.pair", { field: fieldWords(name), value: valueWords(kind, name, value) }))].join("; ");
}
