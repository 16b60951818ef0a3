/** The sync client against a real server at KITH_SERVER, which a Python test starts with the accounts named here. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { CONTRACT } from "../../../generated/contract.ts";
import { SyncClient } from "../../sync/client.ts";
import { MemoryStore } from "../../sync/memory.ts";
import type { Transport } from "../../sync/ports.ts";
import { slugOf } from "../../sync/problems.ts";
import { secureChance } from "../../sync/uuid7.ts";

const SERVER = process.env["KITH_SERVER"];
const options = { skip: SERVER ? false : "KITH_SERVER names no server" };
const PERSON = { team_id: "t1", given_name: "Ada", family_name: "Quill", made_up: true };

const transport: Transport = {
  send: async ({ method, path, headers, body }) => {
    const sent = body === undefined ? {} : { body: JSON.stringify(body) };
    const answer = await fetch(SERVER + path, { method, headers: { "content-type": "application/json", ...headers }, ...sent });
    const text = await answer.text();
    return { status: answer.status, headers: Object.fromEntries(answer.headers), body: text ? (JSON.parse(text) as unknown) : null };
  },
};

async function phone(username: string, clockOff = 0): Promise<SyncClient> {
  const client = new SyncClient({
    store: new MemoryStore(), transport, clock: () => Date.now() + clockOff, chance: secureChance,
    device: { id: `${username}-${Math.floor(secureChance() * 1e9)}`, name: "a phone", platform: "node" },
  });
  await client.signIn(username, process.env["KITH_PASSWORD"]!);
  return client;
}

test("two colleagues' offline work meets, each change once", options, async () => {
  const tenYears = 10 * 365 * 24 * 3_600_000;
  const [amina, bola] = [await phone("amina"), await phone("bola", -tenYears)];
  const id = await amina.create("person", { ...PERSON, languages: ["en"] });
  const referral = await amina.create("referral", { person_id: id, team_id: "t1", needs: ["falls"], received_on: "2026-11-21" });
  assert.equal((await amina.sync()).outcome, "done");
  assert.equal((await bola.sync()).outcome, "done");
  assert.deepEqual((await bola.read("referral", referral))?.doc, (await amina.read("referral", referral))?.doc);

  await amina.patch("person", id, { phone: "01245 000000", languages: ["en", "pl"], given_name: "Adah" });
  await bola.patch("person", id, { max_km: 4, languages: ["tr"], given_name: "Adele" });
  for (const each of [amina, bola, amina]) assert.equal((await each.sync()).outcome, "done");
  const [mine, theirs] = [await amina.read("person", id), await bola.read("person", id)];
  assert.deepEqual(mine, theirs);
  assert.deepEqual([mine?.doc.phone, mine?.doc.max_km, mine?.doc.languages], ["01245 000000", 4, ["pl", "tr"]]);
  const conflicts = (await amina.list("conflict")).filter(({ doc }) => doc.record_id === id);
  assert.deepEqual(conflicts.map(({ doc }) => [doc.field, doc.status]), [["given_name", "open"]]);

  await amina.command("conflict", conflicts[0]!.id, "resolve_conflict", { keep: "other", value: "Adah Adele" });
  await amina.sync();
  await bola.sync();
  assert.equal((await bola.read("person", id))?.doc.given_name, "Adah Adele");
  assert.deepEqual([await amina.attention(), await bola.attention(), await amina.outbox()], [[], [], []]);
});

test("one claim is won and one is kindly lost", options, async () => {
  const [vera, will] = [await phone("vera"), await phone("will")];
  await vera.sync();
  await will.sync();
  await vera.command("task", "k1", "claim");
  await will.command("task", "k1", "claim");
  await vera.sync();
  const report = await will.sync();
  assert.deepEqual(report.rejected.map((entry) => slugOf(entry.problem)), ["task-already-claimed"]);
  assert.equal((await vera.read("task_detail", "k1"))?.doc.address, "1 Made-up Lane");
  assert.equal(await will.read("task_detail", "k1"), undefined);
  assert.equal((await will.read("task", "k1"))?.doc.status, "claimed");
});

test("the manifest, other requests and sign-out work", options, async () => {
  const amina = await phone("amina");
  await amina.sync();
  assert.equal((await amina.manifest())?.schema.current, CONTRACT.version);
  const { devices } = (await amina.request("GET", "/v1/devices")).body as { devices: { current: boolean }[] };
  assert.equal(devices.filter(({ current }) => current).length, 1);
  await amina.signOut();
  assert.deepEqual([(await amina.status()).state, (await amina.sync()).outcome], ["sign-in", "sign-in"]);
});
