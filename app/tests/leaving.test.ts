import { expect, test } from "vitest";
import { draftsOfAnother, unsafeWords } from "../src/logic/leaving.ts";

test("what would be lost is counted: changes, drafts, both or nothing", () => {
  expect(unsafeWords({ changes: 0, drafts: 0 })).toBeNull();
  expect(unsafeWords({ changes: 1, drafts: 0 })).toBe("1 change not sent yet");
  expect(unsafeWords({ changes: 2, drafts: 1 })).toBe("2 changes not sent yet and 1 unfinished form");
});

test("another person may not sign in over drafts; their owner may, in any case and spacing", () => {
  expect(draftsOfAnother(2, "ada", "grace")).toMatch(/^2 unfinished forms of another person would be lost/);
  expect(draftsOfAnother(1, "ada", "grace")).toMatch(/^An unfinished form of another person/);
  expect(draftsOfAnother(2, "ada", " Ada ")).toBeNull();
  expect(draftsOfAnother(0, "ada", "grace")).toBeNull();
  expect(draftsOfAnother(2, null, "grace")).toBeNull();
});
