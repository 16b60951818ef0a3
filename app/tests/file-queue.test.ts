import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { StoredRecord } from "@contract/sync/ports.ts";
import { keepFile, sendFiles } from "../src/data/file-queue.ts";
import { SealedFiles } from "../src/data/files.ts";
import type { Kith } from "../src/data/kith.ts";
import type { SealedStore } from "../src/vault/store.ts";
import { newPhone } from "./vault/phones.ts";

const SIGNATURE: StoredRecord = { kind: "attachment", id: "a1", version: 1, doc: {}, scopes: ["caseload:t1"], generation: 0 };
const HOUR_MS = 3_600_000;

let store: SealedStore;
let kith: Kith;
let asked: string[];

beforeEach(async () => {
  store = await newPhone().protectedStore();
  const read = (kind: string, id: string) => store.transaction("read", (tx) => tx.record(kind, id));
  const client = { read, attention: async () => [], accessToken: async () => "token" };
  kith = { files: new SealedFiles(store), client, live: { changed: () => undefined } } as unknown as Kith;
  asked = [];
  await keepFile(kith, "a1", new Uint8Array(5));
  vi.spyOn(Date, "now").mockReturnValue(Date.now() + HOUR_MS);
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

/** The server answers every request with what `answers` has for its method. */
function server(answers: { readonly [method: string]: () => Response }): void {
  vi.stubGlobal("fetch", async (_: string, { method }: { method: string }) => {
    asked.push(method);
    return answers[method]?.() ?? Promise.reject(new TypeError("no such answer"));
  });
}

/** The record is pushed, and in the same sync it goes to another team. */
const passOn = (): Promise<void> =>
  store.transaction("write", async (tx) => {
    await tx.putRecord(SIGNATURE);
    await tx.deleteRecord("attachment", "a1");
  });

const notFound = (): Response =>
  new Response(JSON.stringify({ type: "/problems/not-found", title: "", status: 404, detail: "", remedy: "drop" }), {
    status: 404, headers: { "content-type": "application/problem+json" },
  });

test("a file whose record went to another team goes to the server, if that takes it", async () => {
  await passOn();
  server({
    POST: () => new Response(null, { status: 201, headers: { location: "/v1/files/u1" } }),
    PATCH: () => new Response(null, { status: 204, headers: { "upload-offset": "5" } }),
  });
  await sendFiles(kith);
  expect([asked, await kith.files.all()]).toEqual([["POST", "PATCH"], []]);
});

test("if the server does not, the person is told, and the phone keeps nothing of it but that", async () => {
  await passOn();
  server({ POST: notFound });
  await sendFiles(kith);
  const [file, ...others] = await kith.files.all();
  expect([file?.refused?.type, file?.bytes.length, others]).toEqual(["/problems/not-found", 0, []]);
});

test("also if the record goes while its file is being sent", async () => {
  await store.transaction("write", (tx) => tx.putRecord(SIGNATURE));
  const goes = (): Promise<void> => store.transaction("write", (tx) => tx.deleteRecord("attachment", "a1"));
  const begun = (): Response => new Response(null, { status: 201, headers: { location: "/v1/files/u1" } });
  server({ POST: () => (void goes(), begun()), PATCH: notFound });
  await sendFiles(kith);
  expect((await kith.files.all()).map(({ bytes, refused }) => [bytes.length, refused?.type])).toEqual([[0, "/problems/not-found"]]);
});

test("without a signal it waits on", async () => {
  await passOn();
  server({});
  await sendFiles(kith);
  expect((await kith.files.all()).map(({ bytes, refused }) => [bytes.length, refused])).toEqual([[5, null]]);
});

test("a file whose record was taken back before it was sent goes without a word", async () => {
  server({ POST: notFound });
  await sendFiles(kith);
  expect([asked, await kith.files.all()]).toEqual([[], []]);
});
