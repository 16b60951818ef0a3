/** Pokes of a real live process at KITH_LIVE_SERVER, which a Python test starts with the accounts named here. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { SyncClient } from "../../sync/client.ts";
import { MemoryStore } from "../../sync/memory.ts";
import type { Transport } from "../../sync/ports.ts";
import { fetchStream } from "../../sync/stream.ts";
import { secureChance } from "../../sync/uuid7.ts";

const SERVER = process.env["KITH_LIVE_SERVER"];
const options = { skip: SERVER ? false : "KITH_LIVE_SERVER names no server" };

const transport: Transport = {
  send: async ({ method, path, headers, body }) => {
    const sent = body === undefined ? {} : { body: JSON.stringify(body) };
    const answer = await fetch(SERVER + path, { method, headers: { "content-type": "application/json", ...headers }, ...sent });
    const text = await answer.text();
    return { status: answer.status, headers: Object.fromEntries(answer.headers), body: text ? (JSON.parse(text) as unknown) : null };
  },
  stream: (request, signal) => fetchStream(SERVER!, request, signal),
};

async function phone(username: string): Promise<SyncClient> {
  const id = `${username}-${Math.floor(secureChance() * 1e9)}`;
  const device = { id, name: "a phone", platform: "node" };
  const client = new SyncClient({ store: new MemoryStore(), transport, clock: Date.now, chance: secureChance, device });
  await client.signIn(username, process.env["KITH_PASSWORD"]!);
  assert.equal((await client.sync()).outcome, "done");
  return client;
}

test("a phone shows a colleague's change without asking, because it was poked", options, async () => {
  const [amina, bola] = [await phone("amina"), await phone("bola")];
  let arrived: () => void = () => undefined;
  const shown = new Promise<void>((resolve) => (arrived = resolve));
  let heard = 0;
  const live = bola.pokes(() => {
    heard += 1;
    void bola.sync().then(async () => (await bola.list("person")).length && arrived());
    if (heard === 1) void write();
  });
  const write = async (): Promise<void> => {
    await amina.create("person", { team_id: "t1", given_name: "Ada", family_name: "Quill", made_up: true });
    assert.equal((await amina.sync()).outcome, "done");
  };
  live.start();
  await shown;
  live.stop();
  assert.ok(heard >= 2);
});
