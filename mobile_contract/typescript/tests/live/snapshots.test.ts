/** A first sync by snapshots of a real server at KITH_SERVER, which a Python test fills and packs. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { SyncClient } from "../../sync/client.ts";
import { MemoryStore } from "../../sync/memory.ts";
import type { BytesAnswer, Transport, TransportRequest } from "../../sync/ports.ts";
import { fetchBytes } from "../../sync/stream.ts";
import { packed } from "../../sync/unpack.ts";
import { secureChance } from "../../sync/uuid7.ts";

const SERVER = process.env["KITH_SERVER"] ?? "";
const options = { skip: SERVER ? false : "KITH_SERVER names no server" };
const DAY = 24 * 3_600_000;
const PIECES = 2_000;

let asked: string[] = [];

/** A signal that breaks off after so many bytes of each try. */
async function cutBytes(request: TransportRequest): Promise<BytesAnswer> {
  asked.push(request.headers["range"] ?? "from the beginning");
  const answer = await fetchBytes(SERVER, request);
  async function* pieces(): AsyncGenerator<Uint8Array> {
    let room = PIECES;
    for await (const piece of answer.pieces) {
      yield piece.subarray(0, room);
      room -= piece.length;
      if (room < 0) throw new Error("cut");
    }
  }
  return { ...answer, pieces: pieces() };
}

const transport: Transport = {
  bytes: cutBytes,
  send: async ({ method, path, headers, body }) => {
    const sent = body === undefined ? null : await packed(body);
    const answer = await fetch(SERVER + path, {
      method, headers: { ...sent?.headers, ...headers }, ...(sent ? { body: sent.body as BodyInit } : {}),
    });
    const text = await answer.text();
    return { status: answer.status, headers: Object.fromEntries(answer.headers), body: text ? (JSON.parse(text) as unknown) : null };
  },
};

test("a first sync is cut again and again, goes on, is verified, and a scope is taken again", options, async () => {
  const store = new MemoryStore();
  let ahead = 0;
  const amina = new SyncClient({
    store, transport, clock: () => Date.now() + ahead, chance: secureChance, device: { id: "amina-node", name: "a phone", platform: "node" },
  });
  await amina.signIn("amina", process.env["KITH_PASSWORD"]!);
  const first = await amina.sync();
  assert.deepEqual([first.outcome, first.pulled], ["done", 601], "six hundred from the snapshot, one since");
  assert.equal((await amina.list("person")).length, 600);
  assert.equal((await amina.read("person", "p000"))?.doc.given_name, "Since");
  assert.ok(asked.length > 3, asked.join(", "));
  assert.deepEqual(asked.slice(0, 3), ["from the beginning", `bytes=${PIECES}-`, `bytes=${2 * PIECES}-`]);

  ahead = 2 * DAY;
  assert.deepEqual((await amina.sync()).retaken, [], "it holds what it should");
  await store.transaction("write", (tx) => tx.deleteRecord("person", "p001"));
  for (let n = 0; n < 40; n += 1) await amina.create("person", { team_id: "t1", given_name: `New ${n}`, family_name: "Lee", made_up: true });
  ahead = 4 * DAY;
  const again = await amina.sync();
  assert.deepEqual([again.outcome, again.pushed, again.retaken], ["done", 40, ["caseload:t1"]]);
  assert.equal((await amina.list("person")).length, 640);
  assert.deepEqual((await amina.status()).clock_offset_ms !== null, true, "four days ahead is told");
});
