import assert from "node:assert/strict";
import { test } from "node:test";
import { MemoryStore } from "../../sync/memory.ts";
import type { Store } from "../../sync/ports.ts";
import { FakeServer } from "./fake_server.ts";
import { PERSON, phone, signedIn, worldOf } from "./phones.ts";

const pulls = (server: FakeServer) => server.requests.filter(({ path }) => path === "/v1/sync/pull" || path === "/v1/sync");
const ids = async (client: ReturnType<typeof phone>) => (await client.list("person")).map(({ id }) => id);

/** A team with many people, packed, of whom some changed since. */
function packedWorld(...teams: string[]): FakeServer {
  const server = worldOf(...teams);
  for (const team of teams) {
    for (let n = 10; n < 30; n += 1) server.put("person", `${team}${n}`, { ...PERSON, team_id: team, given_name: `N${n}` });
    server.pack(`caseload:${team}`);
  }
  return server;
}

test("a first sync takes the snapshot, and only what came since is pulled row by row", async () => {
  const server = packedWorld("a");
  server.put("person", "a10", { ...PERSON, given_name: "Since" });
  server.delete("person", "a11");
  const ann = await signedIn(server, "ann-1", { transport: server.longTransport() });
  assert.equal((await ann.sync()).outcome, "done");
  assert.equal((await ids(ann)).length, 19);
  assert.equal((await ann.read("person", "a10"))?.doc.given_name, "Since");
  assert.equal(await ann.read("person", "a11"), undefined);
  assert.equal(pulls(server).length, 1);
  await ann.sync();
  assert.equal(server.requests.filter(({ path }) => path.startsWith("/v1/sync/snapshots")).length, 2, "asked once, taken once");
});

test("a signal that breaks off again and again costs no byte twice, within a sync and between syncs", async () => {
  const server = packedWorld("a");
  const size = server.shelf.offers[0]!.bytes;
  let pieces = 0;
  const cut = () => {
    pieces += 1;
    if (pieces % 3 === 0) throw new Error("cut");
  };
  const store = new MemoryStore();
  let isDead = false;
  const before = (path: string) => {
    if (isDead && path.startsWith("/v1/sync/snapshots/")) throw new Error("no signal");
  };
  const ann = await signedIn(server, "ann-1", { store, transport: server.longTransport({ cut, before }) });
  isDead = true;
  assert.equal((await ann.sync()).outcome, "offline");
  isDead = false;
  assert.equal((await ann.sync()).outcome, "done");
  assert.equal((await ids(ann)).length, 20);
  assert.equal(server.shelf.sent, size);
});

test("a gained team comes by snapshot while the others keep their place, after what waits was sent", async () => {
  const server = packedWorld("a", "b");
  server.grants.set("ann", ["caseload:a"]);
  const ann = await signedIn(server, "ann-1", { transport: server.longTransport() });
  await ann.sync();
  server.grants.set("ann", ["caseload:a", "caseload:b"]);
  await ann.create("person", { ...PERSON, given_name: "New" }, "new");
  server.requests.length = 0;
  const report = await ann.sync();
  const paths = server.requests.map(({ path }) => path.split("?")[0]!.replace(/[0-9a-f]{64}/, "*"));
  assert.deepEqual(paths, [
    "/v1/sync/manifest", "/v1/sync/push", "/v1/sync/snapshots", "/v1/sync/snapshots/*", "/v1/sync/pull",
  ]);
  assert.deepEqual([(await ids(ann)).length, report.pushed, await ann.outbox()], [41, 1, []]);
});

test("a snapshot that went, is of something else, or is broken is not needed", async () => {
  const spoil: { [name: string]: (server: FakeServer) => void } = {
    "went while it was taken": (server) => {
      const { files, offers } = server.shelf;
      server.shelf.loaded = () => (server.shelf.offers.length ? ((server.shelf.offers = []), null) : {});
      assert.equal(files.size, offers.length);
    },
    "of another scope": (server) => server.shelf.pack({ tenant: "t", scope: "caseload:a", epoch: "e1", seq: 9, schema: 1 }, [], { scope: "caseload:z" }),
    "of another programme": (server) => server.shelf.pack({ tenant: "t", scope: "caseload:a", epoch: "e1", seq: 9, schema: 1 }, [], { tenant: "u" }),
    "shorter than it says": (server) => server.shelf.pack({ tenant: "t", scope: "caseload:a", epoch: "e1", seq: 9, schema: 1 }, [], { rows: 3 }),
    "other bytes": (server) => {
      const file = server.shelf.files.get(server.shelf.offers[0]!.sha256)!;
      file[100]! ^= 1;
    },
  };
  for (const [name, deed] of Object.entries(spoil)) {
    const server = packedWorld("a");
    deed(server);
    const ann = await signedIn(server, "ann-1", { transport: server.longTransport() });
    assert.equal((await ann.sync()).outcome, "done", name);
    assert.equal((await ids(ann)).length, 20, name);
  }
});

test("a network or a browser that cannot take snapshots pulls row by row", async () => {
  const server = packedWorld("a");
  const ann = await signedIn(server, "ann-1");
  await ann.sync();
  assert.deepEqual([(await ids(ann)).length, server.shelf.sent], [20, 0]);
});

class Died extends Error {}

/** A phone that takes two teams by snapshot, has work of its own, and dies at one step; a team may be lost meanwhile. */
async function morning(diesAt: number, losesTeam: boolean) {
  const server = packedWorld("a", "b");
  server.delete("person", "a11");
  server.put("person", "a12", { ...PERSON, team_id: "b" });
  let step = 0;
  const live = () => {
    step += 1;
    if (step === diesAt) throw new Died();
  };
  const store = new MemoryStore();
  const before = await signedIn(server, "ann-1", { store });
  await before.create("person", { ...PERSON, given_name: "new" }, "new");
  const fragile: Store = {
    transaction: async (mode, work) => {
      live();
      return store.transaction(mode, async (tx) => {
        const result = await work(tx);
        live();
        return result;
      });
    },
  };
  await phone(server, "ann-1", { store: fragile, transport: server.longTransport({ before: live, after: live, cut: live }, 1_000) }).sync();
  const steps = step;
  if (losesTeam) server.grants.set("ann", ["caseload:a"]);
  const after = phone(server, "ann-1", { store, transport: server.longTransport() });
  const report = await after.sync();
  const held = (await after.list("person")).map(({ id, doc, pending }) => [id, doc.given_name, doc.team_id, pending]);
  const parts = await store.transaction("read", async (tx) => {
    const all = await Promise.all(server.shelf.offers.map(({ sha256 }) => tx.parts(sha256)));
    return all.flat();
  });
  return { outcome: report.outcome, held, outbox: await after.outbox(), parts, steps, sent: server.shelf.sent };
}

for (const losesTeam of [false, true]) {
  test(`a phone that dies at any step of taking snapshots${losesTeam ? ", and loses a team meanwhile," : ""} ends as if it had lived`, async () => {
    const calm = await morning(0, losesTeam);
    assert.equal(calm.held.length, losesTeam ? 19 : 40);
    assert.ok(calm.steps > 30, `${calm.steps} steps`);
    for (let step = 1; step <= calm.steps; step += 1) {
      const { outcome, held, outbox, parts } = await morning(step, losesTeam);
      assert.deepEqual([outcome, held, outbox, parts], ["done", calm.held, [], []], `died at step ${step} of ${calm.steps}`);
    }
  });
}
