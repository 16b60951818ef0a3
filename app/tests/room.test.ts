import "fake-indexeddb/auto";
import { beforeEach, describe, expect, test } from "vitest";
import { Database } from "../src/data/database.ts";
import { isNoRoom } from "../src/logic/room.ts";
import { noRoom, withRoom } from "../src/sync/room.ts";
import { Writing } from "../src/logic/writing.ts";

const FULL = new DOMException("the disk is full", "QuotaExceededError");
let made = 0;
let database = new Database("room");

function failing(times: number): () => Promise<string> {
  let left = times;
  return async () => {
    left -= 1;
    if (left >= 0) throw Object.assign(new Error("aborted"), { inner: FULL });
    return "written";
  };
}

beforeEach(async () => {
  database = new Database(`room-${(made += 1)}`);
  noRoom.tell(false);
  const pack = { id: "pack", version: "v1", sha256: "x", bytes: new Uint8Array(9), fetched_at: "", confirmed_at: "" } as const;
  await database.put("packs", pack);
});

describe("a write on a phone without room", () => {
  test("is made once more when what can be fetched again has gone", async () => {
    expect(await withRoom(database, failing(1))).toBe("written");
    expect([(await database.all("packs")).length, noRoom.value]).toEqual([0, false]);
  });

  test("fails when that was not enough, and the person is told", async () => {
    await expect(withRoom(database, failing(2))).rejects.toThrow("aborted");
    expect(noRoom.value).toBe(true);
  });

  test("costs nothing when it fails for another reason", async () => {
    await expect(withRoom(database, () => Promise.reject(new Error("shut")))).rejects.toThrow("shut");
    expect([(await database.all("packs")).length, noRoom.value]).toEqual([1, false]);
  });
});

test("a full phone is known by what browsers call it, however it is wrapped", () => {
  expect([FULL, { inner: FULL }, { cause: { inner: FULL } }, "QuotaExceededError: no", new Error("no"), null].map((one) => isNoRoom(one))).toEqual([true, true, true, true, false, false]);
});

test("what is typed on a page is somebody's until they have left it", () => {
  const writing = new Writing();
  writing.typed("#/people/new");
  expect([writing.isOn("#/people/new"), writing.isOn("#/sync")]).toEqual([true, false]);
  writing.done();
  expect(writing.isOn("#/people/new")).toBe(false);
});
