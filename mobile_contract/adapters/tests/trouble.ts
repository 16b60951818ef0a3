/** The part of the story in which things go wrong: lost answers, no signal, an old cursor, a lost case. */

import assert from "node:assert/strict";
import { agree, person, placed, syncAll, type Scenario } from "./people.ts";
import { admin, until } from "./stage.ts";

export const trouble: Scenario[] = [
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
    name: "an edit made while a colleague's arrives runs over nothing",
    phones: 2,
    async play(team_id, [a, b]) {
      const id = await a!.create("person", person(team_id, { languages: ["en"] }));
      await syncAll(a!, b!);
      a!.net.offline = true; // a poke must not bring it before
      await b!.edit("person", id, { given_name: "Adele", languages: ["en", "pl"] });
      await b!.sync();
      a!.net.meanwhile = { path: "/v1/sync/pull", work: () => a!.edit("person", id, { given_name: "Adah", languages: ["en", "tr"] }) };
      a!.net.offline = false;
      await syncAll(a!, a!, b!, a!);
      assert.deepEqual(await a!.read("person", id), await b!.read("person", id));
      await agree("person", id, { languages: ["en", "pl", "tr"] }, a!, b!);
      const conflicts = await b!.ids("conflict");
      assert.equal(conflicts.length, 1);
      await agree("conflict", conflicts[0]!, { record_id: id, field: "given_name" }, a!, b!);
    },
  },
  {
    name: "a note that comes before its person waits for them",
    phones: 2,
    async play(team_id, [a, b]) {
      a!.net.offline = true;
      const person_id = await a!.create("person", person(team_id));
      const note = { person_id, team_id, type: "visit", text: "At home.", written_at: "2026-11-21T11:00:00Z" };
      const id = await b!.create("note", note);
      await b!.sync();
      assert.deepEqual([await b!.refused(), await b!.ids("note")], [[], [id]]);
      a!.net.offline = false;
      await syncAll(a!, b!, a!);
      await agree("note", id, note, a!, b!);
      await agree("person", person_id, { given_name: "Ada" }, a!, b!);
    },
  },
  {
    name: "what is written while the case is being lost is judged before it goes",
    phones: 1,
    async play(team_id, [a], [name]) {
      const id = await a!.create("person", person(team_id));
      await a!.sync();
      a!.net.offline = true;
      await admin({ teams: { [name!]: ["somewhere-else"] } });
      a!.net.meanwhile = { path: "/v1/sync/pull", work: () => a!.edit("person", id, { phone: "in the last moment" }) };
      a!.net.offline = false;
      await syncAll(a!, a!);
      assert.deepEqual([await a!.ids("person"), await a!.traces("person")], [[], 0]);
      assert.equal((await a!.refused()).length, 1);
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
    name: "who stayed away longer than deletions are remembered takes everything again, and sends what it wrote",
    phones: 2,
    async play(team_id, [a, b]) {
      const id = await a!.create("person", person(team_id));
      const gone = await a!.create("person", person(team_id, { given_name: "Gone" }));
      await syncAll(a!, b!);
      a!.net.offline = true;
      await b!.remove("person", gone);
      await b!.sync();
      await a!.edit("person", id, { phone: "7" });
      await a!.edit("person", gone, { phone: "to someone deleted" });
      await admin({ compact: true });
      a!.net.offline = false;
      await syncAll(a!, b!, a!);
      assert.deepEqual([await a!.ids("person"), await b!.ids("person")], [[id], [id]]);
      await agree("person", id, { phone: "7" }, a!, b!);
      assert.equal((await b!.ids("conflict")).length, 1, "the edit of the deleted one is kept");
    },
  },
  {
    name: "after the server went back to a backup, phones send again what that lacks",
    phones: 2,
    async play(team_id, [a, b]) {
      const id = await a!.create("person", person(team_id));
      await syncAll(a!, b!);
      await admin({ backup: true });
      await a!.edit("person", id, { phone: "after the backup" });
      const late = await a!.create("person", person(team_id, { given_name: "Late" }));
      await syncAll(a!, b!);
      await b!.edit("person", late, { languages: ["pl"] });
      await syncAll(b!, a!);
      await admin({ restore: true });
      await b!.edit("person", id, { max_km: 2 });
      await syncAll(a!, b!, a!); // who made the record comes first; else the edit of it is refused, and said to be
      await agree("person", id, { phone: "after the backup", max_km: 2 }, a!, b!);
      await agree("person", late, { given_name: "Late", languages: ["pl"] }, a!, b!);
      assert.deepEqual([await a!.refused(), await b!.refused()], [[], []]);
    },
  },
  {
    name: "what is written after a restore on a record that the backup lacks waits until that has been sent again",
    phones: 1,
    async play(team_id, [a]) {
      await a!.create("person", person(team_id));
      await a!.sync();
      await admin({ backup: true });
      const late = await a!.create("person", person(team_id, { given_name: "Late" }));
      await a!.sync();
      await admin({ restore: true });
      await a!.edit("person", late, { phone: "since" });
      await syncAll(a!, a!);
      await agree("person", late, { given_name: "Late", phone: "since" }, a!);
      assert.deepEqual(await a!.refused(), []);
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
    name: "a lost phone that was shut out forgets everything",
    phones: 1,
    async play(team_id, [a], [name]) {
      await a!.create("person", person(team_id));
      await a!.sync();
      await admin({ shut_out: [name] });
      await a!.sync();
      await until(async () => (await a!.traces("person")) === 0);
      assert.deepEqual(await a!.ids("person"), []);
    },
  },
];
