import { describe, expect, test } from "vitest";
import { MOST_TRIES, SPARES, triesOf } from "../../src/vault/tries.ts";
import { filled, HOUR_MS, kindOf, type Phone, PIN, WRONG } from "./phones.ts";

describe("a phone without room", () => {
  /** No row is taken any more; rows can be deleted. */
  function full(phone: Phone): Phone {
    const { database } = phone.started();
    const sound = database.transaction.bind(database);
    const put = (): Promise<void> => Promise.reject(new DOMException("the disk is full", "QuotaExceededError"));
    database.transaction = (mode, shelves, work) => sound(mode, shelves, (rows) => work({ ...rows, put }));
    return phone;
  }

  const tried = async (phone: Phone, pin: string): Promise<string> => (await full(phone).vault.unlock(pin)).is;

  test("opens by its PIN, again and again, and counts every wrong one before it is judged", async () => {
    const phone = await filled();
    for (const pin of [WRONG, WRONG, PIN, WRONG]) await tried(phone, pin);
    expect((await triesOf(phone.started().database)).count).toBe(1);
    for (let n = 2; n < MOST_TRIES; n += 1) expect(await tried(phone, WRONG)).toBe("wrong");
    expect(await tried(phone, PIN)).toBe("open");
    expect((await triesOf(phone.started().database)).count).toBe(0);
  });

  test("adds what was tried before and after it was full, and is cleared at the tenth", async () => {
    const phone = await filled();
    for (let n = 1; n < MOST_TRIES; n += 1) {
      expect(n % 2 ? await kindOf(phone, WRONG) : await tried(phone, WRONG)).toBe("wrong");
      phone.now += HOUR_MS;
    }
    expect(await tried(phone, WRONG)).toBe("erased");
    expect([await phone.started().head(), await phone.vault.database.all("pages")]).toEqual([null, []]);
  });

  test("that stays full until nothing is left to count by judges no PIN, loses nothing, and opens once there is room", async () => {
    const phone = await filled();
    for (let n = 0; n < SPARES; n += 1) expect(await tried(phone, PIN)).toBe("open");
    for (const pin of [WRONG, PIN]) expect(await tried(phone, pin)).toBe("full");
    expect(await kindOf(phone, WRONG)).toBe("wrong");
    expect(await kindOf(phone, PIN)).toBe("open");
    expect(await tried(phone, PIN)).toBe("open");
  });
});
