/** For whom a time bank's desk can open an account: those on this phone who have none. */

import type { Item } from "../data/live.ts";
import { plain } from "./likeness.ts";

export type Type = "person" | "group" | "organisation";

export interface Owner {
  readonly id: string;
  readonly name: string;
}

interface Known {
  readonly volunteers: readonly Item<"volunteer">[];
  readonly organisations: readonly Item<"organisation">[];
  readonly accounts: readonly Item<"account">[];
}

const MOST = 8;

/** Those whose name has every word that was typed, by name; the chosen one stays. A group is an organisation, too. */
export function ownersFor(type: Type, typed: string, chosen: string, { volunteers, organisations, accounts }: Known): Owner[] {
  const all = type === "person"
    ? volunteers.filter(({ doc }) => doc.status !== "left").map(({ id, doc }) => ({ id, name: `${doc.given_name} ${doc.family_name}` }))
    : organisations.map(({ id, doc }) => ({ id, name: doc.name }));
  const have = new Set(accounts.map(({ doc }) => doc.owner_id));
  const words = typed.split(/\s+/).map(plain).filter(Boolean);
  const isMeant = ({ id, name }: Owner): boolean => id === chosen || (words.length > 0 && words.every((word) => plain(name).includes(word)));
  return all.filter((one) => !have.has(one.id) && isMeant(one)).sort((a, b) => a.name.localeCompare(b.name)).slice(0, MOST);
}
