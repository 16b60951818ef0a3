import { expect, test } from "vitest";
import { PERSON, signedIn, worldOf } from "@contract/tests/sync/phones.ts";
import { newPhone } from "./vault/phones.ts";

test("the app's own store takes a snapshot over a signal that breaks off, and keeps no piece of it", async () => {
  const server = worldOf("a");
  for (let n = 10; n < 60; n += 1) server.put("person", `p${n}`, { ...PERSON, given_name: `N${n}` });
  server.pack("caseload:a");
  server.put("person", "p10", { ...PERSON, given_name: "Since" });
  const phone = newPhone();
  const store = await phone.protectedStore();
  let pieces = 0;
  const cut = (): void => {
    pieces += 1;
    if (pieces % 4 === 0) throw new Error("cut");
  };
  const ann = await signedIn(server, "ann-1", { store, transport: server.longTransport({ cut }) });
  const report = await ann.sync();
  expect([report.outcome, report.pulled]).toEqual(["done", 51]);
  expect(await store.transaction("read", (tx) => tx.countRecords())).toBe(50);
  expect((await ann.read("person", "p10"))?.doc.given_name).toBe("Since");
  expect(server.shelf.sent).toBe(server.shelf.offers[0]?.bytes);
  expect(await (await phone.unlocked()).run("read", async (tx) => tx.size("part"))).toBe(0);
});

test("the app's own store finds out what it lost, and takes it again", async () => {
  const server = worldOf("a");
  for (const id of ["p1", "p2"]) server.put("person", id, PERSON);
  const store = await newPhone().protectedStore();
  const ann = await signedIn(server, "ann-1", { store });
  await ann.sync();
  await store.transaction("write", (tx) => tx.deleteRecord("person", "p2"));
  await ann.patch("person", "p1", { given_name: "Mine" });
  await store.transaction("write", (tx) => tx.setMeta("syncs", 50));
  expect((await ann.sync()).retaken).toEqual(["caseload:a"]);
  expect((await ann.list("person")).map(({ id, doc }) => [id, doc.given_name])).toEqual([["p1", "Mine"], ["p2", "Ann"]]);
});
