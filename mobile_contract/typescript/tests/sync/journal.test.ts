import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { isForgotten, remember, sendAgain } from "../../sync/journal.ts";
import { MemoryStore } from "../../sync/memory.ts";
import type { OutboxEntry, Transaction } from "../../sync/ports.ts";
import { FakeServer } from "./fake_server.ts";
import { names, PERSON, phone, signedIn, START, worldOf } from "./phones.ts";

type Made = [mid: string, state: "answered" | "deferred" | "waiting", lseq: number | null];
interface Case {
  name: string;
  made: Made[];
  restores: { acked: number; waiting: string[]; deferred: string[]; journal: string[] }[];
}

const contract = process.env["KITH_CONTRACT"] ?? "mobile_contract";
const { cases } = JSON.parse(readFileSync(`${contract}/vectors/journal/restores.json`, "utf8")) as { cases: Case[] };
const mids = (entries: OutboxEntry[]): string[] => entries.map(({ mid }) => mid);

function entryOf([mid, state, lseq]: Made, order: number): OutboxEntry {
  return {
    mid, order, lseq, kind: "person", id: mid, op: "patch", base: 0, set: {}, command: null,
    hlc: String(order), made_at: "2026-11-21T09:30:00.000Z", deferred: state === "deferred",
  };
}

async function answerAll(tx: Transaction, acked: number): Promise<void> {
  let lseq = acked;
  for (const entry of (await tx.outbox()).filter(({ deferred }) => !deferred)) {
    await tx.deleteOutbox(entry.mid);
    await remember(tx, entry, 0, ++lseq);
  }
}

for (const { name, made, restores } of cases) {
  test(`only what the server lacks is sent again: ${name}`, async () => {
    await new MemoryStore().transaction("write", async (tx) => {
      for (const [place, one] of made.entries()) {
        const entry = entryOf(one, place + 1);
        await (one[1] === "answered" ? remember(tx, entry, 0) : tx.putOutbox(entry));
      }
      for (const { acked, waiting, deferred, journal } of restores) {
        await sendAgain(tx, acked);
        const outbox = await tx.outbox();
        assert.deepEqual(mids(outbox.filter((entry) => !entry.deferred)), waiting);
        assert.deepEqual(mids(outbox.filter((entry) => entry.deferred)), deferred);
        assert.deepEqual(mids(await tx.sent()).sort(), journal);
        assert.equal(await isForgotten(tx, acked), false);
        await answerAll(tx, acked);
      }
    });
  });
}

/** Takes a copy of what a server holds; gives what puts it back, as another history. */
function backedUp(server: FakeServer): () => void {
  const { seq } = server;
  const [records, receipts, acked] = [new Map(server.records), new Map(server.receipts), new Map(server.acked)];
  return () => void Object.assign(server, { seq, records, receipts, acked, epoch: `${server.epoch}+` });
}

const pushed = (server: FakeServer): string[] => server.requests.flatMap(({ body }) => {
  const { push } = (body ?? {}) as { push?: { mutations: { id: string }[] } };
  return push?.mutations.map(({ id }) => id) ?? [];
});

test("after a restore only what the backup lacks is sent again", async () => {
  const server = worldOf("a");
  const ann = await signedIn(server, "ann-1");
  for (const id of ["p1", "p2"]) await ann.create("person", PERSON, id);
  await ann.sync();
  const restore = backedUp(server);
  await ann.create("person", PERSON, "late");
  await ann.sync();
  restore();
  server.requests.length = 0;
  await ann.create("person", PERSON, "new");
  assert.equal((await ann.sync()).outcome, "done");
  assert.deepEqual(new Set(pushed(server)), new Set(["late", "new"]));
  assert.deepEqual([...server.records.keys()].sort(), ["person/late", "person/new", "person/p1", "person/p2"]);
});

test("what had waited for another record and then came is sent again after a restore", async () => {
  const server = worldOf("a");
  const restore = backedUp(server);
  server.judge = ({ id }) => (id === "child" ? { outcome: "deferred" } : undefined);
  const ann = await signedIn(server, "ann-1");
  await ann.create("person", PERSON, "child");
  await ann.sync();
  server.judge = () => undefined;
  server.put("person", "child", PERSON); // what it waited for has arrived
  await ann.sync();
  assert.deepEqual([await ann.outbox(), await names(ann)], [[], ["Ann"]]);
  restore();
  assert.equal((await ann.sync()).outcome, "done");
  assert.deepEqual([[...server.records.keys()], await names(ann)], [["person/child"], ["Ann"]]);
});

test("a phone that never stored a cursor notices a restore by the numbers, whether something waits or not", async () => {
  for (const isWriting of [false, true]) {
    const server = worldOf("a");
    const restore = backedUp(server);
    const store = new MemoryStore();
    const ann = await signedIn(server, "ann-1", { store });
    await ann.create("person", PERSON, "p1");
    await ann.sync();
    await store.transaction("write", (tx) => tx.setMeta("cursor", null)); // as if it had died before it kept one
    restore();
    const reborn = phone(server, "ann-1", { store, now: START + 1_000_000 });
    if (isWriting) await reborn.create("person", PERSON, "p2");
    assert.equal((await reborn.sync()).outcome, "done");
    assert.deepEqual([...server.records.keys()].sort(), isWriting ? ["person/p1", "person/p2"] : ["person/p1"]);
    assert.deepEqual(await reborn.outbox(), []);
  }
});

test("what was refused is sent again too, so that the server can put it aside once more", async () => {
  const server = worldOf("a");
  const restore = backedUp(server);
  server.judge = ({ id }) => (id === "no" ? { outcome: "rejected" } : undefined);
  const ann = await signedIn(server, "ann-1");
  await ann.create("person", PERSON, "no");
  await ann.sync();
  assert.equal((await ann.attention()).length, 1);
  restore();
  server.judge = () => undefined;
  await ann.sync();
  assert.deepEqual([[...server.records.keys()], await ann.attention()], [["person/no"], []]);
});
