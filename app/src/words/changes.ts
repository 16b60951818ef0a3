/** A change in the outbox as a sentence: "New note", "Changed phone number of a person". */

import type { OutboxEntry } from "@contract/sync/index.ts";
import { fieldWords, listWords } from "./plain.ts";

export const KIND_WORDS: { readonly [kind: string]: string } = {
  person: "person", referral: "referral", consent: "consent", note: "note", placement: "choice", exposure: "shortlist shown",
  volunteer: "your details", task: "task", measure: "wellbeing measure", conflict: "change made twice", asset: "group or service",
  ask: "request for your help", claim: "task that you took",
};

const COMMAND_WORDS: { readonly [command: string]: string } = {
  see_ask: "See that you were asked to help", decline_ask: "Say no to a task", set_out: "Set out for a task", thank: "Thank a volunteer",
  claim: "Claim a task", release: "Give a task back", complete: "Say that a task is done", offer_place: "Ask for a place",
  accept_place: "Take up a place", decline_place: "Give a place back", resolve_conflict: "Settle a change made twice",
};

export function changeWords({ op, kind, set, command }: Pick<OutboxEntry, "op" | "kind" | "set" | "command">): string {
  const what = KIND_WORDS[kind] ?? kind.replaceAll("_", " ");
  if (command) return commandWords(command.name);
  if (op === "create") return `New ${what}`;
  if (op === "delete") return `Remove ${what}`;
  const fields = Object.keys(set).filter((field) => !["easting", "northing", "district"].includes(field)).map((field) => fieldWords(field).toLowerCase());
  return `Change ${listWords(fields)} (${what})`;
}

export function commandWords(name: string): string {
  return COMMAND_WORDS[name] ?? name.replaceAll("_", " ");
}
