import "fake-indexeddb/auto";
import { expect, test } from "vitest";
import { PERSON, signedIn, worldOf } from "@contract/tests/sync/phones.ts";
import { Database } from "../src/data/database.ts";
import { DexieStore } from "../src/data/store.ts";

test("the app's own store takes a snapshot over a signal that breaks off, and keeps no piece of it", async () => {
  const server = worldOf("a");
  for (let n = 10; n < 60; n += 1) server.put("person", `p${n}`, { ...PERSON, given_name: `N${n}` });
  server.pack("caseload:a");
  server.put("person", "p10", { ...PERSON, given_name: "Since" });
  const database = new Database("snapshots");
  let pieces = 0;
  const cut = (): void => {
    pieces += 1;
    if (pieces % 4 === 0) throw new Error("cut");
  };
  const ann = await signedIn(server, "ann-1", { store: new DexieStore(database), transport: server.longTransport({ cut }) });
  const report = await ann.sync();
  expect([report.outcome, report.pulled]).toEqual(["done", 51]);
  expect(await database.records.count()).toBe(50);
  expect((await ann.read("person", "p10"))?.doc.given_name).toBe("Since");
  expect(server.shelf.sent).toBe(server.shelf.offers[0]?.bytes);
  expect(await database.parts.count()).toBe(0);
});

test("the app's own store finds out what it lost, and takes it again", async () => {
  const server = worldOf("a");
  for (const id of ["p1", "p2"]) server.put("person", id, PERSON);
  const database = new Database("verify");
  const ann = await signedIn(server, "ann-1", { store: new DexieStore(database) });
  await ann.sync();
  await database.records.delete(["person", "p2"]);
  await ann.patch("person", "p1", { given_name: "Mine" });
  await database.meta.put({ name: "syncs", value: 50 });
  expect((await ann.sync()).retaken).toEqual(["caseload:a"]);
  expect((await ann.list("person")).map(({ id, doc }) => [id, doc.given_name])).toEqual([["p1", "Mine"], ["p2", "Ann"]]);
});
