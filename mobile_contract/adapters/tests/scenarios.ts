/** The story that every client must tell alike: what a person does on one phone and sees on another. */

import assert from "node:assert/strict";
import type { Doc } from "../../typescript/sync/wire.ts";
import { admin, team, until, type Client, type Phone } from "./stage.ts";

export interface Scenario {
  name: string;
  phones: number;
  play(team_id: string, phones: Phone[], names: string[]): Promise<void>;
}

function person(team_id: string, more: Doc = {}): Doc {
  return { team_id, given_name: "Ada", family_name: "Quill", made_up: true, ...more };
}

async function syncAll(...phones: Phone[]): Promise<void> {
  for (const phone of phones) await phone.sync();
}

/** Both hold the same, and it is this. */
async function agree(kind: string, id: string, wanted: Doc, ...phones: Phone[]): Promise<void> {
  for (const phone of phones) {
    const doc = (await phone.read(kind, id)) ?? {};
    assert.deepEqual(Object.fromEntries(Object.keys(wanted).map((name) => [name, doc[name]])), wanted);
  }
}

export const scenarios: Scenario[] = [
  {
    name: "a record made on one phone is seen, edited and deleted on another",
    phones: 2,
    async play(team_id, [a, b]) {
      const id = await a!.create("person", person(team_id, { languages: ["en"], max_km: 3 }));
      await syncAll(a!, b!);
      await agree("person", id, { given_name: "Ada", languages: ["en"], max_km: 3, online_ok: false }, a!, b!);
      await b!.edit("person", id, { given_name: "Adah", phone: "01245 000000" });
      await syncAll(b!, a!);
      await agree("person", id, { given_name: "Adah", phone: "01245 000000" }, a!, b!);
      assert.deepEqual(await a!.read("person", id), await b!.read("person", id));
      await a!.remove("person", id);
      await syncAll(a!, b!);
      assert.deepEqual([await a!.ids("person"), await b!.ids("person")], [[], []]);
    },
  },
  {
    name: "times, lists and links arrive as they were written",
    phones: 2,
    async play(team_id, [a, b]) {
      const id = await a!.create("person", person(team_id));
      const note = { person_id: id, team_id, type: "call", text: "Rang twice; “no answer” 🙂", written_at: "2026-11-21T10:15:30Z" };
      const noteId = await a!.create("note", note);
      await syncAll(a!, b!);
      await agree("note", noteId, note, a!, b!);
    },
  },
  {
    name: "two edits of one field become a conflict that both phones see, and edits of other fields meet",
    phones: 2,
    async play(team_id, [a, b]) {
      const id = await a!.create("person", person(team_id, { languages: ["en"] }));
      await syncAll(a!, b!);
      await a!.edit("person", id, { given_name: "Adah", languages: ["en", "pl"], phone: "1" });
      await b!.edit("person", id, { given_name: "Adele", languages: ["tr"], max_km: 4 });
      await syncAll(a!, b!, a!);
      await agree("person", id, { languages: ["pl", "tr"], phone: "1", max_km: 4 }, a!, b!);
      assert.deepEqual(await a!.read("person", id), await b!.read("person", id));
      const [conflict] = await a!.ids("conflict");
      assert.deepEqual(await b!.ids("conflict"), [conflict]);
      await agree("conflict", conflict!, { record_id: id, field: "given_name", status: "open" }, a!, b!);
      await a!.command("conflict", conflict!, "resolve_conflict", { keep: "other", value: "Adah Adele" });
      await syncAll(a!, b!);
      await agree("person", id, { given_name: "Adah Adele" }, a!, b!);
    },
  },
  {
    name: "long text of two people is kept, both of it",
    phones: 2,
    async play(team_id, [a, b]) {
      const id = await a!.create("person", person(team_id, { what_matters: "Her garden." }));
      await syncAll(a!, b!);
      await a!.edit("person", id, { what_matters: "Her garden. Her cat." });
      await b!.edit("person", id, { what_matters: "Her garden. Her sister." });
      await syncAll(a!, b!, a!);
      const [mine, theirs] = [(await a!.read("person", id))!["what_matters"], (await b!.read("person", id))!["what_matters"]];
      assert.equal(mine, theirs);
      assert.ok(String(mine).includes("cat") && String(mine).includes("sister"), String(mine));
    },
  },
  {
    name: "a deletion stands against an edit, and the edit is kept as a conflict",
    phones: 2,
    async play(team_id, [a, b]) {
      const id = await a!.create("person", person(team_id));
      await syncAll(a!, b!);
      await a!.remove("person", id);
      await b!.edit("person", id, { phone: "what b wrote" });
      await syncAll(a!, b!, a!, b!);
      assert.deepEqual([await a!.ids("person"), await b!.ids("person")], [[], []]);
      assert.equal((await b!.ids("conflict")).length, 1);
    },
  },
  {
    name: "a refused change holds nothing else up, asks for nothing twice, and goes when it is mended",
    phones: 2,
    async play(team_id, [a, b]) {
      const good = await a!.create("person", person(team_id));
      const bad = await a!.create("person", person(team_id, { given_name: "Bea" }));
      await syncAll(a!);
      await a!.edit("person", bad, { team_id: "a-team-of-others", phone: "6" });
      await a!.edit("person", good, { phone: "2" });
      await syncAll(a!, b!);
      await agree("person", good, { phone: "2" }, a!, b!);
      assert.deepEqual(await a!.refused(), ["not-yours"]);
      const pushes = () => a!.net.asked.filter((path) => path === "/v1/sync/push").length;
      const before = pushes();
      await syncAll(a!, a!);
      assert.equal(pushes(), before, "a refused change that is as it was is not sent again");
      await a!.edit("person", bad, { team_id, max_km: 7 });
      await syncAll(a!, b!);
      await agree("person", bad, { max_km: 7, given_name: "Bea" }, a!, b!);
    },
  },
  {
    name: "a refused new record is put before the person, and the others go through",
    phones: 2,
    async play(team_id, [a, b]) {
      await a!.create("person", person("another-team"));
      const good = await a!.create("person", person(team_id));
      await syncAll(a!, b!);
      assert.deepEqual(await b!.ids("person"), [good]);
      assert.deepEqual(await a!.refused(), ["not-yours"]);
    },
  },
  {
    name: "more records than a page holds arrive once each, also through cuts, and all go when the team is lost",
    phones: 1,
    async play(team_id, [a], [name]) {
      await admin({ many: { team_id, kind: "person", doc: person(team_id), count: 1_205 } });
      a!.net.cut = 2;
      for (let tries = 0; tries < 4 && (await a!.ids("person")).length < 1_205; tries++) await a!.sync();
      assert.equal((await a!.ids("person")).length, 1_205);
      assert.ok(a!.net.asked.filter((path) => path === "/v1/sync/pull").length >= 2);
      await admin({ teams: { [name!]: ["somewhere-else"] } });
      await a!.sync();
      assert.deepEqual(await a!.ids("person"), []);
      assert.equal(await a!.traces("person"), 0, "nothing is left on the disk");
    },
  },
  {
    name: "an answer that is lost is asked for again in the same words, and every change counts once",
    phones: 2,
    async play(team_id, [a, b]) {
      const [person_id, placement] = await placed(team_id, a!);
      await syncAll(a!, b!);
      await a!.edit("placement", placement, { attended: 2 });
      await a!.edit("person", person_id, { languages: ["en"] });
      const made = await a!.create("person", person(team_id, { given_name: "Once" }));
      a!.net.lost = 1;
      await a!.sync();
      await a!.edit("placement", placement, { attended: 3 });
      await a!.edit("person", person_id, { languages: ["pl"] });
      await b!.edit("placement", placement, { attended: 10 });
      await b!.sync();
      a!.net.lost = 1;
      await a!.sync();
      await a!.restart();
      await syncAll(a!, b!, a!);
      await agree("placement", placement, { attended: 13 }, a!, b!);
      await agree("person", person_id, { languages: ["pl"] }, a!, b!);
      assert.deepEqual(await b!.ids("person"), [person_id, made].sort());
      assert.deepEqual([await a!.refused(), await b!.ids("conflict")], [[], []]);
    },
  },
  {
    name: "work without a signal waits, survives a restart and is sent when there is one",
    phones: 2,
    async play(team_id, [a, b]) {
      const id = await a!.create("person", person(team_id));
      await a!.sync();
      a!.net.offline = true;
      await a!.edit("person", id, { phone: "3" });
      const other = await a!.create("person", person(team_id, { given_name: "Otto" }));
      await a!.sync();
      await a!.restart();
      await a!.edit("person", other, { given_name: "Ottilie" });
      a!.net.offline = false;
      await syncAll(a!, b!);
      await agree("person", id, { phone: "3" }, a!, b!);
      await agree("person", other, { given_name: "Ottilie" }, a!, b!);
    },
  },
  {
    name: "an edit made while its record is being sent is sent after it",
    phones: 2,
    async play(team_id, [a, b]) {
      const id = await a!.create("person", person(team_id));
      a!.net.meanwhile = { path: "/v1/sync", work: () => a!.edit("person", id, { given_name: "Adah", phone: "4" }) };
      await syncAll(a!, a!, b!);
      await agree("person", id, { given_name: "Adah", phone: "4" }, a!, b!);
      assert.deepEqual(await a!.refused(), []);
    },
  },
  {
    name: "a cursor that no longer counts is given up, and nothing unsent with it",
    phones: 2,
    async play(team_id, [a, b]) {
      const id = await a!.create("person", person(team_id));
      const gone = await a!.create("person", person(team_id, { given_name: "Gone" }));
      await syncAll(a!, b!);
      await b!.remove("person", gone);
      await b!.sync();
      await a!.edit("person", id, { phone: "5" });
      const own = await a!.create("person", person(team_id, { given_name: "New" }));
      await admin({ epoch: true });
      await syncAll(a!, b!, a!);
      assert.deepEqual([await a!.ids("person"), await b!.ids("person")], [[id, own].sort(), [id, own].sort()]);
      await agree("person", id, { phone: "5" }, a!, b!);
    },
  },
  {
    name: "a lost case goes from the phone, and what was written on it is not lost without a word",
    phones: 2,
    async play(team_id, [a, b], [nameA]) {
      const id = await a!.create("person", person(team_id));
      const own = await a!.create("person", person(team_id, { given_name: "Oona" }));
      await syncAll(a!, b!);
      a!.net.offline = true;
      await a!.edit("person", id, { phone: "written after the case was lost" });
      await admin({ teams: { [nameA!]: ["somewhere-else"] } });
      a!.net.offline = false;
      await syncAll(a!, a!);
      assert.deepEqual([await a!.ids("person"), await a!.traces("person")], [[], 0], `${own} and ${id} are gone`);
      assert.equal((await a!.refused()).length, 1);
      await b!.sync();
      assert.equal((await b!.ids("person")).length, 2);
    },
  },
  {
    name: "what a colleague writes appears by itself",
    phones: 2,
    async play(team_id, [a, b]) {
      await syncAll(a!, b!);
      b!.live();
      await until(async () => b!.net.asked.length > 0);
      const id = await a!.create("person", person(team_id));
      await a!.sync();
      await until(async () => (await b!.ids("person")).includes(id));
    },
  },
];

/** A person with a referral and something chosen for them; gives the ids of the person and of the placement. */
async function placed(team_id: string, phone: Phone): Promise<[string, string]> {
  const person_id = await phone.create("person", person(team_id));
  const referral_id = await phone.create("referral", { person_id, team_id, needs: ["falls"], received_on: "2026-11-21" });
  const chosen = { referral_id, person_id, team_id, item_kind: "asset", item_id: "a1", chosen_at: "2026-11-21T10:00:00Z" };
  return [person_id, await phone.create("placement", chosen)];
}

/** Plays a scenario with new colleagues who know nothing of the others'. */
export async function play(client: Client, scenario: Scenario): Promise<void> {
  const { names, team_id } = await team(client.name.replace(/[^A-Za-z]/g, ""), scenario.phones);
  const phones: Phone[] = [];
  try {
    for (const name of names) phones.push(await client.open(name));
    await scenario.play(team_id, phones, names);
  } finally {
    for (const phone of phones) await phone.close();
  }
}
