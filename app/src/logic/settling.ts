/** Which answers a person may give to a change that was made twice, beside one of the two. */

import type { Account, Doc, Json } from "@contract/sync/index.ts";
import { type ConflictDoc, type FieldRule, type KindRule, KINDS } from "@generated/contract.ts";

/** Lines in which anything may be written: no date, number, code, postcode or address of another kind. */
const LINES = [
  "name", "given_name", "family_name", "phone", "address", "referrer_name", "email", "guardian_name", "caller_name", "caller_phone", "place", "area",
  "provider", "referee", "location", "url",
];

/** How a third value is written. codes: one of a vocabulary. order: one of the rule's own, from the least to the most restrictive. */
export type Third = "text" | "line" | "day" | "number" | "codes" | "order";

type Rule = Pick<FieldRule, "merge" | "vocabulary" | "order">;
type Sides = Pick<ConflictDoc, "mine" | "theirs" | "kept">;

/** How somebody may write a third value; null where there is none: of yes and no, of states that only move, of references. */
export function thirdOf(rule: Rule | undefined, field: string, { mine, theirs }: Pick<Sides, "mine" | "theirs">): Third | null {
  if (!rule || field === "*" || "with" in mine || "with" in theirs) return null;
  const values = [mine["value"], theirs["value"]];
  if (rule.merge === "text") return "text";
  if (rule.merge === "restrict") return (rule.order?.length ?? 0) > 2 ? "order" : null;
  if (rule.merge !== "scalar") return null;
  if (rule.vocabulary) return "codes";
  if (LINES.includes(field)) return "line";
  if (field.endsWith("_on") && values.every((one) => typeof one === "string" || one === null)) return "day";
  return values.some((one) => typeof one === "number") ? "number" : null;
}

/** What stands when it joins both texts, so that both may be kept; null when one of the two stands as it was. */
export function joined(rule: Pick<FieldRule, "merge"> | undefined, { mine, theirs, kept }: Sides): string | null {
  const stands: Json = kept["value"] ?? null;
  if (rule?.merge !== "text" || typeof stands !== "string") return null;
  return stands === mine["value"] || stands === theirs["value"] ? null : stands;
}

/** Whether somebody may settle a change of this record: it reaches all who hold the record, and only who writes such records can. */
export function maySettle(
  { record_kind, record_id }: Pick<ConflictDoc, "record_kind" | "record_id">, { roles, asset_ids }: Pick<Account, "roles" | "asset_ids">,
  record: () => Doc | undefined,
): boolean {
  const rule = (KINDS as { readonly [kind: string]: KindRule })[record_kind];
  return (rule?.writers ?? []).some((role) => {
    if (!roles.includes(role)) return false;
    const field = /\{(.+)\}/.exec(rule?.own[role] ?? "")?.[1];
    return field === undefined || asset_ids.includes(field === "id" ? record_id : String(record()?.[field]));
  });
}

/** An answer as it is filled in: which of the two, both, or another and what it is. */
export interface Given {
  readonly keep: "" | "mine" | "theirs" | "both" | "other";
  readonly other: string;
}

/** What is wrong with an answer; null when it may be sent. */
export function wrongWith({ keep, other }: Given, third: Third | null): "chooseOne" | "writeIt" | "number" | null {
  if (keep === "") return "chooseOne";
  if (keep !== "other") return null;
  if (!other.trim()) return "writeIt";
  return third === "number" && !/^-?\d{1,9}$/.test(other.trim()) ? "number" : null;
}

/** The arguments of the command that settles it. */
export function answerOf({ keep, other }: Given, third: Third | null, both: string | null): Doc {
  if (keep === "both") return { keep: "other", value: both };
  if (keep !== "other") return { keep };
  return { keep, value: third === "number" ? Number(other.trim()) : other.trim() };
}

/** Conflicts by the record that they are about, the newest first, each record's as they were raised. */
export function byRecord<C extends { readonly doc: Pick<ConflictDoc, "record_kind" | "record_id" | "raised_at" | "field"> }>(conflicts: readonly C[]): C[][] {
  const groups = new Map<string, C[]>();
  const moment = ({ doc }: C): string => `${doc.raised_at} ${doc.field}`; // those of one change are raised at once
  for (const one of [...conflicts].sort((a, b) => (moment(a) < moment(b) ? -1 : 1))) {
    const key = `${one.doc.record_kind} ${one.doc.record_id}`;
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()].reverse();
}
