import "fake-indexeddb/auto";
import { describe, expect, test } from "vitest";
import { storeSuite } from "@contract/sync/conformance.ts";
import { Database } from "../src/data/database.ts";
import { DexieStore } from "../src/data/store.ts";

let made = 0;

async function emptyStore(): Promise<DexieStore> {
  made += 1;
  const database = new Database(`test-${made}`);
  await database.open();
  return new DexieStore(database);
}

describe("the store on Dexie keeps the promises of every store", () => {
  for (const it of storeSuite) test(it.name, () => it.run(emptyStore));
});

test("forgetting everything takes drafts, pack and settings along", async () => {
  const database = new Database("forget");
  await database.drafts.put({ id: "d", values: { given_name: "Ada" }, step: "name", updated_at: "2026-11-21T00:00:00Z" });
  await database.settings.put({ name: "device", value: "phone-1" });
  await database.packs.put({ id: "pack", version: "v1", sha256: "x", bytes: new Uint8Array(1), fetched_at: "2026-11-21T00:00:00Z", confirmed_at: "2026-11-21T00:00:00Z" });
  await new DexieStore(database).transaction("write", (tx) => tx.clear());
  expect(await Promise.all(database.tables.map((table) => table.count()))).toEqual(database.tables.map(() => 0));
});
