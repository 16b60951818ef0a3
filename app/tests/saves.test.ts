import type { OutboxEntry } from "@contract/sync/index.ts";
import { expect, test } from "vitest";
import type { Kept } from "../src/data/kept.ts";
import { allTaken, Saves } from "../src/data/saves.ts";

const DRAFT = { id: "note:p1", step: "", values: { text: "Went well" } };
const PAGE = { hash: "#/tasks/t1/done", values: { minutes: "47" } };

function entry(mid: string, op: string, set: object = {}): OutboxEntry {
  return { mid, op, kind: "note", id: `of ${mid}`, lseq: null, order: Number(mid.slice(1)), set } as unknown as OutboxEntry;
}

function phone(outbox: OutboxEntry[]): Saves {
  let there: unknown;
  const kept = { get: async () => there, change: async (_: string, next: (value: unknown) => unknown) => void (there = next(there)) };
  return new Saves(kept as unknown as Kept, { outbox: async () => outbox }, () => undefined);
}

test("what was typed is given back once, with any change of its save", async () => {
  const saves = phone([entry("m1", "create"), entry("m2", "patch"), entry("m3", "command")]);
  saves.add({ mids: ["m2", "m1"], draft: DRAFT, page: null });
  saves.add({ mids: ["m3"], draft: null, page: PAGE });
  expect((await saves.take(["m1"])).map(({ draft }) => draft)).toEqual([DRAFT]);
  expect(await saves.take(["m1", "m2"])).toEqual([]);
  expect((await saves.take(["m3"])).map(({ page }) => page)).toEqual([PAGE]);
});

test("a record that was changed stands as it was: its form is not filled again", async () => {
  const saves = phone([entry("m1", "patch")]);
  saves.add({ mids: ["m1"], draft: null, page: PAGE });
  expect((await saves.take(["m1"])).map(({ page }) => page)).toEqual([null]);
});

test("what has been sent is forgotten at the next save", async () => {
  const outbox = [entry("m1", "create")];
  const saves = phone(outbox);
  saves.add({ mids: ["m1"], draft: DRAFT, page: null });
  await saves.take([]);
  outbox.splice(0, 1, entry("m2", "create"));
  saves.add({ mids: ["m2"], draft: null, page: null });
  await saves.take([]);
  expect((await saves.all()).map(({ mids }) => mids)).toEqual([["m2"]]);
});

test("changes that one tap saved are taken back together, with what builds on them", () => {
  const [chosen, asked, other] = [entry("m1", "create"), entry("m2", "command"), entry("m4", "patch")];
  const later = { ...entry("m3", "patch"), id: chosen.id };
  const outbox = [chosen, asked, later, other];
  const saves = [{ mids: ["m2", "m1"], draft: null, page: null }];
  expect(allTaken(outbox, saves, "m2").map(({ mid }) => mid)).toEqual(["m1", "m2", "m3"]);
  expect(allTaken(outbox, saves, "m4").map(({ mid }) => mid)).toEqual(["m4"]);
});
