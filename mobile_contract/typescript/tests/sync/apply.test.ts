import assert from "node:assert/strict";
import { test } from "node:test";
import { apply } from "../../sync/apply.ts";
import { MemoryStore } from "../../sync/memory.ts";
import { newTrace } from "../../sync/report.ts";
import type { Doc, Row } from "../../sync/wire.ts";

const put = (v: number, d: Doc): Row => ({ k: "person", i: "p", v, op: "put", d });
const out = (v: number): Row => ({ k: "person", i: "p", v, op: "out", d: null });
const del = (v: number): Row => ({ k: "person", i: "p", v, op: "del", d: null });

/** What a phone that holds teams a and b has of the record after these rows, each in a page of its own. */
async function after(...rows: Row[]): Promise<Doc | undefined> {
  const store = new MemoryStore();
  await store.transaction("write", (tx) => tx.setMeta("held", ["caseload:a", "caseload:b"]));
  for (const row of rows) await store.transaction("write", (tx) => apply(tx, [row], 0, newTrace()));
  return (await store.transaction("read", (tx) => tx.record("person", "p")))?.doc;
}

test("a record that leaves one held team for another stays, whichever row comes first", async () => {
  const inB = { team_id: "b" };
  assert.deepEqual(await after(put(1, { team_id: "a" }), out(2), put(2, inB)), inB);
  assert.deepEqual(await after(put(1, { team_id: "a" }), put(2, inB), out(2)), inB);
});

test("a record that leaves for a team that is not held goes", async () => {
  assert.equal(await after(put(1, { team_id: "a" }), out(2)), undefined);
});

test("a deleted record goes, and a late older row does not bring it back to an older state", async () => {
  assert.equal(await after(put(1, { team_id: "a" }), del(2)), undefined);
  assert.deepEqual(await after(put(3, { team_id: "a", given_name: "new" }), put(2, { team_id: "a" })), { team_id: "a", given_name: "new" });
  assert.deepEqual(await after(put(3, { team_id: "a" }), del(2)), { team_id: "a" });
});

test("rows that come twice change nothing", async () => {
  assert.deepEqual(await after(put(1, { team_id: "a" }), put(1, { team_id: "a" })), { team_id: "a" });
  assert.equal(await after(put(1, { team_id: "a" }), del(2), del(2)), undefined);
});
