import "fake-indexeddb/auto";
import { expect, test } from "vitest";
import { Database } from "../src/data/database.ts";
import { Meter, noteUsed, readUsed } from "../src/sync/meter.ts";

const on = (day: number): Date => new Date(2026, 10, day, 12);

test("what sync has used is told for today and for thirty days, and what a sync without news cost", async () => {
  const database = new Database("metered");
  const meter = new Meter();
  meter.asked(1_000);
  meter.came(4_000);
  await noteUsed(database, meter.take(), false, on(1));
  meter.asked(0);
  await noteUsed(database, meter.take(), true, on(20));
  meter.asked(0);
  meter.came(40);
  await noteUsed(database, meter.take(), false, on(20));
  expect(await readUsed(database, on(20))).toEqual({ today: 160 + 200, month: 5_160 + 360, idle: 160 });
  expect(await readUsed(database, new Date(2026, 11, 15, 12))).toEqual({ today: 0, month: 360, idle: 160 });
});

test("a first load, or a ranker that came along, is not what asking for news costs", async () => {
  const database = new Database("metered-first");
  await noteUsed(database, { sent: 1_200, received: 24_000 }, true, on(20));
  expect((await readUsed(database, on(20))).idle).toBeNull();
  await noteUsed(database, { sent: 70, received: 90 }, true, on(20));
  expect((await readUsed(database, on(20))).idle).toBe(160);
});

test("days that are long over are forgotten, and nothing else of the phone is", async () => {
  const database = new Database("metered-long");
  await database.put("settings", { name: "device", value: "phone-1" });
  await noteUsed(database, { sent: 1, received: 1 }, false, new Date(2026, 5, 1, 12));
  await noteUsed(database, { sent: 2, received: 2 }, false, on(20));
  expect(Object.keys((await database.get("settings", "data-used"))?.value as object)).toEqual(["2026-11-20"]);
  expect((await database.get("settings", "device"))?.value).toBe("phone-1");
});
