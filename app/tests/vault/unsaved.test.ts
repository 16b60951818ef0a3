import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Kept } from "../../src/data/kept.ts";
import { Unsaved } from "../../src/vault/unsaved.ts";

const KEPT: [string, object][] = [["#/people/p1/note", { text: "Went well" }]];

let page: EventTarget;
let written: unknown[];
let read: (pages: unknown) => void;

function unsaved(): Unsaved {
  const kept = { get: () => new Promise((resolve) => (read = resolve)), put: async (_: string, value: unknown) => void written.push(value) };
  return new Unsaved(kept as unknown as Kept, () => true, () => undefined);
}

const settled = async (): Promise<void> => {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
};

beforeEach(() => {
  [page, written] = [Object.assign(new EventTarget(), { getElementById: () => null }), []];
  vi.stubGlobal("document", page);
  vi.stubGlobal("location", { hash: "#/people" });
  vi.stubGlobal("addEventListener", () => undefined);
  vi.stubGlobal("requestAnimationFrame", () => 0);
});

afterEach(() => vi.unstubAllGlobals());

test("a page that is hidden before what was kept is read writes nothing over it, nor does one on which nothing was typed", async () => {
  const end = unsaved().start();
  page.dispatchEvent(new Event("visibilitychange"));
  await settled();
  expect(written).toEqual([]);
  read(KEPT);
  await settled();
  page.dispatchEvent(new Event("visibilitychange"));
  end();
  await settled();
  expect(written).toEqual([]);
});

test("what is saved is dropped of what was kept, and the rest stays", async () => {
  const one = unsaved();
  one.start();
  read([...KEPT, ["#/people", { q: "x" }]]);
  await settled();
  one.saved();
  await settled();
  expect(written).toEqual([KEPT]);
});
