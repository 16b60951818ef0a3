import assert from "node:assert/strict";
import { test } from "node:test";
import { MemoryStore } from "../../sync/memory.ts";
import { type ProblemError, slugOf } from "../../sync/problems.ts";
import { problem } from "./fake_server.ts";
import { names, PERSON, phone, signedIn, START, worldOf } from "./phones.ts";

test("records of a lost scope go, but for those that another held scope has", async () => {
  const server = worldOf("a", "b");
  server.put("person", "only-a", { ...PERSON });
  server.put("conflict", "both", { scopes: ["caseload:a", "caseload:b"] });
  const ann = await signedIn(server, "ann-1");
  await ann.sync();
  server.grants.set("ann", ["caseload:b"]);
  const report = await ann.sync();
  assert.deepEqual(report.evicted, ["caseload:a"]);
  assert.deepEqual([await names(ann), (await ann.list("conflict")).map(({ id }) => id)], [[], ["both"]]);
});

test("a record that moves to another team leaves the phone, and a deleted one too", async () => {
  const server = worldOf("a");
  server.put("person", "moves", { ...PERSON });
  server.put("person", "goes", { ...PERSON });
  const ann = await signedIn(server, "ann-1");
  await ann.sync();
  server.put("person", "moves", { ...PERSON, team_id: "z" });
  server.delete("person", "goes");
  await ann.sync();
  assert.deepEqual(await names(ann), []);
});

test("an expired sign-in is renewed once, and when that fails the work stays until a password comes", async () => {
  const server = worldOf("a");
  const ann = await signedIn(server, "ann-1");
  for (const [name, token] of server.tokens) if (name.startsWith("access")) token.good = false;
  await ann.create("person", PERSON);
  assert.equal((await ann.sync()).outcome, "done");
  assert.equal(server.requests.filter(({ path }) => path === "/v1/refresh").length, 1);

  server.expireTokens();
  await ann.create("person", { ...PERSON, given_name: "Bea" });
  assert.equal((await ann.sync()).outcome, "sign-in");
  const status = await ann.status();
  assert.deepEqual([status.state, status.waiting, status.retry_at, status.account?.id], ["sign-in", 1, null, "ann"]);
  assert.deepEqual((await names(ann)).sort(), ["Ann", "Bea"]);
  await ann.signIn("ann", "secret");
  assert.deepEqual([(await ann.sync()).outcome, server.records.size], ["done", 2]);
});

test("a revoked phone forgets everything", async () => {
  const server = worldOf("a");
  server.put("person", "p", { ...PERSON });
  const ann = await signedIn(server, "ann-1");
  await ann.sync();
  await ann.create("person", PERSON);
  server.revoked.add("ann-1");
  assert.equal((await ann.sync()).outcome, "wiped");
  assert.deepEqual([await names(ann), await ann.outbox(), (await ann.status()).state], [[], [], "wiped"]);
  assert.equal((await ann.status()).account, null);
});

test("another person cannot sign in over unsent work, and finds nothing of the one before", async () => {
  const server = worldOf("a");
  server.put("person", "p", { ...PERSON });
  const ann = await signedIn(server, "ann-1");
  await ann.sync();
  await ann.create("person", PERSON);
  await assert.rejects(ann.signIn("bob", "x"), (error: ProblemError) => slugOf(error.problem) === "other-account");
  await ann.sync();
  await ann.signIn("bob", "x");
  assert.deepEqual([await names(ann), (await ann.status()).account?.id], [[], "bob"]);
});

test("signing out needs an empty outbox or a firm word, and forgets everything", async () => {
  const server = worldOf("a");
  const ann = await signedIn(server, "ann-1");
  await ann.create("person", PERSON);
  await assert.rejects(ann.signOut(), (error: ProblemError) => slugOf(error.problem) === "unsent-work");
  await ann.signOut(true);
  assert.deepEqual([await names(ann), (await ann.status()).state], [[], "sign-in"]);
});

test("a server restored from a backup gets again what it lost, and the phone keeps its outbox", async () => {
  const server = worldOf("a");
  const ann = await signedIn(server, "ann-1");
  await ann.create("person", { ...PERSON, given_name: "Old" }, "old");
  await ann.sync();
  const backup = { seq: server.seq, records: new Map(server.records), receipts: new Map(server.receipts), acked: new Map(server.acked) };
  await ann.create("person", { ...PERSON, given_name: "Lost" }, "lost");
  await ann.sync();
  Object.assign(server, backup, { epoch: "e2" });
  await ann.create("person", { ...PERSON, given_name: "New" }, "new");
  const report = await ann.sync();
  assert.equal(report.outcome, "done");
  assert.deepEqual([...server.records.keys()].sort(), ["person/lost", "person/new", "person/old"]);
  assert.deepEqual([(await ann.outbox()).length, await ann.attention()], [0, []]);
  assert.deepEqual(await names(ann), ["Lost", "New", "Old"]);
});

test("after starting over, what the server no longer has is dropped, and not before it has been through", async () => {
  const server = worldOf("a");
  for (const id of ["p1", "p2", "p3"]) server.put("person", id, { ...PERSON, given_name: id });
  const ann = await signedIn(server, "ann-1");
  await ann.sync();
  server.records.delete("person/p2");
  server.epoch = "e2";
  server.pageRows = 1;
  assert.equal((await ann.sync()).outcome, "done");
  assert.deepEqual(await names(ann), ["p1", "p3"]);
});

test("numbers that the server does not follow are given anew", async () => {
  const server = worldOf("a");
  const ann = await signedIn(server, "ann-1");
  await ann.create("person", PERSON);
  await ann.sync();
  server.acked.set("ann-1", 0);
  await ann.create("person", { ...PERSON, given_name: "Bea" });
  assert.equal((await ann.sync()).outcome, "done");
  assert.deepEqual([server.records.size, (await ann.attention()).length], [2, 0]);
});

test("one change that the server cannot even read is found by halving and blocks nothing", async () => {
  const server = worldOf("a");
  const invalid = { ...problem("invalid", 422, "fix"), errors: { push: { mutations: { 0: "no" } } } };
  const inner = server.transport();
  const ann = await signedIn(server, "ann-1", {
    transport: {
      send: async (request) =>
        JSON.stringify(request.body ?? "").includes("Poison") ? { status: 422, headers: {}, body: invalid } : inner.send(request),
    },
  });
  for (const name of ["A", "B", "Poison", "C", "D"]) await ann.create("person", { ...PERSON, given_name: name });
  const report = await ann.sync();
  assert.deepEqual([report.outcome, report.rejected.map(({ set }) => set["given_name"])], ["done", ["Poison"]]);
  assert.deepEqual((await names(ann)).sort(), ["A", "B", "C", "D"]);
  assert.equal(server.records.size, 4);
});

test("an old app is told to load a newer one and keeps its outbox", async () => {
  const server = worldOf("a");
  const inner = server.transport();
  let isOld = true;
  const ann = await signedIn(server, "ann-1", {
    transport: {
      send: async (request) => isOld && request.path === "/v1/sync"
        ? { status: 426, headers: {}, body: problem("contract-too-old", 426, "upgrade") } : inner.send(request),
    },
  });
  await ann.create("person", PERSON);
  assert.deepEqual([(await ann.sync()).outcome, (await ann.status()).state, (await ann.status()).waiting], ["upgrade", "upgrade", 1]);
  isOld = false;
  assert.deepEqual([(await ann.sync()).outcome, (await ann.status()).state], ["done", "ready"]);
});

test("a proxy's page in HTML is a reason to wait, with the time that it names", async () => {
  const server = worldOf("a");
  const store = new MemoryStore();
  await signedIn(server, "ann-1", { store });
  const transport = { send: async () => ({ status: 502, headers: { "retry-after": "30" }, body: null }) };
  const broken = phone(server, "ann-1", { store, transport });
  const report = await broken.sync();
  assert.deepEqual([report.outcome, report.problem?.status], ["failed", 502]);
  assert.ok((await broken.status()).retry_at! >= START + 30_000);
});
