import assert from "node:assert/strict";
import { test } from "node:test";
import { FileQueue, MemoryFiles } from "../../files/index.ts";
import { FakeServer } from "./fake_server.ts";

const PHOTO = Uint8Array.from({ length: 1000 }, (_, place) => place % 251);

function phone(server: FakeServer, store = new MemoryFiles(), pushed = new Set(["a1", "a2", "a3"])) {
  let now = 0;
  let token = "first";
  const session = { token: async () => token, renew: async () => void (token = server.token) };
  const isPushed = async (id: string): Promise<boolean> => pushed.has(id);
  const queue = new FileQueue({ store, network: server, session, isPushed, clock: () => ++now, pieceBytes: 100 });
  return { queue, store, pushed };
}

test("a file waits until its record has been pushed, and the others go on", async () => {
  const server = new FakeServer();
  const { queue, pushed } = phone(server, new MemoryFiles(), new Set(["a2"]));
  await queue.add("a1", PHOTO);
  await queue.add("a2", PHOTO);
  assert.deepEqual(await queue.send(), { sent: ["a2"], waiting: ["a1"], refused: [] });
  pushed.add("a1");
  assert.deepEqual((await queue.send()).sent, ["a1"]);
  assert.deepEqual(server.file("a1"), Buffer.from(PHOTO));
  assert.deepEqual(await queue.send(), { sent: [], waiting: [], refused: [] });
});

test("whichever answer is lost, a phone that starts again goes on and the file arrives once", async () => {
  for (let lost = 1; lost <= 11; lost += 1) {
    const server = new FakeServer();
    server.lost.add(lost);
    const { queue, store } = phone(server);
    await queue.add("a1", PHOTO);
    assert.deepEqual((await queue.send()).waiting, ["a1"], `request ${lost}`);
    assert.deepEqual((await phone(server, store).queue.send()).sent, ["a1"], `request ${lost}`);
    assert.deepEqual(server.file("a1"), Buffer.from(PHOTO));
    const patches = server.asked.filter((method) => method === "PATCH").length;
    assert.equal(patches, 10, "nothing that had arrived is sent again");
  }
});

test("a damaged piece is sent again, and one that is damaged every time waits", async () => {
  const server = new FakeServer();
  server.damaged = 2;
  const { queue } = phone(server);
  await queue.add("a1", PHOTO);
  assert.deepEqual((await queue.send()).sent, ["a1"]);
  server.damaged = 99;
  await queue.add("a2", PHOTO);
  assert.deepEqual((await queue.send()).waiting, ["a2"]);
});

test("an upload that has expired begins again", async () => {
  const server = new FakeServer();
  server.lost.add(5);
  const { queue } = phone(server);
  await queue.add("a1", PHOTO);
  await queue.send();
  for (const path of server.uploads.keys()) server.expired.add(path);
  assert.deepEqual((await queue.send()).sent, ["a1"]);
  assert.equal(server.uploads.size, 2);
});

test("a refused file says why until a person has seen it; one that may yet be taken waits", async () => {
  const server = new FakeServer();
  const { queue } = phone(server);
  server.refuse = { id: "a1", slug: "file-type-refused", remedy: "drop", status: 415 };
  await queue.add("a1", PHOTO);
  const { refused } = await queue.send();
  assert.deepEqual(refused.map(({ id, problem }) => [id, problem.type]), [["a1", "/problems/file-type-refused"]]);
  const asked = server.asked.length;
  assert.equal((await queue.send()).refused.length, 1);
  assert.equal(server.asked.length, asked, "it is not sent again by itself");
  server.refuse = null;
  await queue.retry("a1");
  assert.deepEqual((await queue.send()).sent, ["a1"]);
  server.refuse = { id: "a2", slug: "files-full", remedy: "wait", status: 507 };
  await queue.add("a2", PHOTO);
  assert.deepEqual(await queue.send(), { sent: [], waiting: ["a2"], refused: [] });
  await queue.discard("a2");
  assert.deepEqual(await queue.send(), { sent: [], waiting: [], refused: [] });
});

test("a file that arrived although its last answer was lost is done", async () => {
  const server = new FakeServer();
  const { queue, store } = phone(server);
  await queue.add("a1", PHOTO);
  const [kept] = await store.all();
  await queue.send();
  await store.put(kept!); // as if the phone had died before it could forget it, and before it knew the address
  assert.deepEqual((await queue.send()).sent, ["a1"]);
});

test("a sign-in that has run out is renewed on the way", async () => {
  const server = new FakeServer();
  server.token = "second";
  const { queue } = phone(server);
  await queue.add("a1", PHOTO);
  assert.deepEqual((await queue.send()).sent, ["a1"]);
});
