import assert from "node:assert/strict";
import { test } from "node:test";
import { MemoryStore } from "../../sync/memory.ts";
import { slugOf } from "../../sync/problems.ts";
import { problem } from "./fake_server.ts";
import { names, PERSON, phone, signedIn, START, worldOf } from "./phones.ts";

test("what is made without a signal is seen at once, and arrives at a colleague's after both have synced", async () => {
  const server = worldOf("a");
  const [ann, bob] = [await signedIn(server, "ann-1"), await signedIn(server, "bob-1")];
  const id = await ann.create("person", PERSON);
  assert.deepEqual([await names(ann), (await ann.read("person", id))?.pending], [["Ann"], true]);
  assert.equal((await ann.status()).waiting, 1);
  const report = await ann.sync();
  assert.deepEqual([report.outcome, report.pushed], ["done", 1]);
  await bob.sync();
  assert.deepEqual(await names(bob), ["Ann"]);
  const [mine, theirs] = [await ann.read("person", id), await bob.read("person", id)];
  assert.deepEqual([mine?.doc, mine?.version, mine?.pending], [theirs?.doc, theirs?.version, false]);
  assert.deepEqual([(await ann.status()).waiting, (await ann.status()).state], [0, "ready"]);
});

test("work goes on before any sign-in and without a network", async () => {
  const server = worldOf("a");
  const ann = phone(server, "ann-1");
  await ann.create("person", PERSON);
  const report = await ann.sync();
  assert.deepEqual([report.outcome, (await ann.status()).state, await names(ann)], ["sign-in", "sign-in", ["Ann"]]);
  await ann.signIn("ann", "secret");
  assert.deepEqual([(await ann.sync()).outcome, server.records.size], ["done", 1]);
});

test("an answer that is lost on the way is asked for again and nothing is applied twice", async () => {
  const server = worldOf("a");
  let lose = false;
  const ann = await signedIn(server, "ann-1", {
    transport: server.transport({ after: (path) => { if (lose && path === "/v1/sync") throw new Error("cut"); } }),
  });
  await ann.create("person", PERSON);
  lose = true;
  const lost = await ann.sync();
  assert.deepEqual([lost.outcome, (await ann.outbox()).length, server.seq], ["offline", 1, 1]);
  assert.ok((await ann.status()).retry_at! > 0);
  lose = false;
  assert.equal((await ann.sync()).outcome, "done");
  assert.deepEqual([(await ann.outbox()).length, server.seq, (await ann.status()).problem], [0, 1, null]);
});

test("an old answer that comes late does not bring back what was deleted meanwhile", async () => {
  const server = worldOf("a");
  let lose = false;
  const ann = await signedIn(server, "ann-1", { transport: server.transport({ after: (path) => { if (lose && path === "/v1/sync") throw new Error("cut"); } }) });
  await ann.create("person", PERSON, "p");
  lose = true;
  await ann.sync();
  server.delete("person", "p");
  lose = false;
  // A phone that never had a page is told of no deletions, and the repeated answer still says "applied".
  const report = await ann.sync();
  assert.deepEqual([report.pushed, await names(ann)], [1, []]);
});

test("a refused change leaves the records and waits for a person with its reason", async () => {
  const server = worldOf("a");
  server.put("task", "t", { name: "Dog", district: "d", status: "open" });
  server.grants.set("ann", ["tasks:d"]);
  const ann = await signedIn(server, "ann-1");
  await ann.sync();
  server.judge = ({ op }) => op === "command"
    ? { outcome: "rejected", problem: problem("task-already-claimed", 409, "drop") } : undefined;
  const mid = await ann.command("task", "t", "claim");
  assert.deepEqual((await ann.read("task", "t"))?.commands, [{ mid, name: "claim", args: {} }]);
  const report = await ann.sync();
  assert.deepEqual(report.rejected.map((entry) => slugOf(entry.problem)), ["task-already-claimed"]);
  assert.deepEqual((await ann.read("task", "t"))?.commands, []);
  assert.deepEqual([(await ann.attention()).length, (await ann.status()).attention], [1, 1]);
  await ann.dismiss(mid);
  assert.deepEqual(await ann.attention(), []);
});

test("a merged change takes the server's row, and the report tells of conflicts", async () => {
  const server = worldOf("a");
  const ann = await signedIn(server, "ann-1");
  server.put("person", "p", { ...PERSON });
  await ann.sync();
  const conflict = { field: "given_name", mine: "Anna", theirs: "Anne", kept: "Anne", rule: "scalar" };
  server.judge = (mutation) => {
    server.put("person", "p", { ...PERSON, given_name: "Anne" });
    const row = { k: "person", i: mutation.id, v: server.seq, op: "put" as const, d: server.get("person", "p")! };
    return { outcome: "conflict", version: server.seq, row, conflicts: [conflict] };
  };
  await ann.patch("person", "p", { given_name: "Anna" });
  const report = await ann.sync();
  assert.deepEqual(report.conflicts.map(({ id, fields }) => [id, fields]), [["p", [conflict]]]);
  assert.deepEqual([await names(ann), (await ann.outbox()).length], [["Anne"], 0]);
});

test("a deferred change stays visible, is not sent again, and is settled when its record comes", async () => {
  const server = worldOf("a");
  const ann = await signedIn(server, "ann-1");
  server.judge = () => ({ outcome: "deferred" });
  const id = await ann.create("referral", { person_id: "p", team_id: "a", needs: ["pain"], received_on: "2026-11-21" });
  await ann.sync();
  assert.deepEqual([(await ann.status()).deferred, (await ann.status()).waiting], [1, 0]);
  assert.equal((await ann.read("referral", id))?.doc.received_on, "2026-11-21");
  server.judge = () => undefined;
  server.put("referral", id, { ...(await ann.read("referral", id))!.doc });
  await ann.sync();
  assert.deepEqual([(await ann.outbox()).length, (await ann.read("referral", id))?.pending], [0, false]);
});

test("a change that waited too long for another record is put before the person", async () => {
  const server = worldOf("a");
  const store = new MemoryStore();
  const ann = await signedIn(server, "ann-1", { store });
  server.judge = () => ({ outcome: "deferred" });
  await ann.create("referral", { person_id: "p", team_id: "a", needs: ["pain"], received_on: "2026-11-21" });
  await ann.sync();
  const later = phone(server, "ann-1", { store, now: START + 9 * 24 * 3_600_000 });
  const report = await later.sync();
  assert.deepEqual(report.rejected.map((entry) => slugOf(entry.problem)), ["parent-missing"]);
  assert.deepEqual([await later.outbox(), (await later.attention()).length], [[], 1]);
});

test("a long outbox goes in several pushes, in order", async () => {
  const server = worldOf("a");
  const ann = await signedIn(server, "ann-1");
  for (let number = 0; number < 620; number += 1) await ann.create("person", { ...PERSON, given_name: `${number}` });
  assert.equal((await ann.sync()).pushed, 620);
  assert.deepEqual(server.requests.filter(({ path }) => path === "/v1/sync").length, 2);
  assert.equal(server.acked.get("ann-1"), 620);
});

test("an unsent change can be taken back with what builds on it; a sent one cannot", async () => {
  const server = worldOf("a");
  let isCut = false;
  const ann = await signedIn(server, "ann-1", { transport: server.transport({ before: (path) => { if (isCut && path === "/v1/sync") throw new Error("cut"); } }) });
  const person = await ann.create("person", PERSON);
  await ann.patch("person", person, { given_name: "Bea" });
  await ann.create("referral", { person_id: person, team_id: "a", needs: ["pain"], received_on: "2026-11-21" });
  const [first] = await ann.outbox();
  assert.equal((await ann.undo(first!.mid)).length, 3);
  assert.deepEqual([await names(ann), await ann.outbox()], [[], []]);
  await ann.create("person", PERSON);
  isCut = true;
  await ann.sync();
  assert.deepEqual(await ann.undo((await ann.outbox())[0]!.mid), []);
});

test("two calls at once are one sync, and listeners hear which kinds to read again", async () => {
  const server = worldOf("a");
  server.put("person", "p", { ...PERSON });
  const ann = await signedIn(server, "ann-1");
  const heard: string[] = [];
  const end = ann.subscribe(({ kinds }) => heard.push(...(kinds ?? ["all"])));
  const [one, two] = await Promise.all([ann.sync(), ann.sync()]);
  assert.equal(one, two);
  assert.ok(heard.includes("person"));
  end();
  heard.length = 0;
  await ann.create("person", PERSON);
  assert.deepEqual(heard, []);
});

test("a sync without news is one short request, and the first with any is a whole one", async () => {
  const server = worldOf("a");
  const ann = await signedIn(server, "ann-1");
  const asked = async (): Promise<string[]> => {
    server.requests.length = 0;
    await ann.sync();
    return server.requests.map(({ path }) => path.slice("/v1/sync".length));
  };
  assert.deepEqual(await asked(), ["/manifest", "/pull"]);
  const before = (await ann.status()).synced_at!;
  assert.deepEqual(await asked(), ["/manifest"]);
  assert.ok((await ann.status()).synced_at! > before);
  server.put("person", "p", { ...PERSON });
  assert.deepEqual([await asked(), await names(ann)], [["/manifest", "/pull"], ["Ann"]]);
  await ann.patch("person", "p", { given_name: "Anna" });
  assert.deepEqual([await asked(), server.get("person", "p")?.["given_name"]], [["/manifest", ""], "Anna"]);
});

test("a sync that broke off before all had come asks again though nothing is new", async () => {
  const server = worldOf("a");
  let lose = true;
  const ann = await signedIn(server, "ann-1", {
    transport: server.transport({ after: (path) => { if (lose && path === "/v1/sync/pull") throw new Error("cut"); } }),
  });
  server.put("person", "p", { ...PERSON });
  assert.equal((await ann.sync()).outcome, "offline");
  lose = false;
  assert.deepEqual([(await ann.sync()).outcome, await names(ann)], ["done", ["Ann"]]);
});

test("a change of what was seen a while ago says so, and carries what differs from that alone", async () => {
  const server = worldOf("a");
  const ann = await signedIn(server, "ann-1");
  server.put("person", "p", { ...PERSON, languages: ["en"] });
  await ann.sync();
  const seen = await ann.read("person", "p");
  server.put("person", "p", { ...PERSON, given_name: "Anne", languages: ["en", "pl"] });
  await ann.sync();
  const typed = { given_name: "Ann", languages: ["en", "tr"] } as const;
  await ann.patch("person", "p", { ...typed, languages: [...typed.languages] }, seen);
  const [change] = await ann.outbox();
  assert.deepEqual([change?.base, change?.set], [seen?.version, { languages: { add: ["tr"], remove: [] } }]);
});

test("a patch that changes nothing is no change", async () => {
  const ann = await signedIn(worldOf("a"), "ann-1");
  const id = await ann.create("person", { ...PERSON, languages: ["en"] });
  assert.equal(await ann.patch("person", id, { given_name: "Ann", languages: ["en"] }), null);
  assert.equal((await ann.outbox()).length, 1);
  await assert.rejects(ann.patch("person", "nobody", { given_name: "x" }), /no person nobody/);
  await assert.rejects(ann.command("person", id, "claim"), /takes no command/);
});

test("a counter is added to, so that what others add counts as well", async () => {
  const ann = await signedIn(worldOf("a"), "ann-1");
  const choice = { referral_id: "r", person_id: "p", team_id: "a", item_kind: "asset", item_id: "i", chosen_at: "2026-01-01T00:00:00Z" } as const;
  const id = await ann.create("placement", choice);
  await ann.increment("placement", id, "attended");
  await ann.increment("placement", id, "attended", 2);
  assert.deepEqual((await ann.outbox()).slice(1).map(({ set }) => set), [{ attended: { delta: 1 } }, { attended: { delta: 2 } }]);
  assert.equal((await ann.read("placement", id))?.doc.attended, 3);
  assert.equal(await ann.increment("placement", id, "attended", 0), null);
  await assert.rejects(ann.increment<string>("placement", id, "status"), /placement\.status is no counter/);
});

test("the compiler knows what a kind needs, takes and counts", async () => {
  const ann = await signedIn(worldOf("a"), "ann-1");
  // @ts-expect-error a person needs a family name
  await assert.rejects(ann.create("person", { team_id: "a", given_name: "Ann" }), /needs family_name/);
  const id = await ann.create("person", PERSON);
  // @ts-expect-error there is no such field
  await assert.rejects(ann.patch("person", id, { shoe_size: 9 }), /no field shoe_size/);
  // @ts-expect-error only the server writes it
  await assert.rejects(ann.patch("placement", id, { place_held: "accepted" }));
  // @ts-expect-error no counter
  await assert.rejects(ann.increment("person", id, "max_km"), /no counter/);
  const [kind, doc]: [string, { [field: string]: string }] = ["person", { given_name: "Anna" }]; // known at run time only
  assert.ok(await ann.patch(kind, id, doc));
});
