import assert from "node:assert/strict";
import { test } from "node:test";
import { MemoryStore } from "../../sync/memory.ts";
import { digestOf } from "../../sync/verify.ts";
import { delayMs } from "../../sync/retry.ts";
import { packed } from "../../sync/unpack.ts";
import { problem } from "./fake_server.ts";
import { PERSON, phone, signedIn, START, worldOf } from "./phones.ts";

const DAY = 24 * 3_600_000;

/** A phone whose store went wrong in three ways, with an edit that waits to be sent. */
async function wrong() {
  const server = worldOf("a", "b");
  for (const id of ["p1", "p2", "p3"]) server.put("person", id, { ...PERSON, given_name: id });
  server.put("person", "b1", { ...PERSON, team_id: "b" });
  const store = new MemoryStore();
  const ann = await signedIn(server, "ann-1", { store });
  await ann.sync();
  await store.transaction("write", async (tx) => {
    const old = (await tx.record("person", "p1"))!;
    await tx.putRecord({ ...old, version: old.version - 1, doc: { ...old.doc, given_name: "stale" } });
    await tx.deleteRecord("person", "p2");
    await tx.putRecord({ ...old, id: "ghost" });
  });
  return { server, store, ann };
}

test("a phone that holds something else than it should finds out within a day and takes that scope again", async () => {
  const { server, store } = await wrong();
  const later = phone(server, "ann-1", { store, now: START + 2 * DAY });
  await later.patch("person", "p3", { given_name: "mine" });
  const report = await later.sync();
  assert.deepEqual([report.outcome, report.retaken], ["done", ["caseload:a"]]);
  assert.deepEqual((await later.list("person")).map(({ id, doc }) => [id, doc.given_name]), [
    ["b1", "Ann"], ["p1", "p1"], ["p2", "p2"], ["p3", "mine"],
  ]);
  assert.equal(server.get("person", "p3")?.["given_name"], "mine");
  assert.deepEqual((await later.sync()).retaken, []);
});

test("a phone that dies at any step of taking a scope again loses nothing for good", async () => {
  for (let diesAt = 1; diesAt < 40; diesAt += 1) {
    const { server, store } = await wrong();
    let step = 0;
    const live = () => {
      step += 1;
      if (step === diesAt) throw new Error("died");
    };
    const dying = phone(server, "ann-1", { now: START + 2 * DAY, transport: server.transport({ before: live, after: live }), store: {
      transaction: async (mode, work) => {
        live();
        return store.transaction(mode, async (tx) => {
          const result = await work(tx);
          live();
          return result;
        });
      },
    } });
    await dying.sync();
    const after = phone(server, "ann-1", { store, now: START + 4 * DAY });
    assert.equal((await after.sync()).outcome, "done");
    assert.deepEqual((await after.list("person")).map(({ id }) => id), ["b1", "p1", "p2", "p3"], `died at ${diesAt}`);
  }
});

test("after many syncs a phone asks too, and a server that cannot say changes nothing", async () => {
  const { server, ann } = await wrong();
  for (let syncs = 0; syncs < 50; syncs += 1) await ann.sync();
  assert.equal(server.requests.filter(({ path }) => path === "/v1/sync/verify").length, 1);
  assert.deepEqual((await ann.list("person")).map(({ id }) => id), ["b1", "p1", "p2", "p3"]);
});

test("the digest is what the server works out", async () => {
  assert.equal(await digestOf([]), "0".repeat(32));
  const [one, other] = ["person\np1\n7", "referral\nr1\n12"];
  assert.equal(await digestOf([one, other]), await digestOf([other, one]));
  assert.equal(await digestOf([one, one]), "0".repeat(32));
});

test("what waited at the server, and what was refused and then reviewed, is told when it is decided", async () => {
  const server = worldOf("a");
  const ann = await signedIn(server, "ann-1");
  server.judge = ({ id }) => (id === "no" ? { outcome: "rejected", problem: problem("not-yours", 403, "drop") } : { outcome: "deferred" });
  for (const id of ["good", "bad", "still", "no"]) await ann.create("referral", { person_id: "p", team_id: "a", needs: ["pain"], received_on: "2026-11-21" }, id);
  await ann.sync();
  const [good, bad, still] = await ann.outbox();
  const [no] = await ann.attention();
  server.decided = [
    { mid: good!.mid, outcome: "applied", problem: null }, { mid: no!.mid, outcome: "merged", problem: null },
    { mid: bad!.mid, outcome: "rejected", problem: problem("parent-missing", 409, "drop") },
  ];
  const report = await ann.sync();
  assert.deepEqual(report.later, [good!.mid, no!.mid]);
  assert.deepEqual((await ann.outbox()).map(({ mid }) => mid), [still!.mid]);
  assert.deepEqual((await ann.attention()).map(({ mid }) => mid), [bad!.mid]);
});

test("the status tells of a wrong clock, of what stays away, and of when to come again", async () => {
  const server = worldOf("a", "b");
  const ann = await signedIn(server, "ann-1");
  server.clockOffset = -7_200_000;
  server.budget = { records: 20_001, warn: true, refused: ["caseload:b"], problem: problem("device-full", 409, "wait") };
  await ann.create("person", PERSON);
  await ann.sync();
  const { clock_offset_ms, away, poll_after_s, crowded } = await ann.status();
  assert.deepEqual([clock_offset_ms, away, poll_after_s, crowded], [-7_200_000, ["caseload:b"], 60, null]);
  [server.clockOffset, server.budget] = [null, null];
  await ann.create("person", PERSON);
  await ann.sync();
  assert.deepEqual([(await ann.status()).clock_offset_ms, (await ann.status()).away], [null, []]);
});

test("pushes that take too long hold half as much, until they arrive", async () => {
  const server = worldOf("a");
  let isSlow = true;
  const before = (path: string) => {
    if (isSlow && path === "/v1/sync") throw Object.assign(new Error("slow"), { name: "TimeoutError" });
  };
  const ann = await signedIn(server, "ann-1", { transport: server.transport({ before }) });
  for (let n = 0; n < 12; n += 1) await ann.create("person", PERSON);
  for (let n = 0; n < 2; n += 1) assert.equal((await ann.sync()).outcome, "offline");
  isSlow = false;
  await ann.sync();
  const sizes = server.requests.filter(({ path }) => path === "/v1/sync").map(({ body }) => (body as { push: { mutations: [] } }).push.mutations.length);
  assert.deepEqual(sizes, [3, 6, 3]);
});

test("large bodies are packed, small ones are not, and a pause is never shorter than the server asked", async () => {
  assert.deepEqual(await packed({ a: 1 }), { body: '{"a":1}', headers: { "content-type": "application/json" } });
  const large = await packed({ text: "pain ".repeat(2_000) });
  assert.ok((large.body as Uint8Array).length < 200);
  assert.equal(large.headers["content-encoding"], "gzip");
  assert.ok(delayMs(1, () => 0, 90) >= 90_000);
});
