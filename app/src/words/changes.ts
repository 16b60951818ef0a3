/** A change in the outbox as a sentence: "New note (Ada Example)", "Change phone number (person)". */

import type { OutboxEntry } from "@contract/sync/index.ts";
import { type Kind, KINDS } from "@generated/contract.ts";
import en from "./en/changes.json";
import { listWords, small } from "./plain.ts";
import { t, textOf } from "./t.ts";

/** What follows from a field beside it, so that nobody needs to hear of it. */
const SILENT = ["easting", "northing", "district", "made_up"];

export function isSilent(field: string): boolean {
  return SILENT.includes(field);
}

export function kindWords(kind: string): string {
  // Another version of the contract may know more kinds than this app has words for.
  return kind in KINDS ? t(`changes.kinds.${kind as Kind}`) : t("changes.unnamed");
}

type Change = Pick<OutboxEntry, "op" | "kind" | "set" | "command">;

/** The change, and of whom or what where that is known; else of what kind of record. */
export function changeWords(entry: Change, about: string | null = null): string {
  const change = doneWords(entry);
  if (about === null && (entry.op !== "patch" || entry.command)) return change;
  return t("changes.of", { change, about: about ?? kindWords(entry.kind) });
}

function doneWords({ op, kind, set, command }: Change): string {
  if (command) return commandWords(command.name);
  if (op === "create") return t("changes.new", { kind: kindWords(kind) });
  if (op === "delete") return t("changes.remove", { kind: kindWords(kind) });
  const fields = Object.keys(set).filter((field) => !isSilent(field)).map((field) => small(fieldWords(field)));
  return t("changes.change", { fields: listWords([...new Set(fields)]) });
}

/** A file is told as the change that it is: "New picture or signature". */
export function fileWords(): string {
  return t("changes.new", { kind: kindWords("attachment") });
}

/** What was asked of the server: "Claim a task". */
export function commandWords(name: string): string {
  return textOf(`changes.commands.${name}`, name.replaceAll("_", " "));
}

/** A field as people know it: "Date of birth". */
export function fieldWords(field: string): string {
  return Object.hasOwn(en.fields, field) ? t(`changes.fields.${field as keyof typeof en.fields}`) : field.replaceAll("_", " ");
}
