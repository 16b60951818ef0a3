/** The story that every client must tell alike: what a person does on one phone and sees on another. */

import assert from "node:assert/strict";
import { chances } from "./chance.ts";
import { losses } from "./losses.ts";
import { agree, person, syncAll, type Scenario } from "./people.ts";
import { admin, team, until, type Client, type Phone } from "./stage.ts";
import { trouble } from "./trouble.ts";

const story: Scenario[] = [
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
    name: "what a colleague writes appears by itself",
    phones: 2,
    async play(team_id, [a, b]) {
      await syncAll(a!, b!);
      b!.live();
      let last = "";
      const write = async () => {
        last = await a!.create("person", person(team_id));
        await a!.sync();
      };
      await until(async () => Boolean(last) && (await b!.ids("person")).includes(last), write); // what comes before the stream is missed
    },
  },
];

export const scenarios: Scenario[] = [...story, ...trouble, ...losses, ...chances];

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
