import "fake-indexeddb/auto";
import { gzipSync } from "node:zlib";
import { createHash } from "node:crypto";
import { beforeEach, describe, expect, test } from "vitest";
import { RULES_PACK } from "@contract/ranker/rules.ts";
import { Database } from "../src/data/database.ts";
import type { Kith } from "../src/data/kith.ts";
import { readRanker, refreshPack } from "../src/rank/pack.ts";

/** A pack as the server gives it: the rules under another name. */
function packOf(version: string, changes: object = {}): { readonly bytes: Uint8Array; readonly sha256: string } {
  const bytes = new Uint8Array(gzipSync(JSON.stringify({ ...RULES_PACK, version, ...changes })));
  return { bytes, sha256: createHash("sha256").update(bytes).digest("hex") };
}

let made = 0;
let asked: string[] = [];
let served: { version: string; pack_sha256: string } | null = null;
let body: Uint8Array | null = null;

function phone(): Kith {
  made += 1;
  asked = [];
  const client = {
    manifest: () => Promise.resolve({ model: served }),
    download: (path: string) => {
      asked.push(path);
      return Promise.resolve(body);
    },
  };
  return { database: new Database(`pack-${made}`), client, live: { changed: () => undefined } } as unknown as Kith;
}

function serve(version: string, changes: object = {}): void {
  const pack = packOf(version, changes);
  served = { version, pack_sha256: pack.sha256 };
  body = pack.bytes;
}

describe("the ranker on the phone", () => {
  beforeEach(() => serve("v1"));

  test("is taken once, and again when the server serves another", async () => {
    const kith = phone();
    expect((await readRanker(kith)).version).toBeNull();
    expect(await refreshPack(kith)).toBe(true);
    expect(await refreshPack(kith)).toBe(false);
    serve("v2");
    await refreshPack(kith);
    expect(asked).toEqual(["/v1/models/v1/pack", "/v1/models/v2/pack"]);
    expect(await readRanker(kith)).toMatchObject({ version: "v2", trouble: null, ageDays: 0 });
  });

  test("stays the old one when the new one is for a newer app, and says that", async () => {
    const kith = phone();
    await refreshPack(kith);
    serve("v2", { language: "of a newer app" });
    await refreshPack(kith);
    const ranker = await readRanker(kith);
    expect(ranker.version).toBe("v1");
    expect(ranker.trouble).toBe("The newest ranker needs a newer version of this app, so this phone goes on with the one it had.");
  });

  test("stays the old one when the new one arrives damaged, and says so until a whole one comes", async () => {
    const kith = phone();
    await refreshPack(kith);
    serve("v2");
    const whole = body;
    body = whole?.slice(0, 40) ?? null;
    await refreshPack(kith);
    const ranker = await readRanker(kith);
    expect(ranker.version).toBe("v1");
    expect(ranker.trouble).toContain("damaged");
    body = whole;
    await refreshPack(kith);
    expect(await readRanker(kith)).toMatchObject({ version: "v2", trouble: null });
  });

  test("gives way to the rules, saying so, when what is kept cannot be read", async () => {
    const kith = phone();
    const now = new Date().toISOString();
    await kith.database.put("packs", { id: "pack", version: "v0", sha256: "0", bytes: new Uint8Array([1, 2]), fetched_at: now, confirmed_at: now });
    const ranker = await readRanker(kith);
    expect(ranker.pack).toBeNull();
    expect(ranker.trouble).toContain("simple rules");
  });

  test("is not asked for when the server has none", async () => {
    const kith = phone();
    served = null;
    expect(await refreshPack(kith)).toBe(false);
    expect(asked).toEqual([]);
  });
});
