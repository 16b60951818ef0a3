import "fake-indexeddb/auto";
import { openDB } from "idb";
import { describe, expect, test } from "vitest";
import { Drafts } from "../../src/data/drafts.ts";
import { GoneError } from "../../src/vault/disk.ts";
import { TamperedError } from "../../src/vault/seal.ts";
import { MOST_TRIES, triesOf } from "../../src/vault/tries.ts";
import { ADA, failingPages, filled, HOUR_MS, kindOf, newPhone, type Phone, PIN, WRONG } from "./phones.ts";

describe("a wrong PIN", () => {
  test("is counted before it is judged: a phone that dies in between gives no try for nothing", async () => {
    const phone = await filled();
    const { database } = phone.vault;
    const get = database.get.bind(database);
    // The phone dies when it reaches for the lock, after the try was counted.
    database.get = (shelf, key) => (key === "lock" ? Promise.reject(new Error("died")) : get(shelf, key));
    await expect(phone.vault.unlock(WRONG)).rejects.toThrow("died");
    expect((await triesOf(phone.started().database)).count).toBe(1);
  });

  test("has to wait longer and longer, also after a reload and in another window", async () => {
    const phone = await filled();
    const waits: number[] = [];
    for (let n = 1; n < MOST_TRIES; n += 1) {
      expect(await kindOf(phone, WRONG)).toBe("wrong");
      const wait = await phone.started().waitMs();
      waits.push(wait);
      if (wait > 0) expect(await kindOf(phone, PIN)).toBe("wait");
      phone.now += wait;
    }
    expect(waits).toEqual([...waits].sort((a, b) => a - b));
    expect([waits[0], waits[8]]).toEqual([0, 300_000]);
  });

  test("clears the phone at the tenth, and says so", async () => {
    const phone = await filled();
    for (let n = 1; n < MOST_TRIES; n += 1) {
      await phone.started().unlock(WRONG);
      phone.now += HOUR_MS;
    }
    expect(await kindOf(phone, WRONG)).toBe("erased");
    expect(await phone.vault.head()).toBeNull();
    expect(await phone.vault.database.all("pages")).toEqual([]);
    expect(await phone.started().cleared()).toBe("tries");
  });

  test("is forgotten once the PIN was right", async () => {
    const phone = await filled();
    for (let n = 1; n < MOST_TRIES; n += 1) {
      await phone.started().unlock(WRONG);
      phone.now += HOUR_MS;
    }
    expect(await kindOf(phone, PIN)).toBe("open");
    expect(await triesOf(phone.vault.database)).toEqual({ count: 0, at: 0 });
  });

  test("cannot be tried at once in many windows", async () => {
    const phone = await filled();
    const tried = await Promise.all(Array.from({ length: 20 }, () => phone.started().unlock(WRONG)));
    expect(tried.filter(({ is }) => is === "wrong").length).toBeLessThanOrEqual(4);
  });

  test("counts as well where the PIN is changed", async () => {
    const phone = await filled();
    const store = await phone.unlocked();
    expect((await phone.vault.change(WRONG, "583017", store)).is).toBe("wrong");
    expect((await triesOf(phone.vault.database)).count).toBe(1);
    expect((await phone.vault.change(PIN, "583017", store)).is).toBe("open");
    expect((await (await phone.unlocked("583017")).transaction("read", (tx) => tx.record("person", "p1")))?.doc).toEqual(ADA.doc);
  });
});

test("a page that somebody changed or moved is told from what was sealed", async () => {
  const phone = await filled();
  const { database } = phone.vault;
  const [first] = await database.all("pages");
  if (!first) throw new Error("nothing was sealed");
  const changed = new Uint8Array(first.sealed);
  changed[20] = (changed[20] ?? 0) ^ 1;
  for (const row of [{ ...first, sealed: changed }, { ...first, id: first.id + 1 }, { ...first, n: first.n + 5 }]) {
    await database.clear("pages");
    await database.put("pages", row);
    await expect(phone.started().unlock(PIN)).rejects.toThrow(TamperedError);
  }
});

describe("an app that did not seal yet", () => {
  async function plainPhone(): Promise<Phone> {
    const phone = newPhone();
    const plain = await openDB(phone.name.replace("-sealed", ""), 20, {
      upgrade: (made) => {
        made.createObjectStore("records", { keyPath: ["kind", "id"] });
        for (const name of ["outbox", "attention", "sent"]) made.createObjectStore(name, { keyPath: "mid" });
        for (const name of ["meta", "settings"]) made.createObjectStore(name, { keyPath: "name" });
        for (const name of ["drafts", "packs"]) made.createObjectStore(name, { keyPath: "id" });
        made.createObjectStore("parts", { keyPath: ["sha256", "at"] });
      },
    });
    await plain.put("records", ADA);
    await plain.put("outbox", { mid: "m1", order: 1, kind: "person", id: "p1", lseq: null });
    await plain.put("meta", { name: "account", value: { name: "Pat" } });
    await plain.put("drafts", { id: "d", values: { given_name: "Bea" }, step: "name", updated_at: "2026-11-21T00:00:00Z" });
    await plain.put("settings", { name: "device", value: "phone-1" });
    plain.close();
    return phone;
  }

  async function expectAll(store: Awaited<ReturnType<Phone["unlocked"]>>): Promise<void> {
    expect((await store.transaction("read", (tx) => tx.record("person", "p1")))?.doc).toEqual(ADA.doc);
    expect((await store.transaction("read", (tx) => tx.outbox())).map(({ mid }) => mid)).toEqual(["m1"]);
    expect(await store.transaction("read", (tx) => tx.meta("account"))).toEqual({ name: "Pat" });
    expect((await new Drafts(store).get("d"))?.values).toEqual({ given_name: "Bea" });
  }

  const isThere = (phone: Phone): Promise<boolean> => indexedDB.databases().then((all) => all.some(({ name }) => name === phone.name.replace("-sealed", "")));

  test("has all of its records sealed at the first PIN, and nothing left in clear", async () => {
    const phone = await plainPhone();
    await expectAll(await phone.vault.unprotected());
    await phone.protectedStore();
    expect(await isThere(phone)).toBe(false);
    await expectAll(await phone.unlocked());
    expect((await phone.vault.database.get("settings", "device"))?.value).toBe("phone-1");
  });

  test("loses nothing when it dies before the vault is written", async () => {
    const phone = await plainPhone();
    failingPages(phone.vault.database, "died");
    await expect(phone.protectedStore()).rejects.toThrow("died");
    phone.started();
    expect([await isThere(phone), await phone.vault.head()]).toEqual([true, null]);
    await phone.protectedStore();
    await expectAll(await phone.unlocked());
  });

  test("loses nothing, and has nothing twice, when it dies before the plain records are deleted", async () => {
    const phone = await plainPhone();
    const { database } = phone.vault;
    database.delete = () => Promise.reject(new Error("died"));
    await expect(phone.protectedStore()).rejects.toThrow("died");
    expect(await isThere(phone)).toBe(true);
    await expectAll(await phone.unlocked());
    await expect.poll(() => isThere(phone)).toBe(false);
  });
});

describe("too long without a signal", () => {
  const DAY_MS = 24 * HOUR_MS;

  async function late(days: number): Promise<Phone> {
    const phone = newPhone();
    const store = await phone.protectedStore();
    await store.transaction("write", (tx) => tx.setMeta("synced_at", new Date(phone.now - days * DAY_MS).toISOString()));
    return phone;
  }

  /** How the phone stands when it is opened at each of these days after now. */
  async function opened(phone: Phone, days: readonly number[]): Promise<string[]> {
    const began = phone.now;
    const seen: string[] = [];
    for (const day of days) {
      phone.now = began + day * DAY_MS;
      seen.push((await phone.started().standing()).is);
    }
    return seen;
  }

  const reached = async (phone: Phone): Promise<void> => {
    const store = await phone.unlocked();
    await store.transaction("write", (tx) => tx.setMeta("synced_at", new Date(phone.now).toISOString()));
  };

  test("is warned of for a week, then nothing is shown, and after a week of such days the phone is cleared", async () => {
    expect((await (await late(22)).vault.standing()).is).toBe("fine");
    expect((await (await late(24)).vault.standing()).is).toBe("soon");
    const phone = await late(31);
    expect(await phone.vault.standing()).toEqual({ is: "overdue", days_left: 7 });
    phone.now += DAY_MS - 1;
    expect(await phone.started().standing()).toEqual({ is: "overdue", days_left: 7 });
    phone.now += 1;
    expect(await phone.started().standing()).toEqual({ is: "overdue", days_left: 6 });
    expect(await opened(phone, [1, 2, 3, 4, 5, 6])).toEqual([...Array<string>(5).fill("overdue"), "over"]);
  });

  test("is over as soon as the server was reached", async () => {
    const phone = await late(31);
    expect(await opened(phone, [0, 1, 2])).toEqual(["overdue", "overdue", "overdue"]);
    await reached(phone);
    expect((await phone.vault.standing()).is).toBe("fine");
    phone.now += 31 * DAY_MS;
    expect(await phone.vault.standing()).toEqual({ is: "overdue", days_left: 7 });
  });

  test("a clock that leaps years ahead clears nothing, and what is here is shown again once it is set right", async () => {
    const phone = await late(3);
    expect(await opened(phone, [0, 2000, 4000, 1])).toEqual(["fine", "overdue", "overdue", "fine"]);
    const toAndFro = Array.from({ length: 20 }, (_, n) => (n % 2 === 0 ? 900 : 600));
    expect(await opened(phone, toAndFro)).toEqual(toAndFro.map(() => "overdue"));
    expect(await opened(phone, [901])).toEqual(["overdue"]);
  });

  test("a clock that is set back gives no time back that was seen to pass", async () => {
    const phone = await late(0);
    expect(await opened(phone, [20, 0, 2, 0, 2, 0, 7])).toEqual(["fine", "fine", "fine", "fine", "soon", "soon", "overdue"]);
  });

  test("a clock that stood years back and is set right hides nothing; one that goes on beyond 30 days does", async () => {
    const phone = await late(0);
    expect(await opened(phone, [0, -400, 1])).toEqual(["fine", "fine", "fine"]);
    expect(await opened(phone, [-400, -390, 2])).toEqual(["fine", "fine", "fine"]);
    expect(await opened(phone, [-400, 25, 26])).toEqual(["fine", "overdue", "overdue"]);
  });

  test("a phone that reached the server by a wrong clock has its 30 days after it is set right", async () => {
    const phone = await late(0);
    phone.now += 2000 * DAY_MS;
    await reached(phone);
    expect(await opened(phone, [-2000, -1980, -1969])).toEqual(["fine", "fine", "overdue"]);
  });

  test("a locked phone tells how much waits to be sent, and no more", async () => {
    const phone = await filled();
    await new Drafts(await phone.unlocked()).put({ id: "d", values: {}, step: "name", updated_at: "2026-11-21T00:00:00Z" });
    const { vault, n, contact_at, ...rest } = (await phone.vault.head()) ?? {};
    expect([typeof vault, typeof n, typeof contact_at, rest]).toEqual(["string", "number", "number", { waiting: 0, drafts: 1 }]);
  });
});

test("a right PIN never counts towards the clearing of a phone, whatever fails after it", async () => {
  const phone = await filled();
  const { database } = phone.vault;
  const [page] = await database.all("pages");
  if (!page) throw new Error("nothing was sealed");
  await database.put("pages", { ...page, n: page.n + 5 });
  await expect(phone.started().unlock(PIN)).rejects.toThrow(TamperedError);
  expect((await triesOf(database)).count).toBe(0);
  await phone.vault.erase({ why: null });
  await expect(phone.started().unlock(PIN)).rejects.toThrow(GoneError);
});
