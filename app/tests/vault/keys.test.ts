import { describe, expect, test } from "vitest";
import { ITERATIONS, newLock, opened, relocked } from "../../src/vault/keys.ts";
import { openText, sealText, TamperedError } from "../../src/vault/seal.ts";

const FEW = 10;
const PIN = "274916";

describe("sealing", () => {
  test("gives back what was sealed, and never the same bytes twice", async () => {
    const { key } = await newLock(PIN, FEW);
    const [one, other] = [await sealText(key, "here", "Zażółć"), await sealText(key, "here", "Zażółć")];
    expect(await openText(key, "here", one)).toBe("Zażółć");
    expect(one).not.toEqual(other);
  });

  test("tells a changed byte, another place and another key", async () => {
    const { key } = await newLock(PIN, FEW);
    const sealed = await sealText(key, "here", "Ada");
    for (const at of sealed.keys()) {
      const changed = new Uint8Array(sealed);
      changed[at] = (changed[at] ?? 0) ^ 1;
      await expect(openText(key, "here", changed)).rejects.toThrow(TamperedError);
    }
    await expect(openText(key, "there", sealed)).rejects.toThrow(TamperedError);
    await expect(openText((await newLock(PIN, FEW)).key, "here", sealed)).rejects.toThrow(TamperedError);
  });
});

describe("a lock", () => {
  test("opens with its PIN and with no other", async () => {
    const { lock, key } = await newLock(PIN, FEW);
    const sealed = await sealText(key, "here", "Ada");
    const found = await opened(lock, PIN);
    expect(found && (await openText(found, "here", sealed))).toBe("Ada");
    expect(await opened(lock, "274917")).toBeNull();
  });

  test("does not open from its rows alone: the device's key cannot be read out, nor can the key of the records", async () => {
    const { lock, key } = await newLock(PIN, FEW);
    expect([lock.device.extractable, key.extractable]).toEqual([false, false]);
    await expect(crypto.subtle.exportKey("raw", lock.device)).rejects.toThrow();
    expect(Object.keys(lock).sort()).toEqual(["device", "iterations", "salt", "wrapped"]);
    const stolen = { ...lock, device: (await newLock(PIN, FEW)).lock.device };
    await expect(opened(stolen, PIN)).rejects.toThrow(TamperedError);
  });

  test("takes another PIN and keeps what was sealed", async () => {
    const { lock, key } = await newLock(PIN, FEW);
    const sealed = await sealText(key, "here", "Ada");
    expect(await relocked(lock, "000111", "583017", FEW)).toBeNull();
    const next = await relocked(lock, PIN, "583017", FEW);
    const found = next && (await opened(next, "583017"));
    expect(found && (await openText(found, "here", sealed))).toBe("Ada");
    expect(next && (await opened(next, PIN))).toBeNull();
  });

  test("costs whoever guesses as many rounds as OWASP asks for", () => {
    expect(ITERATIONS).toBeGreaterThanOrEqual(600_000);
  });
});
