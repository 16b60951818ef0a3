/** The part of the story in which work once went missing: deletions before a sync, edits on their way, long journals. */

import assert from "node:assert/strict";
import type { Doc } from "../../typescript/sync/wire.ts";
import { agree, person, placed, syncAll, type Scenario } from "./people.ts";
import { admin, heldBy, type Phone } from "./stage.ts";

const MANY = 400;

export const losses: Scenario[] = [
  {
    name: "a record that was made and deleted before its first sync is seen by nobody",
    phones: 2,
    async play(team_id, [a, b]) {
      const id = await a!.create("person", person(team_id));
      await a!.remove("person", id);
      await syncAll(a!, a!, b!);
      assert.deepEqual([await a!.ids("person"), await b!.ids("person"), await a!.refused()], [[], [], []]);
    },
  },
  {
    name: "a new record that is deleted while its answer is lost goes from everybody",
    phones: 2,
    async play(team_id, [a, b]) {
      const id = await a!.create("person", person(team_id));
      a!.net.lost = 1;
      await a!.sync();
      if ((await a!.ids("person")).length) await a!.remove("person", id);
      await syncAll(a!, a!, b!, a!);
      assert.deepEqual([await a!.ids("person"), await b!.ids("person"), await a!.refused()], [[], [], []]);
    },
  },
  {
    name: "a record that is deleted while it waits for another goes when that has come",
    phones: 2,
    async play(team_id, [a, b]) {
      a!.net.offline = true;
      const person_id = await a!.create("person", person(team_id));
      const id = await b!.create("referral", { person_id, team_id, needs: ["falls"], received_on: "2026-11-21" });
      await b!.sync();
      assert.deepEqual([await b!.refused(), await b!.ids("referral")], [[], [id]]);
      await b!.remove("referral", id);
      a!.net.offline = false;
      await syncAll(b!, a!, b!, b!, a!);
      assert.deepEqual([await a!.ids("referral"), await b!.ids("referral"), await b!.refused()], [[], [], []]);
      await agree("person", person_id, { given_name: "Ada" }, a!, b!);
    },
  },
  {
    name: "an edit after a lost answer runs over no code and no step of a colleague",
    phones: 2,
    async play(team_id, [a, b]) {
      const [person_id, placement] = await begun(team_id, a!, b!);
      a!.net.lost = 1;
      await a!.sync();
      await further(a!, person_id, placement);
      await syncAll(a!, a!, b!, a!);
      await agree("person", person_id, { languages: ["ar", "en", "pl", "tr"] }, a!, b!);
      await agree("placement", placement, { attended: 12 }, a!, b!);
    },
  },
  {
    name: "an edit made while a push is on its way runs over no code and no step of a colleague",
    phones: 2,
    async play(team_id, [a, b]) {
      const [person_id, placement] = await begun(team_id, a!, b!);
      a!.net.meanwhile = { path: "/v1/sync", work: () => further(a!, person_id, placement) };
      await syncAll(a!, a!, b!, a!);
      await agree("person", person_id, { languages: ["ar", "en", "pl", "tr"] }, a!, b!);
      await agree("placement", placement, { attended: 12 }, a!, b!);
    },
  },
  {
    name: "all that a backup lacks is sent again, however much it is",
    phones: 2,
    async play(team_id, [a, b]) {
      await a!.sync();
      await admin({ backup: true });
      for (let made = 0; made < MANY; made++) await a!.create("person", person(team_id, { given_name: `Ada ${made}` }));
      await a!.sync();
      await admin({ restore: true });
      await syncAll(a!, a!, a!, b!);
      assert.deepEqual([(await a!.ids("person")).length, (await b!.ids("person")).length], [MANY, MANY]);
    },
  },
  {
    name: "what a phone holds after taking everything again is what the server has, field by field",
    phones: 2,
    async play(team_id, [a, b], [name]) {
      const [person_id, placement] = await placed(team_id, a!);
      await admin({ many: { team_id, kind: "person", doc: person(team_id, { languages: ["en"] }), count: 620 } });
      await syncAll(a!, b!);
      a!.net.offline = true;
      await b!.remove("person", `${team_id}.1`);
      await b!.edit("person", `${team_id}.2`, { languages: ["pl", "tr"], phone: "01245 000000", max_km: 3 });
      await b!.edit("placement", placement, { attended: 4 });
      await b!.sync();
      await a!.edit("person", person_id, { languages: ["ar"], what_matters: "Her garden." });
      await admin({ compact: true });
      a!.net.offline = false;
      await syncAll(a!, a!);
      const server = await heldBy(name!);
      for (const kind of ["person", "referral", "placement", "note", "conflict"]) {
        const wanted = server.get(kind) ?? new Map<string, Doc>();
        assert.deepEqual(await a!.ids(kind), [...wanted.keys()].sort());
        for (const [id, doc] of wanted) assert.deepEqual(given(await a!.read(kind, id)), given(doc));
      }
      assert.equal(server.get("person")!.size, 620);
    },
  },
];

/** A person and a placement that a colleague has edited since, and the own edits that wait to be sent. */
async function begun(team_id: string, a: Phone, b: Phone): Promise<[string, string]> {
  const [person_id, placement] = await placed(team_id, a);
  await a.edit("person", person_id, { languages: ["en"] });
  await syncAll(a, b);
  a.net.offline = true; // it hears of nothing by itself
  await b.edit("person", person_id, { languages: ["en", "tr"] });
  await b.edit("placement", placement, { attended: 10 });
  await b.sync();
  await a.edit("person", person_id, { languages: ["en", "pl"] });
  await a.edit("placement", placement, { attended: 1 });
  a.net.offline = false;
  return [person_id, placement];
}

/** One more code and one more step, on what this phone shows. */
async function further(phone: Phone, person_id: string, placement: string): Promise<void> {
  const languages = (await phone.read("person", person_id))!["languages"] as string[];
  await phone.edit("person", person_id, { languages: [...languages, "ar"].sort() });
  await phone.edit("placement", placement, { attended: Number((await phone.read("placement", placement))!["attended"]) + 1 });
}

/** Without what has no value: clients differ in whether they write that down. */
function given(doc: Doc = {}): Doc {
  return Object.fromEntries(Object.entries(doc).filter(([, value]) => value !== null));
}
