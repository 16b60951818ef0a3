import { deleteDB } from "idb";
import { describe, expect, test } from "vitest";
import type { OutboxEntry, StoredRecord } from "@contract/sync/ports.ts";
import { GoneError } from "../../src/vault/disk.ts";
import type { SealedStore } from "../../src/vault/store.ts";
import { ADA, filled, kindOf, type Phone, PIN, WRONG } from "./phones.ts";

describe("a browser that deletes the database while the app is open", () => {
  const BEA: StoredRecord = { ...ADA, id: "p2", doc: { given_name: "Bea" } };

  async function held(phone: Phone): Promise<unknown[]> {
    const store = await phone.unlocked();
    return store.transaction("read", async (tx) => [(await tx.records("person")).map(({ doc }) => doc), (await tx.outbox()).map(({ mid }) => mid)]);
  }

  async function written(): Promise<[Phone, SealedStore]> {
    const phone = await filled();
    const store = await phone.unlocked();
    await store.transaction("write", (tx) => tx.putOutbox({ mid: "m1", order: 1, kind: "person", id: "p1", lseq: null } as OutboxEntry));
    return [phone, store];
  }

  test("takes nothing: at the next write or look all is there again, under the same PIN, and that is told", async () => {
    const [phone, store] = await written();
    const { vault } = phone;
    await deleteDB(phone.name);
    await store.transaction("write", (tx) => tx.putRecord(BEA));
    expect([vault.restored.value, phone.gone]).toEqual([true, 0]);
    expect(await held(phone)).toEqual([[ADA.doc, BEA.doc], ["m1"]]);
    expect(await kindOf(phone, WRONG)).toBe("wrong");

    const again = await phone.unlocked();
    await deleteDB(phone.name);
    expect((await again.transaction("read", (tx) => tx.records("person"))).length).toBe(2);
    expect(await held(phone)).toEqual([[ADA.doc, BEA.doc], ["m1"]]);
  });

  test("takes nothing of an app that locks before it has looked", async () => {
    const [phone, store] = await written();
    await deleteDB(phone.name);
    await store.close();
    expect(await held(phone)).toEqual([[ADA.doc], ["m1"]]);
  });

  test("is noticed by several windows and readers at once, and each goes on", async () => {
    const [phone, one] = await written();
    const other = await phone.unlocked();
    await one.transaction("write", (tx) => tx.putRecord(BEA));
    await deleteDB(phone.name);
    const reads = [one, other, one, other].map((store) => store.transaction("read", (tx) => tx.records("person")));
    expect((await Promise.all(reads)).map(({ length }) => length)).toEqual([2, 2, 2, 2]);
    await other.transaction("write", (tx) => tx.deleteRecord("person", "p1"));
    await one.transaction("write", (tx) => tx.putRecord({ ...BEA, doc: { given_name: "Beatrice" } }));
    expect(await held(phone)).toEqual([[{ given_name: "Beatrice" }], ["m1"]]);
    expect(phone.gone).toBe(0);
  });

  test("is told from a wipe by another window, of which nothing comes back", async () => {
    const [phone, store] = await written();
    await phone.started().erase({ why: null });
    await expect(store.transaction("write", (tx) => tx.putRecord(BEA))).rejects.toThrow(GoneError);
    expect(phone.gone).toBe(1);
    expect([await phone.vault.head(), await phone.vault.database.all("pages")]).toEqual([null, []]);
  });

  test("has a PIN that was changed meanwhile as it is now", async () => {
    const [phone, store] = await written();
    expect((await phone.vault.change(PIN, "583017", store)).is).toBe("open");
    await deleteDB(phone.name);
    await store.transaction("write", (tx) => tx.putRecord(BEA));
    expect((await (await phone.unlocked("583017")).transaction("read", (tx) => tx.records("person"))).length).toBe(2);
  });
});
