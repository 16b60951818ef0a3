/** What React Native lacks, and lines that die: parts that need no server of ours. */

import assert from "node:assert/strict";
import { createServer, type Server, type Socket } from "node:net";
import type { AddressInfo } from "node:net";
import { after, test } from "node:test";
import { MemoryStore, SyncClient, type Transport, type TransportAnswer } from "../client/index.ts";
import { newDoc } from "../rxdb/schemas.ts";
import { Door, fetchTransport } from "../shared/door.ts";
import { MemoryKeep } from "../shared/keep.ts";
import { columnsOf, valueOf } from "../watermelondb/columns.ts";

const SESSION = {
  account: { id: "a", name: "Amina", username: "amina", roles: ["prescriber"], volunteer_id: null, team_ids: ["t1"], districts: [], centre_ids: [] },
  tenant: "essex", device_id: "d", scopes: ["caseload:t1"], access_token: "first", access_expires_at: "2026-01-01T00:15:00Z", refresh_token: "r1",
};
const NOON = Date.parse("2026-01-01T00:00:00Z");
const servers: Server[] = [];

after(() => servers.forEach((server) => server.close()));

async function serving(answer: (socket: Socket) => void): Promise<string> {
  const server = createServer((socket) => (socket.on("error", () => {}), answer(socket)));
  servers.push(server.listen(0, "127.0.0.1"));
  await new Promise((done) => server.once("listening", done));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** A client that is signed in; whatever else it asks goes by `inner`. */
async function signedIn(inner: Transport, now = () => NOON): Promise<SyncClient> {
  const { client } = await signedInWith(inner, now);
  return client;
}

async function signedInWith(inner: Transport, now: () => number) {
  const asked: string[] = [];
  const send = async (request: Parameters<Transport["send"]>[0]): Promise<TransportAnswer> => {
    asked.push(request.path);
    const given = (body: object): TransportAnswer => ({ status: 200, headers: {}, body });
    if (request.path === "/v1/sign-in") return given(SESSION);
    if (request.path === "/v1/refresh") return given({ ...SESSION, access_token: "second", access_expires_at: "2026-01-01T00:30:00Z", refresh_token: "r2" });
    return inner.send(request);
  };
  const device = { id: "d", name: "A phone", platform: "Node" };
  const transport = { ...inner, send };
  const client = new SyncClient({ store: new MemoryStore(), transport, clock: now, chance: Math.random, device });
  await client.signIn("amina", "correct horse");
  return { client, asked, transport };
}

test("nothing needs structuredClone, which React Native has not", async () => {
  const kept = globalThis.structuredClone;
  Reflect.deleteProperty(globalThis, "structuredClone");
  try {
    const client = await signedIn(fetchTransport("http://127.0.0.1:9"));
    const id = await client.create("person", { team_id: "t1", given_name: "Ada", family_name: "Quill", languages: ["en"] });
    await client.patch("person", id, { languages: ["en", "pl"] });
    assert.deepEqual((await client.read("person", id))?.doc.languages, ["en", "pl"]);
    const languages = columnsOf("person").find(({ name }) => name === "languages")!;
    assert.deepEqual(valueOf(languages, null), []);
    assert.deepEqual(newDoc("person", "p", {}).languages, []);
  } finally {
    globalThis.structuredClone = kept;
  }
});

test("where an answer is there only when all of it is, nothing listens for pokes, and what is asked is still answered", async () => {
  const body = Object.getOwnPropertyDescriptor(Response.prototype, "body")!;
  const address = await serving((socket) => socket.once("data", () => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 8\r\n\r\n{"a": 1}')));
  Reflect.deleteProperty(Response.prototype, "body");
  try {
    const transport = fetchTransport(address);
    assert.deepEqual([transport.stream, transport.bytes], [undefined, undefined]);
    assert.deepEqual((await transport.send({ method: "GET", path: "/", headers: {} })).body, { a: 1 });
    const told: string[] = [];
    const door = new Door(new MemoryKeep(), { transport: { send: async ({ path }) => (told.push(path), never()) }, device: { name: "", platform: "" } });
    door.listen(() => {})();
    assert.deepEqual(told, []);
  } finally {
    Object.defineProperty(Response.prototype, "body", body);
  }
});

test("a connection on which nothing comes ends as no signal, and the next sync asks anew", async () => {
  let connections = 0;
  const client = await signedIn(fetchTransport(await serving(() => void connections++), { silenceMs: 60 }));
  assert.equal((await client.sync()).outcome, "offline");
  const before = connections;
  assert.equal((await client.sync()).outcome, "offline");
  assert.ok(connections > before);
});

test("a connection that dies in the middle of an answer ends, too", async () => {
  const head = 'HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{"a"';
  const transport = fetchTransport(await serving((socket) => socket.once("data", () => socket.write(head))), { silenceMs: 60 });
  await assert.rejects(transport.send({ method: "GET", path: "/", headers: {} }), { name: "TimeoutError" });
  await assert.rejects(transport.stream!({ method: "GET", path: "/", headers: {} }, new AbortController().signal).then(({ chunks }) => read(chunks)));
});

test("a long file comes in pieces, and ends when it falls silent half way", async () => {
  const head = "HTTP/1.1 200 OK\r\ncontent-length: 6\r\n\r\nabc";
  const address = await serving((socket) => socket.once("data", () => socket.write(head)));
  const { pieces } = await fetchTransport(address, { silenceMs: 1_000 }).bytes!({ method: "GET", path: "/", headers: {} });
  const came: string[] = [];
  await assert.rejects(async () => {
    for await (const piece of pieces) came.push(new TextDecoder().decode(piece));
  });
  assert.deepEqual(came, ["abc"]);
});

test("a slow answer is waited for, however long it takes in all", async () => {
  const drip = (socket: Socket, left: number): unknown => (left ? socket.write(" ", () => setTimeout(() => drip(socket, left - 1), 20)) : socket.end("{}"));
  const answer = (socket: Socket) => socket.once("data", () => (socket.write("HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n"), drip(socket, 60)));
  const transport = fetchTransport(await serving(answer), { silenceMs: 1_000 });
  assert.deepEqual((await transport.send({ method: "GET", path: "/", headers: {} })).body, {});
});

test("an access token is given as it is, renewed when it is about to end, and when the server refused it", async () => {
  let now = NOON;
  const { client, asked } = await signedInWith(fetchTransport("http://127.0.0.1:9"), () => now);
  assert.equal(await client.accessToken(), "first");
  assert.deepEqual(asked, ["/v1/sign-in"]);
  now += 14.5 * 60_000;
  assert.deepEqual(await Promise.all([client.accessToken(), client.accessToken()]), ["second", "second"]);
  assert.equal(await client.accessToken(), "second");
  assert.deepEqual(asked, ["/v1/sign-in", "/v1/refresh"]);
  await client.accessToken("second");
  assert.deepEqual(asked, ["/v1/sign-in", "/v1/refresh", "/v1/refresh"]);
});

async function read(chunks: AsyncIterable<string>): Promise<void> {
  for await (const _ of chunks);
}

function never(): never {
  throw new Error("nothing should have been asked");
}
