import { expect, test } from "vitest";
import { forgetTaken, noteTaken, readTaken } from "../src/data/taken.ts";

function phone(held: string[]) {
  const rows = new Map<string, unknown>();
  const told: (readonly string[] | null)[] = [];
  const places = {
    kept: {
      get: async (name: string) => rows.get(name),
      put: async (name: string, value: unknown) => void rows.set(name, value),
      delete: async (name: string) => void rows.delete(name),
    },
    store: { run: async (_mode: string, work: (tx: unknown) => unknown) => work({ meta: async () => held }) },
    live: { changed: (topics: readonly string[] | null) => told.push(topics) },
  };
  return { places: places as unknown as Parameters<typeof noteTaken>[0], held, told };
}

test("what a sync took away is remembered, each once, until it was read", async () => {
  const { places, told } = phone(["directory:county"]);
  await noteTaken(places, ["caseload:north"]);
  await noteTaken(places, ["caseload:north", "fieldwork:north"]);
  expect(await readTaken(places)).toEqual(["caseload:north", "fieldwork:north"]);
  await forgetTaken(places);
  expect(await readTaken(places)).toEqual([]);
  expect(told).toEqual([["taken"], ["taken"], ["taken"]]);
});

test("what was taken away and has come back is not missed", async () => {
  const { places, held } = phone([]);
  await noteTaken(places, ["hub:mid"]);
  held.push("hub:mid");
  expect(await readTaken(places)).toEqual([]);
});
