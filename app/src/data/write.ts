/** Writing: each helper makes changes in the outbox, then lets the engine send them when it can. */

import type { Account, ChangesOf, Doc, DraftOf, Seen } from "@contract/sync/index.ts";
import { KINDS, type Docs, type Draft as NewDoc, type Kind, type ReferralDoc } from "@generated/contract.ts";
import type { Reach } from "../ui/context.ts";
import type { Item } from "./live.ts";

export type ReferralStatus = ReferralDoc["status"];

/** May this account write records of a kind at all? */
export function mayWriteKind(account: Pick<Account, "roles">, kind: Kind): boolean {
  return account.roles.some((role) => KINDS[kind].writers.includes(role));
}

/** Add a record; gives its id. */
export async function create<K extends Kind>({ kith, engine }: Reach, kind: K, doc: NewDoc<K>, id?: string): Promise<string> {
  const made = await kith.client.create(kind, doc as DraftOf<K>, id);
  engine.soon();
  return made;
}

/** Change fields; gives the ids of the changes, none when nothing is different. seen : the record as its form was opened on it. */
export async function patch<K extends Kind>({ kith, engine }: Reach, kind: K, id: string, set: Partial<Docs[K]>, seen?: Seen): Promise<string[]> {
  const mid = await kith.client.patch(kind, id, set as ChangesOf<K>, seen);
  engine.soon();
  return mid === null ? [] : [mid];
}

/** Ask the server to decide something; it waits in the outbox until then. */
export async function command(
  { kith, engine }: Reach,
  kind: Kind,
  id: string,
  name: string,
  args: Doc = {},
  validUntil: string | null = null,
): Promise<string> {
  const mid = await kith.client.command(kind, id, name, args, validUntil);
  engine.soon();
  return mid;
}

/** The states that a referral may move to from here. */
export function movesFrom(status: ReferralStatus): ReferralStatus[] {
  return (KINDS.referral.fields["status"]?.moves?.[status] ?? []) as ReferralStatus[];
}

/** The shortest legal way from one state to another, without the first; null when there is none. */
export function wayTo(from: ReferralStatus, to: ReferralStatus): ReferralStatus[] | null {
  const ways: ReferralStatus[][] = [[from]];
  const seen = new Set([from]);
  for (const way of ways) {
    const last = way.at(-1) ?? from;
    if (last === to) return way.slice(1);
    for (const next of movesFrom(last)) {
      if (seen.has(next)) continue;
      seen.add(next);
      ways.push([...way, next]);
    }
  }
  return null;
}

/** Move a referral to a state through the legal states between, each a change of its own. */
export async function moveReferral(
  reach: Reach,
  referral: Item<"referral">,
  to: ReferralStatus,
  also: Partial<ReferralDoc> = {},
): Promise<string[]> {
  const way = wayTo(referral.doc.status, to) ?? [to];
  const mids: string[] = [];
  for (const status of way) {
    const last = status === way.at(-1);
    mids.push(...(await patch(reach, "referral", referral.id, { status, ...(last ? also : {}) })));
  }
  return mids;
}
