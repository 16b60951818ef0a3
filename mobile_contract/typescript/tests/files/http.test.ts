import assert from "node:assert/strict";
import { createServer, type AddressInfo, type Server, type Socket } from "node:net";
import { after, test } from "node:test";
import { FileQueue, fetchFiles, MemoryFiles, sessionOf, type FileNetwork } from "../../files/index.ts";

const PIECE = { method: "PATCH", path: "/v1/files/1", headers: {}, bytes: new Uint8Array(100) } as const;
const servers: Server[] = [];
const sockets: Socket[] = [];

after(() => {
  for (const socket of sockets) socket.destroy();
  for (const server of servers) server.close();
});

async function serving(answer: (socket: Socket) => void): Promise<string> {
  const server = createServer((socket) => (sockets.push(socket), socket.on("error", () => {}), answer(socket)));
  servers.push(server.listen(0, "127.0.0.1"));
  await new Promise((done) => server.once("listening", done));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function queueOver(network: FileNetwork): FileQueue {
  const session = { token: async () => "t", renew: async () => {} };
  return new FileQueue({ store: new MemoryFiles(), network, session, isPushed: async () => true, clock: () => 0 });
}

test("a file whose request falls silent waits, and the next time asks anew", async () => {
  let connections = 0;
  const queue = queueOver(fetchFiles(await serving(() => void connections++), { silenceMs: 60 }));
  await queue.add("a1", new Uint8Array(100));
  assert.deepEqual((await queue.send()).waiting, ["a1"]);
  const before = connections;
  assert.deepEqual((await queue.send()).waiting, ["a1"]);
  assert.ok(connections > before);
});

test("a piece gets the time that its bytes need on a slow line, before silence counts", async () => {
  const late = (socket: Socket) => socket.once("data", () => setTimeout(() => socket.end("HTTP/1.1 204 No Content\r\nupload-offset: 8000\r\n\r\n"), 150));
  const network = fetchFiles(await serving(late), { silenceMs: 20 });
  assert.equal((await network.send({ ...PIECE, bytes: new Uint8Array(8_000) })).status, 204);
  await assert.rejects(network.send({ ...PIECE, bytes: new Uint8Array(8) }), { name: "AbortError" });
});

test("a refusal that breaks off half way is no answer", async () => {
  const head = 'HTTP/1.1 409 Conflict\r\ncontent-type: application/problem+json\r\ncontent-length: 90\r\n\r\n{"type"';
  const network = fetchFiles(await serving((socket) => socket.once("data", () => socket.write(head))), { silenceMs: 60 });
  await assert.rejects(network.send(PIECE), { name: "AbortError" });
});

test("a sign-in gives the client's token, and renews that which was refused", async () => {
  const refused: (string | undefined)[] = [];
  const session = sessionOf({ accessToken: async (before) => (refused.push(before), `t${refused.length}`) });
  assert.equal(await session.token(), "t1");
  await session.renew();
  assert.deepEqual(refused, [undefined, "t1"]);
});

test("what waits is a copy, of a Buffer's bytes, too, without structuredClone, which React Native has not", async () => {
  const kept = globalThis.structuredClone;
  Reflect.deleteProperty(globalThis, "structuredClone");
  try {
    const store = new MemoryFiles();
    const bytes = Buffer.from([1, 2, 3]);
    await store.put({ id: "a1", bytes, url: null, queued_at: 1, refused: null });
    bytes[0] = 9;
    (await store.all())[0]!.bytes[1] = 9;
    assert.deepEqual((await store.all())[0]!.bytes, Uint8Array.of(1, 2, 3));
  } finally {
    globalThis.structuredClone = kept;
  }
});
