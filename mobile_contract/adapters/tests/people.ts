/** What the scenarios write about, and what they say of two phones. */

import assert from "node:assert/strict";
import type { Doc } from "../../typescript/sync/wire.ts";
import type { Phone } from "./stage.ts";

export interface Scenario {
  name: string;
  phones: number;
  play(team_id: string, phones: Phone[], names: string[]): Promise<void>;
}

export function person(team_id: string, more: Doc = {}): Doc {
  return { team_id, given_name: "Ada", family_name: "Quill", made_up: true, ...more };
}

export async function syncAll(...phones: Phone[]): Promise<void> {
  for (const phone of phones) await phone.sync();
}

/** Both hold the same, and it is this. */
export async function agree(kind: string, id: string, wanted: Doc, ...phones: Phone[]): Promise<void> {
  for (const phone of phones) {
    const doc = (await phone.read(kind, id)) ?? {};
    assert.deepEqual(Object.fromEntries(Object.keys(wanted).map((name) => [name, doc[name]])), wanted);
  }
}


/** A person with a referral and something chosen for them; gives the ids of the person and of the placement. */
export async function placed(team_id: string, phone: Phone): Promise<[string, string]> {
  const person_id = await phone.create("person", person(team_id));
  const referral_id = await phone.create("referral", { person_id, team_id, needs: ["falls"], received_on: "2026-11-21" });
  const chosen = { referral_id, person_id, team_id, item_kind: "asset", item_id: "a1", chosen_at: "2026-11-21T10:00:00Z" };
  return [person_id, await phone.create("placement", chosen)];
}
