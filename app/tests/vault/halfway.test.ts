import { afterEach, expect, test, vi } from "vitest";
import type { Kept } from "../../src/data/kept.ts";
import { bringHalfway, keepHalfway } from "../../src/vault/halfway.ts";
import type { SealedStore } from "../../src/vault/store.ts";

/** A field of a page, which does what a browser's would. */
class Field extends EventTarget {
  constructor(readonly id: string, readonly type: string, public value = "", public checked = false) {
    super();
  }

  click(): void {
    this.checked = this.type === "radio" || !this.checked;
  }
}

/** A page at `hash` with `fields`; the frames that it asks for are drawn at once. */
function open(hash: string, fields: readonly Field[]): void {
  const isTyped = ({ type }: Field): boolean => type === "text" || type === "textarea";
  vi.stubGlobal("location", { hash });
  vi.stubGlobal("sessionStorage", { getItem: () => null, removeItem: () => undefined });
  vi.stubGlobal("requestAnimationFrame", (draw: () => void) => draw());
  vi.stubGlobal("document", {
    querySelectorAll: (selector: string) => fields.filter((field) => isTyped(field) === selector.includes("textarea")),
    getElementById: (id: string) => fields.find((field) => field.id === id) ?? null,
  });
}

function memory(): Parameters<typeof keepHalfway>[0] {
  const values = new Map<string, unknown>();
  const kept = {
    get: async (name: string) => values.get(name),
    put: async (name: string, value: unknown) => void values.set(name, value),
    delete: async (name: string) => void values.delete(name),
  };
  return { kept: kept as unknown as Kept, store: {} as SealedStore };
}

const form = (): Field[] => [
  new Field("type", "radio", "note", true),
  new Field("type-2", "radio", "call"),
  new Field("share", "checkbox", "name", true),
  new Field("keep", "checkbox", "record"),
  new Field("often", "select-one", "weekly"),
  new Field("text", "textarea"),
];

const standing = (fields: readonly Field[]) => fields.map(({ value, checked, type }) => (type === "radio" || type === "checkbox" ? checked : value));

afterEach(() => vi.unstubAllGlobals());

test("what was typed and what was chosen come back on the page that they were on", async () => {
  const kept = memory();
  const before = form();
  before[0]!.checked = false;
  before[1]!.checked = true;
  before[2]!.checked = false;
  before[3]!.checked = true;
  before[4]!.value = "monthly";
  before[5]!.value = "Went well";
  open("#/note", before);
  await keepHalfway(kept);

  const after = form();
  after[1]!.click = () => Object.assign(after[0]!, { checked: false }) && Object.assign(after[1]!, { checked: true });
  const heard: string[] = [];
  for (const field of after) field.addEventListener("change", () => heard.push(field.id));
  open("#/note", after);
  await bringHalfway(kept);
  expect(standing(after)).toEqual([false, true, false, true, "monthly", "Went well"]);
  expect(heard.toSorted()).toEqual(["often", "text"]);
});

test("they come back once, and to no other page", async () => {
  const kept = memory();
  open("#/note", [new Field("text", "textarea", "Went well")]);
  await keepHalfway(kept);
  const other = [new Field("text", "textarea")];
  open("#/elsewhere", other);
  await bringHalfway(kept);
  open("#/note", other);
  await bringHalfway(kept);
  expect(standing(other)).toEqual([""]);
});
