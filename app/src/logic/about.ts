/** Whom or what a record is about, by the names that this phone holds. */

import type { Doc } from "@contract/sync/index.ts";
import type { Kind } from "@generated/contract.ts";

/** Gives a record as the phone has it. */
export type Look = (kind: Kind, id: string) => Doc | undefined;

/** Where a record has no name of its own: what it belongs to, the nearest first. */
const ITS: readonly (readonly [field: string, kind: Kind])[] = [
  ["person_id", "person"], ["referral_id", "referral"], ["volunteer_id", "volunteer"], ["task_id", "task"], ["course_id", "course"], ["asset_id", "asset"],
  ["account_id", "account"], ["item_id", "item"], ["household_id", "household"], ["round_id", "round"], ["opportunity_id", "opportunity"],
];

/** The names of those it is about: none where neither the record nor the phone tells. Two of both sides of an exchange. */
export function namesIn(doc: Doc, look: Look): readonly string[] {
  const own = ownNames(doc);
  if (own.length > 0) return own;
  for (const [field, kind] of ITS) {
    const id = doc[field];
    const its = typeof id === "string" ? look(kind, id) : undefined;
    const names = its ? namesIn(its, look) : [];
    if (names.length > 0) return names;
  }
  return [];
}

/** Whom a command is for, beside the record that it is sent to; a number that was typed stands for who has no name here. */
const FOR: readonly (readonly [field: string, kinds: readonly Kind[], isTyped: boolean])[] = [
  ["to_account_id", ["account"], true], ["with_account_id", ["account"], true], ["owner_id", ["volunteer", "organisation"], true],
  ["request_id", ["time_request"], false], ["offer_id", ["offer"], false],
];

/** What a command asks for by name, or whom it is for; none where the record that it is sent to says it all. */
export function namesFor(args: Doc, look: Look): readonly string[] {
  if (typeof args["title"] === "string") return [args["title"]];
  for (const [field, kinds, isTyped] of FOR) {
    const id = args[field];
    if (typeof id !== "string") continue;
    const names = kinds.flatMap((kind) => namesIn(look(kind, id) ?? {}, look));
    if (names.length > 0 || isTyped) return names.length > 0 ? names : [id];
  }
  return [];
}

const WRITTEN = ["line", "note", "description"];

/** What somebody wrote in a command, in their own words; a value by which a change made twice is settled may be a code or a day. */
export function writtenIn(args: Doc): readonly string[] {
  const { value } = args;
  const all = [...WRITTEN.map((field) => args[field]), typeof value === "string" && /[\s\p{Lu}]/u.test(value) ? value : null];
  return all.filter((text): text is string => typeof text === "string" && text !== "");
}

function ownNames({ given_name, family_name, giver_name, receiver_name, name }: Doc): readonly string[] {
  const whole = [given_name, family_name].filter(Boolean).join(" ").trim();
  return [whole, giver_name, receiver_name, name].filter((one): one is string => typeof one === "string" && one !== "");
}
