/** The caseload as the list shows it: each person once, with the most pressing thing to do. */

import { dueFor, type Due } from "../logic/due.ts";
import { plain } from "../logic/likeness.ts";
import type { Item } from "./live.ts";

export interface CaseloadLine {
  readonly person: Item<"person">;
  readonly referral: Item<"referral"> | null;
  readonly due: Due | null;
}

/** Those with something due first, the earliest on top; then the rest by name. */
export function caseload(
  people: readonly Item<"person">[],
  referrals: readonly Item<"referral">[],
  notes: readonly Item<"note">[],
): CaseloadLine[] {
  const last = lastContacts(notes);
  const byPerson = new Map<string, Item<"referral">[]>();
  for (const referral of referrals) {
    byPerson.set(referral.doc.person_id, [...(byPerson.get(referral.doc.person_id) ?? []), referral]);
  }
  return people.map((person) => lineOf(person, byPerson.get(person.id) ?? [], last.get(person.id) ?? null)).sort(inOrder);
}

function lineOf(person: Item<"person">, referrals: readonly Item<"referral">[], lastContactOn: string | null): CaseloadLine {
  const newest = [...referrals].sort((a, b) => (a.doc.received_on < b.doc.received_on ? 1 : -1));
  let first: CaseloadLine = { person, referral: newest[0] ?? null, due: null };
  for (const referral of newest) {
    const due = dueFor(referral.doc, lastContactOn);
    if (due && (first.due === null || due.by < first.due.by)) first = { person, referral, due };
  }
  return first;
}

function inOrder(a: CaseloadLine, b: CaseloadLine): number {
  const [x, y] = [a.due?.by ?? "9999", b.due?.by ?? "9999"];
  return x < y ? -1 : x > y ? 1 : nameOf(a.person).localeCompare(nameOf(b.person), "en-GB");
}

function lastContacts(notes: readonly Item<"note">[]): Map<string, string> {
  const last = new Map<string, string>();
  for (const { doc } of notes) {
    const on = doc.written_at.slice(0, 10);
    if ((last.get(doc.person_id) ?? "") < on) last.set(doc.person_id, on);
  }
  return last;
}

export function nameOf(person: Pick<Item<"person">, "doc">): string {
  return `${person.doc.given_name} ${person.doc.family_name}`.trim();
}

/** Those whose name has every word that was typed, accents and case aside. */
export function found<T extends { readonly person: Item<"person"> }>(lines: readonly T[], typed: string): T[] {
  const words = typed.split(/\s+/).map(plain).filter(Boolean);
  if (words.length === 0) return [...lines];
  return lines.filter(({ person }) => {
    const parts = [person.doc.given_name, person.doc.family_name].flatMap((name) => name.split(/[\s-]+/)).map(plain);
    return words.every((word) => parts.some((part) => part.startsWith(word)) || plain(nameOf(person)).includes(word));
  });
}
