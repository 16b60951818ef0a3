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
  toTell: readonly Item<"notice">[] = [],
): CaseloadLine[] {
  const last = lastContacts(notes);
  const byPerson = grouped(referrals);
  const off = grouped(toTell.filter(({ doc }) => doc.status === "active"));
  return people.map((person) => lineOf(person, byPerson.get(person.id) ?? [], last.get(person.id) ?? null, off.get(person.id) ?? [])).sort(inOrder);
}

function lineOf(person: Item<"person">, referrals: readonly Item<"referral">[], lastContactAt: string | null, notices: readonly Item<"notice">[]): CaseloadLine {
  const newest = referrals.toSorted((a, b) => (a.doc.received_on < b.doc.received_on ? 1 : -1));
  let first: CaseloadLine = { person, referral: newest[0] ?? null, due: offDue(notices) };
  for (const referral of newest) {
    const due = dueFor(referral.doc, lastContactAt?.slice(0, 10) ?? null);
    if (due && (first.due === null || due.by < first.due.by)) first = { person, referral, due };
  }
  return first;
}

function grouped<T extends { readonly doc: { readonly person_id: string } }>(items: readonly T[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(item.doc.person_id);
    if (group) group.push(item);
    else groups.set(item.doc.person_id, [item]);
  }
  return groups;
}

/** Somebody has to be told that what they go to is off. */
function offDue(notices: readonly Item<"notice">[]): Due | null {
  const days = notices.map(({ doc }) => doc.noticed_at.slice(0, 10));
  return days.length === 0 ? null : { what: "tellOff", by: days.sort()[0] ?? "" };
}

const NAMES = new Intl.Collator("en-GB");

function inOrder(a: CaseloadLine, b: CaseloadLine): number {
  const [x, y] = [a.due?.by ?? "9999", b.due?.by ?? "9999"];
  return x < y ? -1 : x > y ? 1 : NAMES.compare(nameOf(a.person), nameOf(b.person));
}

function lastContacts(notes: readonly Item<"note">[]): Map<string, string> {
  const last = new Map<string, string>();
  for (const { doc } of notes) {
    if ((last.get(doc.person_id) ?? "") < doc.written_at) last.set(doc.person_id, doc.written_at);
  }
  return last;
}

export function nameOf(person: Pick<Item<"person">, "doc">): string {
  return `${person.doc.given_name} ${person.doc.family_name}`.trim();
}

export type Show = "all" | "due" | "new" | "active" | "ended";
export type Order = "due" | "name" | "newest";

/** Those whom a filter lets through: `new` waits for a first contact, `ended` needs no more work. */
export function shown(lines: readonly CaseloadLine[], show: Show, today: string, over: readonly string[]): CaseloadLine[] {
  const status = ({ referral }: CaseloadLine): string => referral?.doc.status ?? "";
  const fits: { readonly [S in Show]: (line: CaseloadLine) => boolean } = {
    all: () => true,
    due: ({ due }) => due !== null && due.by <= today,
    new: (line) => status(line) === "received",
    active: (line) => status(line) !== "" && status(line) !== "received" && !over.includes(status(line)),
    ended: (line) => over.includes(status(line)),
  };
  return lines.filter(fits[show]);
}

/** In the order asked for; the lines come in that of what is due. */
export function sorted(lines: readonly CaseloadLine[], order: Order): readonly CaseloadLine[] {
  if (order === "name") return lines.toSorted((a, b) => NAMES.compare(a.person.doc.family_name, b.person.doc.family_name) || NAMES.compare(nameOf(a.person), nameOf(b.person)));
  if (order === "newest") return lines.toSorted((a, b) => ((a.referral?.doc.received_on ?? "") < (b.referral?.doc.received_on ?? "") ? 1 : -1));
  return lines;
}

/** The words of names, made ready for searching once for all letters that are typed. */
export interface Sought {
  readonly person: Item<"person">;
  readonly words: readonly string[];
  readonly whole: string;
}

const indexed = new WeakMap<readonly Item<"person">[], readonly Sought[]>();

/** Worked out once for a list, whichever screens ask. */
export function indexPeople(people: readonly Item<"person">[]): readonly Sought[] {
  const made = indexed.get(people) ?? people.map(soughtOf);
  indexed.set(people, made);
  return made;
}

function soughtOf(person: Item<"person">): Sought {
  const words = nameOf(person).split(/[\s-]+/).map(plain).filter(Boolean);
  return { person, words, whole: words.join("") };
}

/** Those whose name has every word that was typed, accents and case aside. */
export function found<T extends Sought>(index: readonly T[], typed: string): readonly T[] {
  const words = typed.split(/\s+/).map(plain).filter(Boolean);
  if (words.length === 0) return index;
  return index.filter((one) => words.every((word) => one.words.some((part) => part.startsWith(word)) || one.whole.includes(word)));
}
