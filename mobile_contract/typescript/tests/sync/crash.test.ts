import assert from "node:assert/strict";
import { test } from "node:test";
import { SyncClient } from "../../sync/client.ts";
import { MemoryStore } from "../../sync/memory.ts";
import type { Store } from "../../sync/ports.ts";
import { FakeServer } from "./fake_server.ts";

const PERSON = { team_id: "a", given_name: "Ann", family_name: "Lee" };

class Died extends Error {}

/** A phone whose power fails at one step: before a transaction, at its end, before a request or before its answer. */
function phone(server: FakeServer, store: Store, diesAt: number) {
  let step = 0;
  const live = () => {
    step += 1;
    if (step === diesAt) throw new Died();
  };
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
  let now = 1_763_740_800_000;
  const client = new SyncClient({
    store: fragile, transport: server.transport({ before: live, after: live }), clock: () => (now += 3),
    chance: () => ((now * 48_271) % 2_147_483_647) / 2_147_483_647, device: { id: "ann-1", name: "a phone", platform: "test" },
  });
  return { client, steps: () => step };
}

/** A morning: what is on the server, what is done without a signal, a scope that is lost; then sync, dying at one step. */
async function morning(diesAt: number) {
  const server = new FakeServer();
  server.grants.set("ann", ["caseload:a", "caseload:b"]);
  server.pageRows = 2;
  for (const id of ["p1", "p2", "p3"]) server.put("person", id, { ...PERSON, given_name: id });
  server.put("person", "b1", { ...PERSON, team_id: "b" });
  const store = new MemoryStore();
  const before = phone(server, store, 0).client;
  await before.signIn("ann", "secret");
  await before.sync();
  await before.create("person", { ...PERSON, given_name: "new" }, "new");
  await before.patch("person", "p1", { given_name: "edited" });
  await before.remove("person", "p2");
  for (const id of ["p4", "p5"]) server.put("person", id, { ...PERSON, given_name: id });
  server.grants.set("ann", ["caseload:a"]);

  const dying = phone(server, store, diesAt);
  await dying.client.sync();
  const after = phone(server, store, 0).client;
  const report = await after.sync();
  const held = (await after.list("person")).map(({ id, doc, version, pending }) => [id, doc.given_name, version, pending]);
  const kept = [...server.records.values()].map(({ id, doc }) => [id, doc?.["given_name"] ?? null]).sort();
  return { report, held, kept, outbox: await after.outbox(), attention: await after.attention(), steps: dying.steps() };
}

test("a phone that dies at any step of a sync and comes back holds the same as one that never died", async () => {
  const calm = await morning(0);
  assert.deepEqual(calm.held.map(([id]) => id), ["new", "p1", "p3", "p4", "p5"]);
  assert.ok(calm.steps > 20, `${calm.steps} steps`);
  for (let step = 1; step <= calm.steps; step += 1) {
    const { report, held, kept, outbox, attention } = await morning(step);
    const where = `died at step ${step} of ${calm.steps}`;
    assert.equal(report.outcome, "done", where);
    assert.deepEqual([held, kept, outbox, attention], [calm.held, calm.kept, [], []], where);
  }
});
