/** Which answers a person may give to a change that was made twice, beside one of the two. */

import type { Json } from "@contract/sync/index.ts";
import type { ConflictDoc, FieldRule } from "@generated/contract.ts";

/** Lines in which anything may be written: no date, number, code, postcode or address of another kind. */
const LINES = ["name", "given_name", "family_name", "phone", "address", "referrer_name"];

/** May somebody write a third value? Only into plain text: anything else has a form of its own. */
export function mayWrite(rule: Pick<FieldRule, "merge"> | undefined, field: string): boolean {
  return rule?.merge === "text" || (rule?.merge === "scalar" && LINES.includes(field));
}

/** What stands when it joins both texts, so that both may be kept; null when one of the two stands as it was. */
export function joined(rule: Pick<FieldRule, "merge"> | undefined, { mine, theirs, kept }: Pick<ConflictDoc, "mine" | "theirs" | "kept">): string | null {
  const stands: Json = kept["value"] ?? null;
  if (rule?.merge !== "text" || typeof stands !== "string") return null;
  return stands === mine["value"] || stands === theirs["value"] ? null : stands;
}
