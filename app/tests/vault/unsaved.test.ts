import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Kept } from "../../src/data/kept.ts";
import { Unsaved } from "../../src/vault/unsaved.ts";
import { newPhone } from "./phones.ts";

const KEPT: [string, object][] = [["#/people/p1/note", { text: "Went well" }]];

let page: EventTarget;
let written: unknown[];
let read: (pages: object) => void;

function unsaved(): Unsaved {
  let there: object | undefined;
  const get = (): Promise<object> => new Promise((resolve) => (read = (pages) => resolve((there = pages))));
  const change = async (_: string, next: (value: object | undefined) => object): Promise<void> => void written.push((there = next(there)));
  const kept = { get, change };
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

test("two windows that hold unsaved forms at once keep both, and what one has saved the other does not bring back", async () => {
  const kept = new Kept(await newPhone().protectedStore());
  const opened = (): { window: Unsaved; type: (hash: string, value: string) => void } => {
    const own = Object.assign(new EventTarget(), { getElementById: () => null });
    vi.stubGlobal("document", own);
    const window = new Unsaved(kept, () => true, () => undefined);
    window.start();
    const type = (hash: string, value: string): void => {
      vi.stubGlobal("location", { hash });
      const target = { id: "text", type: "textarea", value, matches: () => true };
      own.dispatchEvent(Object.defineProperty(new Event("input"), "target", { value: target }));
      own.dispatchEvent(new Event("visibilitychange"));
    };
    return { window, type };
  };
  const expectKept = (pages: object) =>
    expect.poll(async () => Object.fromEntries((await kept.get<[string, object][]>("unsaved")) ?? [])).toEqual(pages);
  const [one, other] = [opened(), opened()];
  one.type("#/people/p1/note", "Ada went");
  other.type("#/people/p2/note", "Bea went");
  await expectKept({ "#/people/p1/note": { text: "Ada went" }, "#/people/p2/note": { text: "Bea went" } });
  other.window.saved();
  one.type("#/people/p1/note", "Ada went well");
  await expectKept({ "#/people/p1/note": { text: "Ada went well" } });
});

test("what was typed for a save that was taken back is put back, unless something else was typed since", async () => {
  const one = unsaved();
  one.start();
  read([["#/people", { q: "x" }]]);
  await settled();
  const page = one.saved();
  expect(page).toEqual({ hash: "#/people", values: { q: "x" } });
  expect(one.saved()).toBeNull();
  one.giveBack({ hash: "#/people", values: { q: "x" } });
  one.giveBack({ hash: "#/people", values: { q: "y" } });
  await settled();
  expect(written.at(-1)).toEqual([["#/people", { q: "x" }]]);
});
