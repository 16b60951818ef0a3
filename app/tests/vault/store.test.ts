import { describe, expect, test } from "vitest";
import { storeSuite } from "@contract/sync/conformance.ts";
import type { StoredRecord } from "@contract/sync/ports.ts";
import { Drafts } from "../../src/data/drafts.ts";
import { SealedFiles } from "../../src/data/files.ts";
import { SHELVES } from "../../src/data/database.ts";
import { failingPages, newPhone } from "./phones.ts";

const ADA: StoredRecord = {
  kind: "person", id: "p1", version: 1, doc: { given_name: "Ada", phone: "01632 960111" }, scopes: ["caseload:a"], generation: 0,
};
const DRAFT = { id: "d", values: { given_name: "Ada" }, step: "name", updated_at: "2026-11-21T00:00:00Z" };

describe("the sealed store keeps the promises of every store", () => {
  for (const it of storeSuite) test(it.name, () => it.run(() => newPhone().protectedStore()));
});

describe("before there is a PIN it keeps them in memory", () => {
  for (const it of storeSuite) test(it.name, () => it.run(() => newPhone().vault.unprotected()));
});

test("what was written is there after a kill, and nothing of it can be read on the disk", async () => {
  const phone = newPhone();
  const store = await phone.protectedStore();
  await store.transaction("write", async (tx) => {
    await tx.putRecord(ADA);
    await tx.setMeta("session", { access_token: "secret-token" });
  });
  await new Drafts(store).put(DRAFT);
  await new SealedFiles(store).put({ id: "f", bytes: new TextEncoder().encode("a drawn name"), url: null, queued_at: 1, refused: null });

  const disk = await phone.disk();
  for (const word of ["Ada", "01632", "secret-token", "a drawn name", "person", "caseload", "p1"]) expect(disk).not.toContain(word);
  const again = await phone.unlocked();
  expect(await again.transaction("read", (tx) => tx.record("person", "p1"))).toEqual(ADA);
  expect(await new Drafts(again).get("d")).toEqual(DRAFT);
  expect(new TextDecoder().decode((await new SealedFiles(again).all())[0]?.bytes)).toBe("a drawn name");
});

test("two windows see what the other wrote, and what it deleted", async () => {
  const phone = newPhone();
  const one = await phone.protectedStore();
  const other = await phone.unlocked();
  for (let n = 0; n < 100; n += 1) await one.transaction("write", (tx) => tx.putRecord({ ...ADA, id: `p${n}` }));
  expect(await other.transaction("read", (tx) => tx.countRecords())).toBe(100);
  await other.transaction("write", async (tx) => {
    for (let n = 0; n < 90; n += 1) await tx.deleteRecord("person", `p${n}`);
  });
  await one.transaction("write", (tx) => tx.putRecord({ ...ADA, id: "p7" }));
  expect((await other.transaction("read", (tx) => tx.records("person"))).length).toBe(11);
  expect((await (await phone.unlocked()).transaction("read", (tx) => tx.records("person"))).length).toBe(11);
});

test("a write that the disk refuses has not happened, and the next one does", async () => {
  const phone = newPhone();
  const store = await phone.protectedStore();
  await store.transaction("write", (tx) => tx.putRecord(ADA));
  const mend = failingPages(phone.vault.database, "QuotaExceeded");
  const refused = store.transaction("write", (tx) => tx.putRecord({ ...ADA, version: 2 }));
  await expect(refused).rejects.toThrow("QuotaExceeded");
  mend();
  expect((await store.transaction("read", (tx) => tx.record("person", "p1")))?.version).toBe(1);
  await store.transaction("write", (tx) => tx.putRecord({ ...ADA, version: 3 }));
  expect((await (await phone.unlocked()).transaction("read", (tx) => tx.record("person", "p1")))?.version).toBe(3);
});

test("a locked store waits for what was begun, then gives nothing and takes nothing", async () => {
  const phone = newPhone();
  const store = await phone.protectedStore();
  const saving = new Drafts(store).put(DRAFT);
  await store.close();
  await saving;
  await expect(store.transaction("read", (tx) => tx.countRecords())).rejects.toThrow();
  await expect(new Drafts(store).put(DRAFT)).rejects.toThrow();
  expect(await new Drafts(await phone.unlocked()).count()).toBe(1);
});

test("forgetting everything takes drafts, pack, settings and the keys along", async () => {
  const phone = newPhone();
  const store = await phone.protectedStore();
  const { database } = phone.vault;
  await new Drafts(store).put(DRAFT);
  await database.put("settings", { name: "language", value: "pl" });
  await database.put("packs", { id: "pack", version: "v1", sha256: "x", bytes: new Uint8Array(1), fetched_at: "2026-11-21T00:00:00Z", confirmed_at: "2026-11-21T00:00:00Z" });
  await store.transaction("write", async (tx) => {
    await tx.clear();
    await tx.setMeta("wiped", true);
    await tx.setMeta("device", "phone-next");
  });
  const left = await Promise.all(SHELVES.map(async (shelf) => [shelf, await database.all(shelf)] as const));
  expect(Object.fromEntries(left)).toEqual({
    pages: [], vault: [], packs: [], settings: [{ name: "cleared", value: "revoked" }, { name: "device", value: "phone-next" }],
  });
  const after = await phone.started().unprotected();
  expect(await after.transaction("read", (tx) => tx.meta("wiped"))).toBe(true);
});

test("a window whose vault another window erased shows nothing more of it", async () => {
  const phone = newPhone();
  const one = await phone.protectedStore();
  await one.transaction("write", (tx) => tx.putRecord(ADA));
  const other = await phone.unlocked();
  await one.transaction("write", (tx) => tx.clear());
  await expect(other.transaction("read", (tx) => tx.record("person", "p1"))).rejects.toThrow();
  await expect(other.transaction("write", (tx) => tx.putRecord(ADA))).rejects.toThrow();
  expect(phone.gone).toBeGreaterThan(0);
  expect(await phone.vault.database.all("pages")).toEqual([]);
});
